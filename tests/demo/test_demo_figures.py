"""The demo's figures are the published ones, each with its source, and each voice is fully declared."""

import csv
from collections import Counter
from datetime import date
from importlib.resources import files

import pytest

DEMO = files("renown") / "demo"
FIGURES = ("uk_tyres_2012.csv", "uk_voices_2013.csv")
TYRES = {  # handle: Klout, PeerIndex, as the article prints them
    "Goodyear_UK": (59, 44),
    "MichelinTyres": (54, 30),
    "PirelliUK": (39, 40),
    "ContiUK": (51, 27),
    "DunlopLive": (48, 26),
    "BridgestoneTyre": (36, 18),
}
AUTOMOTIVE = {
    "MercedesAMGF1": 86,
    "TheFifthDriver": 88,
    "BBC_TopGear": 85,
    "JeremyClarkson": 84,
    "SkySportsF1": 82,
    "WilliamsF1Team": 80,
}
METRICS = {
    "klout": {"score"},
    "peerindex": {"peerindex", "authority", "activity", "audience", "country"},
    "twitter": {"name", "place", "followers", "following", "listed", "posts"},
}
WORDS = {"name", "place", "country"}
COUNTS = METRICS["twitter"] - WORDS


def _rows(name: str) -> list[dict[str, str]]:
    with (DEMO / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def _figures() -> list[dict[str, str]]:
    return [row for name in FIGURES for row in _rows(name)]


def _values(provider: str, metric: str) -> dict[str, str]:
    return {row["handle"]: row["value"] for row in _figures() if (row["provider"], row["metric"]) == (provider, metric)}


def _declared(field: str) -> dict[str, set[str]]:
    said: dict[str, set[str]] = {}
    for row in _rows("declarations.csv"):
        if row["field"] == field:
            said.setdefault(row["handle"], set()).add(row["value"])
    return said


HANDLES = {row["handle"] for row in _figures()}


def test_tyre_table_is_the_published_one():
    """The tyre table holds the twelve figures of the article, and no others."""
    rows = _rows("uk_tyres_2012.csv")
    held = {(row["handle"], row["provider"], row["metric"], row["value"]) for row in rows}
    klout = {(handle, "klout", "score", str(score)) for handle, (score, _) in TYRES.items()}
    peerindex = {(handle, "peerindex", "peerindex", str(score)) for handle, (_, score) in TYRES.items()}
    assert held == klout | peerindex
    assert len(rows) == 12


def test_automotive_voices_have_the_recorded_peerindex():
    """The six automotive voices of 2013 carry the recorded PeerIndex, and no seventh is declared automotive."""
    peerindex = _values("peerindex", "peerindex")
    automotive = {handle for handle, topics in _declared("topic").items() if "automotive" in topics}
    assert {handle: int(peerindex[handle]) for handle in AUTOMOTIVE} == AUTOMOTIVE
    assert automotive == AUTOMOTIVE.keys() | TYRES.keys()


@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_has_columns_source_and_past_date(name):
    """Each row of figures fills all six columns and names a citation and a day in 2012 or 2013."""
    for row in _rows(name):
        assert list(row) == ["handle", "provider", "metric", "value", "date", "citation"]
        assert all(text == text.strip() != "" for text in row.values()), row
        assert date(2012, 1, 1) <= date.fromisoformat(row["date"]) < date(2014, 1, 1)
        assert len(row["citation"]) > 40


def test_every_value_fits_its_metric():
    """Metrics are known ones; scores lie on 0-100, counts are whole numbers, countries have two capitals."""
    for row in _figures():
        metric, value = row["metric"], row["value"]
        assert metric in METRICS[row["provider"]], row
        if metric == "country":
            assert len(value) == 2
            assert value.isalpha()
            assert value.isupper()
        elif metric not in WORDS:
            assert value.isdecimal(), row
            assert metric in COUNTS or int(value) <= 100, row


def test_no_figure_is_given_twice():
    """A voice has at most one figure of a metric, over both tables."""
    seen = Counter((row["handle"].casefold(), row["provider"], row["metric"]) for row in _figures())
    assert [key for key, times in seen.items() if times > 1] == []


def test_voices_of_2013_have_all_parts_and_counts():
    """Every voice of 2013 has PeerIndex with its three parts, four Twitter counts and a name."""
    needed = {"peerindex", "authority", "activity", "audience", "name", *COUNTS}
    held: dict[str, set[str]] = {}
    for row in _rows("uk_voices_2013.csv"):
        held.setdefault(row["handle"], set()).add(row["metric"])
    assert {handle: needed - metrics for handle, metrics in held.items() if needed - metrics} == {}
    assert len(held) == 40


def test_klout_is_given_for_the_tyres_only_and_kred_for_nobody():
    """What the sources do not have is left out: Klout stands for the tyre brands only, Kred for nobody."""
    assert _values("klout", "score").keys() == TYRES.keys()
    assert "kred" not in {row["provider"] for row in _figures()}


def test_declarations_have_columns_reason_and_the_date_of_their_figures():
    """Each declaration fills all columns, says when and why it was made, and is dated as the figures it goes with."""
    dates = {row["handle"]: row["date"] for row in _figures()}
    for row in _rows("declarations.csv"):
        assert list(row) == ["handle", "field", "value", "date", "reason"]
        assert all(text == text.strip() != "" for text in row.values()), row
        assert row["field"] in {"kind", "topic", "list", "country", "name"}
        assert row["date"] == dates[row["handle"]], row
        assert row["reason"].endswith(" Declared by the Renown project in November 2026."), row


def test_declarations_are_about_voices_with_figures_and_not_repeated():
    """Every declared handle has figures, and nothing is declared twice."""
    rows = _rows("declarations.csv")
    assert {row["handle"] for row in rows} == HANDLES
    assert len({(row["handle"], row["field"], row["value"]) for row in rows}) == len(rows)


def test_every_voice_has_one_name_kind_and_country_and_a_topic():
    """Name and country come from the source or, where it has none, from us, never both; kind and topic are ours."""
    kinds = _declared("kind")
    assert kinds.keys() == HANDLES
    assert all(len(said) == 1 and said <= {"PERSON", "ORGANISATION", "PUBLICATION"} for said in kinds.values())
    assert _declared("topic").keys() == HANDLES
    for field, provider in (("name", "twitter"), ("country", "peerindex")):
        ours, theirs = Counter(_declared(field).keys()), Counter(_values(provider, field).keys())
        assert ours + theirs == Counter(HANDLES)


def test_list_tyres_is_the_tyre_table():
    """The list `tyres` holds the six tyre accounts and nobody else."""
    assert _declared("list") == {handle: {"tyres"} for handle in TYRES}
