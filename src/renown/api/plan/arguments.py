"""Arguments of fields: read once for a request, or once for all where they name no variable."""

from collections.abc import Callable, Mapping
from typing import Any

from graphql import GraphQLError, GraphQLField, NullValueNode, Undefined, VariableNode
from graphql.execution.values import VariableValues, get_argument_values
from graphql.type import is_required_argument
from graphql.utilities.coerce_input_value import coerce_default_value

from renown.api.context import Context
from renown.api.plan.coercing import reading
from renown.api.plan.inputs import converting
from renown.api.plan.running import Asked
from renown.api.plan.selections import Selected, Unplanned, variables_in


class Arguments:
    """The arguments of one selected field, as its resolver takes them by name, `info` among them."""

    def __init__(self, schema: Any, field: Selected) -> None:
        self._field = field
        self._wants_info = field.strawberry.base_resolver.info_parameter is not None
        self._given = {each.name.value: each.value for each in field.nodes[0].arguments or ()}
        # Which of them say anything but null: those written out, and those that a variable may.
        self._open = [(name, each.name.value) for name, each in self._given.items() if isinstance(each, VariableNode)]
        written = {name for name, each in self._given.items() if not isinstance(each, VariableNode | NullValueNode)}
        self._said = frozenset(written)
        names = schema.config.name_converter
        self._reading = [
            (each.python_name, self._value(names.from_argument(each)), converting(each.type, names.from_field))
            for each in field.strawberry.arguments
        ]
        constant = not any(map(variables_in, self._given.values()))
        self._constant = self._read(VariableValues({}, {})) if constant else None

    def read(self, context: Context, variables: VariableValues) -> Mapping[str, Any]:
        """What to call the resolver with. What could not be read raises its error when the resolver is called."""
        read = self._read(variables) if self._constant is None else self._constant
        if not self._wants_info or type(read) is _Refused:
            return read
        given = self._said
        if self._open:
            given = given.union(name for name, variable in self._open if variables.coerced.get(variable) is not None)
        return {**read, "info": Asked(context, given)}

    def _value(self, name: str) -> Callable[[VariableValues], Any]:
        """How an argument is read: Undefined where there is none, and the resolver's own default stands."""
        definition, node = self._definition.args[name], self._given.get(name)
        default = coerce_default_value(definition)
        if node is None:
            return lambda _: default
        value = reading(node, definition.type)
        required = is_required_argument(definition)
        variable = node.name.value if isinstance(node, VariableNode) else None

        def read(variables: VariableValues) -> Any:
            if variable is not None and variable not in variables.coerced and not required:
                return default
            read = value(variables.coerced)
            if read is Undefined:
                raise _Wrong
            return read

        return read

    def _read(self, variables: VariableValues) -> Mapping[str, Any]:
        try:
            read = [(name, value(variables), convert) for name, value, convert in self._reading]
            return {name: convert(value) for name, value, convert in read if value is not Undefined}
        except _Wrong:
            return _Refused(self._wrong(variables))
        except Exception as error:  # noqa: BLE001 - whatever it is, it belongs to the field
            return _Refused(error)

    def _wrong(self, variables: VariableValues) -> Exception:
        """What graphql-core has against these arguments."""
        try:
            get_argument_values(self._definition, self._field.nodes[0], variables)
        except GraphQLError as error:
            return error
        raise Unplanned

    @property
    def _definition(self) -> GraphQLField:
        assert self._field.definition is not None  # noqa: S101 - `__typename` has no arguments
        return self._field.definition


class _Wrong(Exception):
    """An argument is not of its type."""


class _Refused(Mapping[str, Any]):
    """Arguments that could not be read: calling with them raises why, in the place of the field that is called."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def keys(self) -> Any:
        raise self._error

    def __getitem__(self, name: str) -> Any:
        raise self._error

    def __iter__(self) -> Any:
        raise self._error

    def __len__(self) -> int:
        raise self._error
