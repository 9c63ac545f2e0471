"""Coercion of input values, as graphql-core does it, with all that depends on types alone worked out beforehand."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from graphql import (
    GraphQLInputType,
    ListValueNode,
    ObjectValueNode,
    Undefined,
    ValueNode,
    VariableNode,
    assert_leaf_type,
    get_nullable_type,
    is_input_object_type,
    is_list_type,
    is_non_null_type,
)
from graphql.execution.values import VariableValues
from graphql.pyutils import is_iterable
from graphql.type import is_required_input_field
from graphql.utilities.coerce_input_value import coerce_default_value, coerce_input_literal, coerce_input_value

from renown.api.plan.selections import variables_in

Take = Callable[[Any], Any]
"""From what a client sent to the coerced value; Undefined where it is not of the type."""

Read = Callable[[Mapping[str, Any]], Any]
"""From coerced variables to the coerced value; Undefined where it is not of the type, or a variable has none."""


def taking(kind: GraphQLInputType) -> Take:
    """What `coerce_input_value` does for values of a type."""
    if is_non_null_type(kind):
        inner = taking(kind.of_type)
        return lambda value: Undefined if value is None else inner(value)
    if is_list_type(kind):
        return _taking_list(taking(kind.of_type))
    if is_input_object_type(kind):
        return _taking_object(kind)
    coerce = assert_leaf_type(kind).coerce_input_value

    def take(value: Any) -> Any:
        try:
            return None if value is None else coerce(value)
        except Exception:  # noqa: BLE001 - whatever a scalar says, it is not one of its values
            return Undefined

    return take


def _taking_list(item: Take) -> Take:
    def take(value: Any) -> Any:
        if value is None:
            return None
        taken = [item(each) for each in value] if is_iterable(value) else [item(value)]
        return Undefined if any(each is Undefined for each in taken) else taken

    return take


def _taking_object(kind: Any) -> Take:
    if kind.is_one_of:
        return lambda value: coerce_input_value(value, kind)

    @cache
    def fields() -> list[tuple[str, str, Take, Any]]:
        """By when they are first needed all are known: a type may have itself among them."""
        return [
            (name, field.out_name or name, taking(field.type), _otherwise(field)) for name, field in kind.fields.items()
        ]

    def take(value: Any) -> Any:
        if value is None:
            return None
        if not isinstance(value, dict) or not value.keys() <= kind.fields.keys():
            return Undefined
        taken: dict[str, Any] = {}
        for name, out_name, take_field, otherwise in fields():
            found = take_field(value[name]) if name in value else otherwise
            if found is Undefined:
                return Undefined
            if found is not _LEFT_OUT:
                taken[out_name] = found
        return kind.out_type(taken)

    return take


_LEFT_OUT = object()


def _otherwise(field: Any) -> Any:
    """What stands for a field that is left out: its default, nothing, or Undefined where it must not be left out."""
    if is_required_input_field(field):
        return Undefined
    default = coerce_default_value(field)
    return _LEFT_OUT if default is Undefined else default


def reading(node: ValueNode, kind: GraphQLInputType) -> Read:
    """What `coerce_input_literal` does for a value written in a document."""
    if not variables_in(node):
        value = coerce_input_literal(node, kind, VariableValues({}, {}))
        return lambda _: value
    if isinstance(node, VariableNode):
        return _reading_variable(node.name.value, nullable=not is_non_null_type(kind))
    inner: Any = get_nullable_type(kind)
    if is_list_type(inner):
        return _reading_list(node.values if isinstance(node, ListValueNode) else (node,), inner.of_type)
    if is_input_object_type(inner) and isinstance(node, ObjectValueNode) and not inner.is_one_of:
        return _reading_object(node, inner)
    return lambda variables: coerce_input_literal(node, kind, VariableValues({}, dict(variables)))


def _reading_variable(name: str, *, nullable: bool) -> Read:
    if nullable:
        return lambda variables: variables.get(name, Undefined)
    return lambda variables: Undefined if (value := variables.get(name)) is None else value


def _reading_list(nodes: tuple[ValueNode, ...], kind: GraphQLInputType) -> Read:
    nullable = not is_non_null_type(kind)
    items = [(reading(node, kind), nullable and isinstance(node, VariableNode)) for node in nodes]

    def read(variables: Mapping[str, Any]) -> Any:
        values = []
        for item, may_be_missing in items:
            value = item(variables)
            if value is Undefined:
                if not may_be_missing:
                    return Undefined
                value = None
            values.append(value)
        return values

    return read


def _reading_object(node: ObjectValueNode, kind: Any) -> Read:
    nodes = {each.name.value: each.value for each in node.fields}
    if not nodes.keys() <= kind.fields.keys():
        return lambda _: Undefined
    fields = [
        (
            field.out_name or name,
            reading(nodes[name], field.type) if name in nodes else None,
            given.name.value if isinstance(given := nodes.get(name), VariableNode) else None,
            _otherwise(field),
        )
        for name, field in kind.fields.items()
    ]

    def read(variables: Mapping[str, Any]) -> Any:
        values: dict[str, Any] = {}
        for out_name, read_field, variable, otherwise in fields:
            is_left_out = read_field is None or (variable is not None and variable not in variables)
            value = otherwise if is_left_out or read_field is None else read_field(variables)
            if value is Undefined:
                return Undefined
            if value is not _LEFT_OUT:
                values[out_name] = value
        return kind.out_type(values)

    return read
