"""Arguments of fields: read once for a request, or once for all where they name no variable."""

from collections.abc import Callable, Mapping
from typing import Any

from graphql import GraphQLError, GraphQLField, NullValueNode, Undefined, ValueNode, VariableNode
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
        if not self._wants_info or isinstance(read, _Refused):
            return read
        given = {name for name, value in self._given.items() if _says(value, variables)}
        return {**read, "info": Asked(context, frozenset(given))}

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


def _says(value: ValueNode, variables: VariableValues) -> bool:
    """Whether an argument says anything but null."""
    if isinstance(value, VariableNode):
        return variables.coerced.get(value.name.value) is not None
    return not isinstance(value, NullValueNode)
