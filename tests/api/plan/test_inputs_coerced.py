"""What is worked out beforehand of input values comes to what graphql-core comes to each time."""

import pytest
from graphql import GraphQLInputObjectType, Undefined, build_schema, parse_value
from graphql.execution.values import VariableValues
from graphql.utilities import coerce_input_literal, coerce_input_value

from renown.api.plan.coercing import reading, taking

TYPES = build_schema(
    """
    enum Colour { RED BLUE }
    input Part { name: String!, weight: Float = 1.5, colours: [Colour!], within: Part, size: Int! = 2 }
    input Either @oneOf { name: String, part: Part }
    type Query { text(all: [[Int]!], part: Part!, parts: [Part], either: Either, colour: Colour = RED): String }
    """
)
ARGUMENTS = {name: argument.type for name, argument in TYPES.query_type.fields["text"].args.items()}

VALUES = [
    None,
    1,
    1.5,
    True,
    "RED",
    "GREEN",
    [],
    [1, None],
    [[1], 2],
    [[1, "x"]],
    [None],
    {},
    {"name": "a"},
    {"name": None},
    {"name": "a", "weight": None, "colours": "RED"},
    {"name": "a", "colours": ["RED", None]},
    {"name": "a", "within": {"name": "b", "size": 3}},
    {"name": "a", "within": {"size": 3}},
    {"name": "a", "size": None},
    {"name": "a", "other": 1},
    [{"name": "a"}, None],
    [{"name": "a"}, {}],
    {"part": {"name": "a"}},
    {"name": "a", "part": None},
]

LITERALS = [
    "$a",
    "[$a, 1]",
    "[[$a], [$b, 2]]",
    "{ name: $a }",
    '{ name: "x", weight: $a }',
    '{ name: "x", weight: $a, size: $b }',
    "{ name: $a, within: { name: $b, colours: [RED, $c] } }",
    "[{ name: $a }, $b]",
    "{ part: { name: $a } }",
    "{ part: $a }",
    "{ name: $a, part: null }",
    "[[1], [2, 3]]",
    '{ name: "x" }',
    "null",
    "BLUE",
    "{ weight: 2.0 }",
]

VARIABLES = [{}, {"a": None}, {"a": "x"}, {"a": 2, "b": None}, {"a": "x", "b": "y", "c": None}, {"a": "x", "c": "BLUE"}]


@pytest.mark.parametrize("argument", ARGUMENTS)
@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_values_of_variables(argument, value):
    """A value a client sent: also the wrong ones, and what is left out of an input object."""
    kind = ARGUMENTS[argument]
    assert _same(taking(kind)(value), coerce_input_value(value, kind))


@pytest.mark.parametrize("argument", ARGUMENTS)
@pytest.mark.parametrize("literal", LITERALS)
@pytest.mark.parametrize("variables", VARIABLES, ids=repr)
def test_values_in_documents(argument, literal, variables):
    """A value written in a document, with variables that have values, are null or are left out."""
    kind, node = ARGUMENTS[argument], parse_value(literal)
    expected = coerce_input_literal(node, kind, VariableValues({}, variables))
    assert _same(reading(node, kind)(variables), expected)


def test_the_types_hold_what_matters():
    """A type that has itself among its fields, and one of which exactly one field may be given, are among them."""
    part, either = TYPES.type_map["Part"], TYPES.type_map["Either"]
    assert isinstance(part, GraphQLInputObjectType)
    assert part.fields["within"].type is part
    assert either.is_one_of


def _same(value, expected):
    return value is expected if expected is Undefined else (value == expected and repr(value) == repr(expected))
