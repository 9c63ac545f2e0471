"""The schema holds the contract, is exported as it is, and describes everything it has."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLUnionType,
    build_schema,
    is_specified_directive,
    is_specified_scalar_type,
)

from renown.api import sdl

HERE = Path(__file__).parent
CONTRACT = build_schema((HERE / "contract.graphql").read_text(encoding="utf-8"))
OURS = build_schema(sdl())
FIELDED = (GraphQLObjectType, GraphQLInterfaceType)


def _types(schema):
    return {name: each for name, each in schema.type_map.items() if not name.startswith("__")}


def _promises(schema) -> Iterator[tuple[str, str]]:
    """Everything a schema promises, as pairs of where it stands and what it is."""
    for name, each in _types(schema).items():
        yield name, type(each).__name__
        match each:
            case GraphQLEnumType():
                yield from ((f"{name}.{value}", "enum value") for value in each.values)
            case GraphQLUnionType():
                yield from ((f"{name} = {member}", "member of the union") for member in each.types)
            case GraphQLInputObjectType():
                yield from ((f"{name}.{field}", _typed(asked)) for field, asked in each.fields.items())
            case GraphQLObjectType() | GraphQLInterfaceType():
                yield from ((f"{name} implements {interface}", "interface") for interface in each.interfaces)
                yield from _of_fields(name, each)


def _of_fields(name, each) -> Iterator[tuple[str, str]]:
    for field, given in each.fields.items():
        yield f"{name}.{field}", str(given.type)
        yield from ((f"{name}.{field}({argument})", _typed(asked)) for argument, asked in given.args.items())


def _typed(asked) -> str:
    return f"{asked.type} = {asked.default_value!r}"


@pytest.mark.parametrize("name", sorted(_types(CONTRACT)))
def test_contract_is_kept(name):
    """Of every type of the contract all that is promised stands in ours, of the same type, with the same default."""
    mine = dict(_promises(OURS))
    promised = {
        where: what
        for where, what in _promises(CONTRACT)
        if where.replace(".", " ").replace("(", " ").split()[0] == name
    }
    assert promised
    assert {where: mine.get(where) for where in promised} == promised


def test_exported_schema_is_the_one_that_runs():
    """`schema.graphql` at the root is what the program exports; `renown schema` writes it anew."""
    assert (HERE.parents[1] / "schema.graphql").read_text(encoding="utf-8") == sdl()


def _described() -> Iterator[tuple[str, str | None]]:
    for name, each in _types(OURS).items():
        if not is_specified_scalar_type(each):
            yield name, each.description
        if isinstance(each, GraphQLEnumType):
            yield from ((f"{name}.{value}", given.description) for value, given in each.values.items())
        if isinstance(each, (*FIELDED, GraphQLInputObjectType)):
            yield from ((f"{name}.{field}", given.description) for field, given in each.fields.items())
        if isinstance(each, FIELDED):
            for field, given in each.fields.items():
                yield from ((f"{name}.{field}({word})", asked.description) for word, asked in given.args.items())
    for directive in OURS.directives:
        if not is_specified_directive(directive):
            yield f"@{directive.name}", directive.description
            yield from ((f"@{directive.name}({word})", asked.description) for word, asked in directive.args.items())


def test_everything_is_described():
    """Every type, field, argument, input field, enum value and directive has a description that ends a sentence."""
    described = dict(_described())
    assert len(described) > 250
    assert [where for where, said in described.items() if not (said or "").strip().endswith((".", "?"))] == []
