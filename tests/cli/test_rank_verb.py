"""`renown rank`: the golden list, three formats, and one line for whatever cannot be answered."""

import csv
import io
import json

import pytest
from cli_stage import renown

from renown.cli.options import Format

TYRES = ["Goodyear_UK", "MichelinTyres", "PirelliUK", "ContiUK", "DunlopLive", "BridgestoneTyre"]
SWAPPED = ["Goodyear_UK", "MichelinTyres", "ContiUK", "PirelliUK", "DunlopLive", "BridgestoneTyre"]
WITHIN = ("--reference", "within_list")


def _entries(*words):
    answer = renown("rank", *words, "--format", Format.JSON)
    assert answer.exit_code == 0, answer.stderr
    return json.loads(answer.stdout)


def _handles(answered):
    return [entry["voice"]["accounts"][0]["handle"] for entry in answered["entries"]]


def test_golden_list_by_the_raw_mean(demo_db):
    """The published mean: Pirelli third with 39.5, Conti fourth with 39; Goodyear can only be first."""
    answered = _entries("--list", "tyres", "--normaliser", "raw", "--db", demo_db)
    assert _handles(answered) == TYRES
    assert [entry["composite"]["value"] for entry in answered["entries"]] == [51.5, 42.0, 39.5, 39.0, 37.0, 27.0]
    assert [answered["entries"][0][key] for key in ("placeLow", "placeHigh")] == [1, 1]


@pytest.mark.parametrize(("normaliser", "third"), [("minmax", "49.92"), ("zscore", "49.77")])
def test_golden_list_within_itself(demo_db, normaliser, third):
    """Against the list itself, min-max and z-scores put Conti before Pirelli."""
    words = ("--list", "tyres", "--normaliser", normaliser, *WITHIN, "--db", demo_db)
    answered = _entries(*words)
    assert _handles(answered) == SWAPPED
    assert third in renown("rank", *words).stdout


def test_golden_list_shares_a_place(demo_db):
    """By percentile the two share the third place, and the table marks it."""
    words = ("--list", "tyres", "--normaliser", "percentile", *WITHIN, "--db", demo_db)
    assert [entry["place"] for entry in _entries(*words)["entries"]] == [1, 2, 3, 3, 5, 6]
    assert renown("rank", *words).stdout.count("3= ") == 2


def test_table_says_what_is_missing_and_why(demo_db):
    """A missing score is a word and never a zero; below stand the reading, the dates, the recipe and the ranges."""
    answer = renown("rank", "top UK automotive voices", "--db", demo_db)
    assert answer.exit_code == 0
    for said in (
        "retired",
        "not configured",
        "Read as: The top 20 voices, known to speak on automotive",
        "Left out: not known to speak on automotive: 34",
        "PeerIndex: 12 values of 2012-08-15 to 2013-04-14, 12 frozen",
        "no statistical confidence is claimed",
        f"renown voice TheFifthDriver --db {demo_db}",
    ):
        assert said in answer.stdout.replace("\n", " ").replace("  ", " ")


def test_narrow_terminal_loses_no_handle_and_no_figure(demo_db):
    """On 80 columns every handle, range and coverage is whole, and no line is longer."""
    answer = renown("rank", "--list", "tyres", "--db", demo_db, width=80)
    assert all(f"@{handle}" in answer.stdout for handle in TYRES)
    assert "44.00-58.59" in answer.stdout
    assert answer.stdout.count("50%") == len(TYRES)
    assert max(map(len, answer.stdout.splitlines())) <= 80


def test_json_walks_to_the_source(demo_db):
    """Each score in the JSON is a claim with its source; the composite names them as its inputs."""
    composite = _entries("--list", "tyres", "--first", 1, "--db", demo_db)["entries"][0]["composite"]
    scores = {part["provider"]: part["score"] for part in composite["contributions"]}
    klout, kred, peerindex = scores["klout"], scores["kred"], scores["peerindex"]
    assert (klout["value"], peerindex["value"]) == (59, 44)
    assert "tyrepress.com" in klout["provenance"]["source"]
    assert composite["claim"]["provenance"]["inputs"] == [klout["id"], peerindex["id"]]
    assert (kred["reason"], "value" in kred) == ("NOT_CONFIGURED", False)


