"""Arguments of fields: read once for a request, or once for all where they name no variable."""

from collections.abc import Mapping
from typing import Any

from graphql import ListValueNode, NullValueNode, ObjectValueNode, ValueNode, VariableNode
from graphql.execution.values import VariableValues, get_argument_values

from renown.api.context import Context
from renown.api.plan.inputs import converting
from renown.api.plan.running import Asked
from renown.api.plan.selections import Selected


class Arguments:
    """The arguments of one selected field, as its resolver takes them by name, `info` among them."""

    def __init__(self, schema: Any, field: Selected) -> None:
        self._field = field
        self._wants_info = field.strawberry.base_resolver.info_parameter is not None
        self._given = {each.name.value: each.value for each in field.nodes[0].arguments or ()}
        names = schema.config.name_converter
        self._converting = [
            (names.from_argument(each), each.python_name, converting(each.type, names.from_field))
            for each in field.strawberry.arguments
        ]
        constant = not any(_names_variable(value) for value in self._given.values())
        self._constant = self._read(VariableValues({}, {})) if constant else None

    def read(self, context: Context, variables: VariableValues) -> Mapping[str, Any]:
        """What to call the resolver with. What could not be read raises its error when the resolver is called."""
        read = self._read(variables) if self._constant is None else self._constant
        if not self._wants_info or isinstance(read, _Refused):
            return read
        given = {name for name, value in self._given.items() if _says(value, variables)}
        return {**read, "info": Asked(context, frozenset(given))}

    def _read(self, variables: VariableValues) -> Mapping[str, Any]:
        definition = self._field.definition
        assert definition is not None  # noqa: S101 - `__typename` has no arguments
        try:
            values = get_argument_values(definition, self._field.nodes[0], variables)
            return {python: convert(values[name]) for name, python, convert in self._converting if name in values}
        except Exception as error:  # noqa: BLE001 - whatever it is, it belongs to the field
            return _Refused(error)


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


def _names_variable(value: ValueNode) -> bool:
    if isinstance(value, ListValueNode):
        return any(map(_names_variable, value.values))
    if isinstance(value, ObjectValueNode):
        return any(_names_variable(each.value) for each in value.fields)
    return isinstance(value, VariableNode)
