"""Input values: what graphql-core and Strawberry work out anew for each value of a type, worked out once."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING
from typing import Any

from graphql import GraphQLError, GraphQLSchema, Undefined, VariableDefinitionNode, is_non_null_type
from graphql.execution.get_variable_signature import GraphQLVariableSignature, get_variable_signature
from graphql.execution.values import VariableValues, VariableValueSource
from graphql.utilities.coerce_input_value import coerce_default_value
from strawberry.types.base import StrawberryList, StrawberryMaybe, StrawberryOptional, has_object_definition
from strawberry.types.lazy_type import LazyType

from renown.api.plan.coercing import Take, taking
from renown.api.plan.selections import Unplanned

Convert = Callable[[Any], Any]


class Variables:
    """The variables of one operation.

    Raises:
        Unplanned: one has a type that is not in the schema.
    """

    def __init__(self, schema: GraphQLSchema, definitions: Iterable[VariableDefinitionNode]) -> None:
        signatures = [get_variable_signature(schema, each) for each in definitions]
        self._each: list[tuple[GraphQLVariableSignature, Take, Any]] = []
        for signature in signatures:
            if isinstance(signature, GraphQLError):
                raise Unplanned
            self._each.append((signature, taking(signature.type), coerce_default_value(signature)))

    def read(self, given: Mapping[str, Any]) -> VariableValues:
        """The values a client gave, coerced; defaults in the place of those it left out.

        Raises:
            Unplanned: a value is missing or of the wrong type. What to say of it is not worked out here.
        """
        values = VariableValues({}, {})
        for signature, take, default in self._each:
            name, value = signature.name, given.get(signature.name, Undefined)
            if value is Undefined:
                values.sources[name] = VariableValueSource(signature)
                if default is not Undefined:
                    values.coerced[name] = default
                elif is_non_null_type(signature.type):
                    raise Unplanned
                continue
            values.sources[name] = VariableValueSource(signature, value)
            values.coerced[name] = coerced = take(value)
            if coerced is Undefined:
                raise Unplanned
        return values


def converting(kind: Any, name_of: Callable[[Any], str]) -> Convert:
    """From a coerced value of Strawberry's type to what its resolvers take; `name_of` is a field's GraphQL name."""
    if isinstance(kind, StrawberryMaybe):
        raise Unplanned
    if isinstance(kind, StrawberryOptional):
        return converting(kind.of_type, name_of)
    if isinstance(kind, LazyType):
        return converting(kind.resolve_type(), name_of)
    if isinstance(kind, StrawberryList):
        return _converting_list(converting(kind.of_type, name_of))
    return _converting_object(kind, name_of) if has_object_definition(kind) else _as_it_is


def _as_it_is(value: Any) -> Any:
    return value


def _converting_list(convert: Convert) -> Convert:
    if convert is _as_it_is:
        return lambda value: None if value is None else list(value)
    return lambda value: None if value is None else [convert(each) for each in value]


def _converting_object(kind: Any, name_of: Callable[[Any], str]) -> Convert:
    definition = kind.__strawberry_definition__
    if definition.from_input is not None:
        raise Unplanned
    fields = [
        (name_of(field), field.python_name, converting(field.resolve_type(type_definition=definition), name_of))
        for field in definition.fields
    ]
    required = {
        field.python_name: None
        for field in definition.fields
        if field.default_value is MISSING and field.default_factory is MISSING
    }

    def convert(value: Any) -> Any:
        if value is None:
            return None
        given = {python: convert(value[name]) for name, python, convert in fields if name in value}
        return kind(**{**required, **given})

    return convert
