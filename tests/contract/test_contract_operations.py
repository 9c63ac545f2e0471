"""The contract's operations run word for word against the demo's figures, over HTTP."""

import csv
from decimal import Decimal
from importlib.resources import files
from pathlib import Path

import pytest

from served import objects

HERE = Path(__file__).parent
OPERATIONS = {
    "top-uk-automotive.graphql": {},
    "filtered-ranking.graphql": {
        "topics": ["automotive"],
        "country": "GB",
        "weights": [{"provider": "klout", "weight": 2}, {"provider": "peerindex", "weight": 1}],
        "first": 10,
        "after": None,
    },
    "one-voice.graphql": {"network": "twitter", "handle": "BBC_TopGear"},
    "compare.graphql": {"first": "PirelliUK", "second": "ContiUK"},
}
HANDLE = "query($ids: [ID!]!) { nodes(ids: $ids) { id ... on Voice { accounts { handle } } } }"
WHENCE = "query($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on Claim { provenance { source } } } }"


def _published(provider, metric):
    """The published figures of a metric, as printed, by handle."""
    rows = [
        row
        for name in ("uk_tyres_2012.csv", "uk_voices_2013.csv")
        for row in csv.DictReader((files("renown.demo") / name).read_text(encoding="utf-8").splitlines())
    ]
    return {row["handle"]: row["value"] for row in rows if (row["provider"], row["metric"]) == (provider, metric)}


@pytest.fixture(scope="module")
def answers(served):
    """The answer to each operation, and to the same with the header that asks for the claim of every path."""
    return {
        name: (
            served.answer(text := (HERE / name).read_text(encoding="utf-8"), variables),
            served.answer(text, variables, X_Renown_Provenance="1"),
        )
        for name, variables in OPERATIONS.items()
    }


@pytest.fixture(params=sorted(OPERATIONS))
def operation(request, answers):
    """One operation's answer without and with the header."""
    return answers[request.param]


def test_every_operation_is_run():
    """No operation of the contract is left out here."""
    assert {file.name for file in HERE.glob("*.graphql")} == {*OPERATIONS, "contract.graphql"}


def test_operation_has_no_error(operation):
    """The operation answers with data and no error."""
    answer, _ = operation
    assert "errors" not in answer
    assert None not in answer["data"].values()


def test_values_are_claims_with_a_source(operation, served):
    """Every object with a value or a provenance has an id, and the id leads to a claim that names its source."""
    values = [each for each in objects(operation[0]["data"]) if {"value", "provenance"} & each.keys()]
    assert values
    assert [each for each in values if "id" not in each] == []
    for ids in _hundreds({each["id"] for each in values}):
        nodes = served.data(WHENCE, {"ids": ids})["nodes"]
        assert [node["id"] for node in nodes] == ids
        assert {node["__typename"] for node in nodes} == {"Claim"}
        assert all(node["provenance"]["source"].strip() for node in nodes)


def test_every_id_is_found_again(operation, served):
    """Every id in the answer, of whatever type, is answered by `node` and by `nodes` with the same id."""
    ids = sorted({each["id"] for each in objects(operation[0]["data"]) if "id" in each})
    assert len(ids) >= 8
    for some in _hundreds(ids):
        assert [node["id"] for node in served.data(HANDLE, {"ids": some})["nodes"]] == some
    for one in ids[:: len(ids) // 8]:
        assert served.data("query($id: ID!) { node(id: $id) { id } }", {"id": one}) == {"node": {"id": one}}


def test_absences_have_a_reason(operation):
    """Every absence and every missing field has a reason and a sentence."""
    for each in objects(operation[0]["data"]):
        if each.get("__typename") in {"Absence", "Unranked"} or each.keys() >= {"field", "reason"}:
            assert each["reason"]
            assert each["message"].endswith(".")


def test_points_add_up(operation):
    """The points of a composite's contributions, as printed, add up to its value, as printed."""
    composites = [each for each in objects(operation[0]["data"]) if "contributions" in each]
    for composite in composites:
        assert sum(part["points"] for part in composite["contributions"]) == composite["value"]
        assert all(type(part["points"]) is Decimal for part in composite["contributions"])


@pytest.mark.parametrize(("provider", "metric"), [("klout", "score"), ("peerindex", "peerindex")])
def test_scores_are_the_published_figures(provider, metric, answers, served):
    """A score in the rankings is the published figure, untouched, of the very handle it is shown for."""
    published, seen = _published(provider, metric), 0
    for name in ("top-uk-automotive.graphql", "filtered-ranking.graphql"):
        entries = answers[name][0]["data"]["ranking"]["nodes"]
        voices = served.data(HANDLE, {"ids": [entry["voice"]["id"] for entry in entries]})["nodes"]
        for entry, voice in zip(entries, voices, strict=True):
            parts = {part["provider"]["slug"]: part["score"] for part in entry["composite"]["contributions"]}
            figure = published.get(voice["accounts"][0]["handle"])
            assert (parts[provider]["__typename"] == "Score") == (figure is not None)
            if figure is not None:
                assert parts[provider]["value"] == Decimal(figure)
                seen += 1
    assert seen >= 6


def test_kred_is_an_absence_for_everybody(served):
    """Nobody in the demo has a published Kred: each has an absence with a reason instead, and no points."""
    entries = served.data(
        "{ ranking(recipe: { minimumProviders: 1 }, first: 100) { totalCount universe { considered } nodes { composite"
        " { contributions { provider { slug } points weight score { __typename ... on Absence { reason } } } } } } }"
    )["ranking"]
    assert entries["totalCount"] == entries["universe"]["considered"] == len(entries["nodes"]) == 46
    for entry in entries["nodes"]:
        (kred,) = [part for part in entry["composite"]["contributions"] if part["provider"]["slug"] == "kred"]
        assert kred["score"] == {"__typename": "Absence", "reason": "NOT_CONFIGURED"}
        assert (kred["weight"], kred["points"]) == (None, 0)


def test_header_maps_every_path_to_its_claim(operation):
    """With the header, `extensions.provenance` maps the path of every sourced object to the id it has; else nothing."""
    without, with_paths = operation
    assert "provenance" not in without["extensions"]
    assert with_paths["data"] == without["data"]
    mapped = with_paths["extensions"]["provenance"]
    shown = {path: each for path, each in _located(with_paths["data"]) if {"value", "provenance"} & each.keys()}
    assert {path: each["id"] for path, each in shown.items()}.items() <= mapped.items()
    located = dict(_located(with_paths["data"]))
    assert {path for path in mapped if located[path].get("id", mapped[path]) != mapped[path]} == set()


def _hundreds(ids):
    """The ids in an order, as many at a time as `nodes` takes."""
    ordered = sorted(ids)
    return [ordered[start : start + 100] for start in range(0, len(ordered), 100)]


def _located(answer, path=""):
    """Every object in an answer with its path."""
    if isinstance(answer, dict):
        yield path, answer
    steps = answer.items() if isinstance(answer, dict) else enumerate(answer) if isinstance(answer, list) else ()
    for step, each in steps:
        yield from _located(each, f"{path}.{step}".lstrip("."))
