"""Leaf values: a check of the exact type where that is enough, else the type's own serialiser."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from graphql import GraphQLEnumType, GraphQLLeafType, Undefined

from renown.api.plan.source import Source

_INT = "{x} if type({x} := {value}) is int and -2147483648 <= {x} <= 2147483647 else {otherwise}({x})"
_FLOAT = "{x} if type({x} := {value}) is float and {x} - {x} == 0.0 else {otherwise}({x})"  # neither NaN nor infinite
_TEXT = "{x} if type({x} := {value}) is str else {otherwise}({x})"
_BOOLEAN = "{x} if ({x} := {value}) is True or {x} is False else {otherwise}({x})"
_MOMENT = "{x}.isoformat() if type({x} := {value}) is {kind} else {otherwise}({x})"
_MEMBER = "{x}._name_ if type({x} := {value}) is {kind} else {otherwise}({x})"
_WHOLE = "{x} if type({x} := {value}) is int else {otherwise}({x})"
_ANY = "{otherwise}({value})"

_BUILT_IN = {"String": _TEXT, "ID": _TEXT, "Int": _INT, "Float": _FLOAT, "Boolean": _BOOLEAN}
_BY_SERIALISER: dict[Any, str] = {str: _TEXT, int: _WHOLE, datetime.isoformat: _MOMENT}


def leaf(source: Source, kind: GraphQLLeafType, value: str, name: str, *, nullable: bool) -> str:
    """The expression that completes a leaf of the field of this name."""
    complete = source.value("complete", _completing(kind, name, nullable=nullable))
    shape, of = _shape(kind)
    held = source.value("Kind", of) if of is not None else ""
    x = source.name("x")
    otherwise = f"None if {x} is None else {complete}" if nullable and shape is not _ANY else complete
    return shape.format(x=x, value=value, otherwise=otherwise, kind=held)


def _shape(kind: GraphQLLeafType) -> tuple[str, type | None]:
    if isinstance(kind, GraphQLEnumType):
        members = kind.extensions["strawberry-definition"].wrapped_cls
        if all(
            name in kind.values and kind.values[name].value == each.value for name, each in members.__members__.items()
        ):
            return _MEMBER, members
        return _ANY, None
    if kind.name in _BUILT_IN:
        return _BUILT_IN[kind.name], None
    serialiser = kind.extensions["strawberry-definition"].serialize
    return _BY_SERIALISER.get(serialiser, _ANY), datetime if serialiser is datetime.isoformat else None


def _completing(kind: GraphQLLeafType, name: str, *, nullable: bool) -> Callable[[Any], Any]:
    def complete(value: Any) -> Any:
        """The value as it is answered.

        Raises:
            TypeError: it is null and may not be, or no value of its type.
        """
        if isinstance(value, Exception):
            raise value
        if value is None:
            if nullable:
                return None
            raise TypeError(f"Cannot return null for non-nullable field {name}.")
        completed = kind.coerce_output_value(value)
        if completed is None or completed is Undefined:
            raise TypeError(f"{value!r} is no value of {kind.name}.")
        return completed

    return complete