def test_csv_has_one_row_a_voice(demo_db):
    """The CSV keeps provider values untouched, leaves absent ones empty and names the reason beside them."""
    answer = renown("rank", "--list", "tyres", "--format", "csv", "--db", demo_db)
    rows = list(csv.DictReader(io.StringIO(answer.stdout)))
    assert [row["handle"] for row in rows] == TYRES
    assert (rows[2]["klout"], rows[2]["peerindex"], rows[2]["klout_absent"]) == ("39", "40", "")
    assert (rows[2]["kred"], rows[2]["kred_absent"]) == ("", "NOT_CONFIGURED")
    assert "tyrepress.com" in rows[2]["klout_source"]


def test_pages_fit_together(demo_db):
    """`--after` the end of one page gives the next, without gap or repetition."""
    words = ("--list", "tyres", "--first", 4, "--db", demo_db)
    first = _entries(*words)
    second = _entries(*words, "--after", first["endCursor"])
    assert _handles(first) + _handles(second) == TYRES
    assert (first["hasNextPage"], second["hasNextPage"]) == (True, False)


def test_weights_are_custom_weights(demo_db):
    """With all weight on PeerIndex the composite is PeerIndex, and coverage counts that provider alone."""
    answered = _entries(
        "--list", "tyres", "--weight", "peerindex=2", "--weight", "klout=0", "--minimum-providers", 1, "--db", demo_db
    )
    assert answered["recipe"]["canonical"]["weights"] == {"peerindex": 1}
    assert [entry["composite"]["value"] for entry in answered["entries"]] == [44.0, 40.0, 30.0, 27.0, 26.0, 18.0]
    assert {entry["composite"]["coverage"] for entry in answered["entries"]} == {1.0}


def test_the_past_is_as_it_was(demo_db):
    """On the last day of 2012 only the tyre brands were known."""
    answered = _entries("--topic", "automotive", "--as-of", "2012-12-31", "--db", demo_db)
    assert _handles(answered) == TYRES


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("top UK automotiv voices",), "There is no word 'automotiv'. Did you mean 'automotive'"),
        (("top", "--list", "tyres"), "Both a phrase and a filter are given."),
        (("--list", "tires"), "There is no list 'tires'. Did you mean 'tyres'?"),
        (("--country", "United Kingdom"), "'United Kingdom' is no country code."),
        (("--first", "100000"), "A page holds 1 to 100"),
        (("--after", "nonsense"), "'nonsense' is not a cursor"),
        (("--weight", "klout=nan"), "The weight of 'klout' is not a finite number."),
        (("--weight", "klout=-1"), "The weight of 'klout' is negative"),
        (("--weight", "klout=0"), "All weights are zero."),
        (("--weight", "klout"), "'klout' is not a weight. Write it as klout=2."),
        (("--normaliser", "linaer"), "There is no normaliser 'linaer'. Did you mean 'linear'"),
        (("--minimum-score", "nan"), "nan is no score."),
        (("--minimum-score", "99.9"), "The ranking is empty"),
        (("--as-of", "yesterday"), "'yesterday' is not a date."),
        (("--as-of", "2999-01-01"), "is in the future."),
    ],
)
def test_what_cannot_be_answered_is_one_line(demo_db, words, said):
    """A bad question exits with 1 and one line on stderr that says what is wrong; nothing on stdout."""
    answer = renown("rank", *words, "--db", demo_db)
    assert answer.exit_code == 1
    assert answer.stderr.startswith(f"renown: {said}" if said[0] in "TBA'n" else "renown: ")
    assert said in answer.stderr
    assert answer.stderr.count("\n") == 1
    assert answer.stdout == ""


def test_an_empty_database_says_how_to_fill_it(tmp_path):
    """A newcomer's first `rank` names the command that loads figures into that very database."""
    answer = renown("rank", "--db", tmp_path / "new.db")
    assert answer.exit_code == 1
    assert f"`renown demo --once --db {tmp_path / 'new.db'}`" in answer.stderr


def test_database_may_be_a_url_or_a_setting(demo_db, monkeypatch):
    """The database is a URL as well as a path, and without `--db` that of the environment."""
    url = f"sqlite+aiosqlite:///{demo_db}"
    by_url = renown("rank", "--list", "tyres", "--format", "csv", "--db", url)
    monkeypatch.setenv("RENOWN_DATABASE_URL", url)
    by_setting = renown("rank", "--list", "tyres", "--format", "csv")
    assert by_url.stdout == by_setting.stdout
    assert "Goodyear_UK" in by_url.stdout
