"""A walk over every field of the schema finds no value without its source."""

import pytest
from every_field import Walk
from graphql import build_schema, is_object_type

from renown.api import sdl
from renown.settings import Settings
from served import objects

SCHEMA = build_schema(sdl())
LIMITS = Settings(_env_file=None)
ARGUMENTS = {
    ("Query", "voice"): '(account: { handle: "TheFifthDriver" })',
    ("Query", "voices"): '(accounts: [{ handle: "PirelliUK" }, { network: "twitter", handle: "@bbc_topgear" }])',
    ("Query", "ranking"): '(filter: { topics: ["tyres", "motorsport"], country: "GB" }, first: 2)',
    ("Query", "compare"): '(accounts: [{ handle: "WilliamsF1Team" }, { handle: "DunlopLive" }])',
    ("Query", "search"): '(text: "BBC", first: 2)',
    ("Query", "provider"): '(slug: "peerindex")',
    ("Query", "topics"): '(text: "t")',
    ("Voice", "score"): '(provider: "peerindex")',
    ("Voice", "topics"): "(first: 2)",
    ("Voice", "vouches"): "(first: 2)",
    ("Voice", "history"): "(first: 2)",
    ("Voice", "movement"): '(from: "2014-01-01T00:00:00Z")',
    ("Voice", "claims"): "(first: 2)",
    ("Claim", "usedBy"): "(first: 2)",
    ("Provenance", "inputs"): "(first: 2)",
    ("Score", "change"): "(days: 1)",
}
DEPTH = 3
ALIKE = {"voices", "search", "compare"}  # what lies below these lies below `voice` and `ranking` too
BY_ID = {"Account", "Claim", "Metric", "Provider", "RankingEntry", "Recipe", "Topic", "Voice"}


@pytest.fixture(scope="module")
def walked(served):
    """Every operation of the walk with its answer, and the (type, field) pairs that were selected."""
    walk = Walk(SCHEMA, ARGUMENTS, most_tokens=LIMITS.max_tokens - 100)
    answers = {}

    def run(*of):
        answers.update({operation: served.answer(operation) for operation in walk.operations(*of)})

    for root in SCHEMA.query_type.fields:
        if root not in {"node", "nodes", "recipe"}:
            run(root, 2 if root in ALIKE else DEPTH)
    seen = [each for answer in answers.values() for each in objects(answer["data"])]
    run("recipe", DEPTH, f'(hash: "{next(each["hash"] for each in seen if "hash" in each)}")')
    ids = {each["__typename"]: each["id"] for each in seen if "id" in each}
    for name in sorted(BY_ID):
        run("node", DEPTH, f'(id: "{ids.get(name) or ids["SourcedFloat"]}")', name)
    run("nodes", 1, f'(ids: ["{ids["Voice"]}"])', "Voice")
    return answers, walk.seen


def test_walk_selects_every_field(walked):
    """The walk leaves out no field of any object of the schema."""
    _, seen = walked
    every = {
        (name, field)
        for name, each in SCHEMA.type_map.items()
        if is_object_type(each) and not name.startswith("__")
        for field in each.fields
    }
    assert every - seen == set()


def test_walk_finds_no_error(walked):
    """No operation of the walk has an error, nor a null at its root; the demo alone has no frozen reference."""
    answers, _ = walked
    assert len(answers) > 15
    assert {operation: answer["errors"] for operation, answer in answers.items() if "errors" in answer} == {}
    nulls = {root for answer in answers.values() for root, value in answer["data"].items() if value is None}
    assert nulls == {"reference"}


def test_walk_finds_no_value_without_its_source(walked):
    """Every object with a value or a provenance, wherever the walk meets it, has an id and a source."""
    answers, _ = walked
    values = [each for answer in answers.values() for each in objects(answer["data"])]
    values = [each for each in values if {"value", "provenance"} & each.keys()]
    assert {each["__typename"] for each in values} == {
        *("Claim", "Component", "Composite", "Score"),
        *("SourcedCount", "SourcedFloat", "SourcedKind", "SourcedString"),
    }
    assert [each for each in values if not (each.get("id") and each["provenance"]["source"].strip())] == []


def test_walk_meets_every_type(walked):
    """The walk meets an object of every type but those the demo has none of.

    Every voice has enough scores, nobody vouches, no provider changed its method or was asked who influences whom:
    these have tests of their own.
    """
    answers, _ = walked
    met = {
        each["__typename"] for answer in answers.values() for each in objects(answer["data"]) if "__typename" in each
    }
    types = {name for name, each in SCHEMA.type_map.items() if is_object_type(each) and not name.startswith("__")}
    assert types - met == {
        "Query",
        "Unranked",
        "Era",
        "FrozenReference",
        "ScaleTable",
        "InfluenceEdge",
        "Vouch",
        "VouchEdge",
    }


def test_every_id_of_the_walk_is_found_again(walked, served):
    """Every id the walk meets is answered with the same id."""
    answers, _ = walked
    ids = sorted({each["id"] for answer in answers.values() for each in objects(answer["data"]) if "id" in each})
    assert len(ids) > 100
    for start in range(0, len(ids), 100):
        some = ids[start : start + 100]
        nodes = served.data("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", {"ids": some})["nodes"]
        assert [node and node["id"] for node in nodes] == some
