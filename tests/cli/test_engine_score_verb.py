"""`renown engine score`: what it shows, keeps and refuses."""

import csv
import json
from io import StringIO
from pathlib import Path

import pytest
from cli_stage import renown

from working_files import DAY, event, post, small_world, write

FIGURES = """handle,provider,metric,value,date,citation
PirelliUK,klout,score,50,2012-06-01,invented
Friend,klout,score,40,2012-06-01,invented
Stranger,klout,score,30,2012-06-01,invented
"""
ALONE = ("--weight", "renown=1", "--minimum-providers", "1", "--format", "json")


@pytest.fixture(autouse=True)
def world(tmp_path):
    """The small world's working file, and a directory with two of its accounts and a stranger to it."""
    small_world(tmp_path / "renown-engine.duckdb")
    Path("figures.csv").write_text(FIGURES)
    assert renown("import", "figures.csv").exit_code == 0


def _said(handle, field):
    """The values of a field that `renown voice` shows."""
    sheet = json.loads(renown("voice", handle, "--format", "json").stdout)
    return [claim["value"] for claim in _claims_in(sheet) if claim["field"] == field]


def _claims_in(tree):
    """Every claim that stands anywhere in a JSON value."""
    if isinstance(tree, dict) and "provenance" in tree:
        yield tree
    for below in tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ():
        yield from _claims_in(below)


def score(*words):
    """The verb's answer; it has to succeed."""
    answer = renown("engine", "score", *words)
    assert answer.exit_code == 0, answer.output
    return answer


def ranked():
    """The voices that Renown has a score of, best first, as `renown rank` says."""
    return [entry["voice"]["key"] for entry in json.loads(renown("rank", *ALONE).stdout)["entries"]]


def test_the_table_shows_the_directorys_voices_and_says_what_came_in():
    """Best first, with range and topics; the fans are told of only as a number."""
    answer = score("--until", "2012-07-15")
    lines = answer.stdout.splitlines()
    assert "2 voices, 2012-07-15" in lines[0]
    assert "twitter:pirelliuk" in lines[2]
    assert "automotive, tyres" in lines[2]
    assert "twitter:friend" in lines[3]
    assert "2 accounts scored; 2 of them are in the directory" in answer.stderr
    assert "fan" not in answer.output
    assert "claims came in." in answer.stderr


def test_again_it_has_nothing_to_do():
    """The same window, the same claims."""
    score("--until", "2012-07-15")
    assert "0 claims came in; " in score("--until", "2012-07-15").stderr


def test_a_dry_run_keeps_nothing():
    """It shows the same, and the directory stays."""
    answer = score("--until", "2012-07-15", "--dry-run", "--format", "csv")
    rows = list(csv.DictReader(StringIO(answer.stdout)))
    assert [row["account"] for row in rows] == ["twitter:pirelliuk", "twitter:friend"]
    assert "Nothing was kept: this was a dry run." in answer.stderr
    assert "renown-engine@1" not in renown("voice", "PirelliUK", "--format", "json").stdout
    score("--until", "2012-07-15")
    assert "renown-engine@1" in renown("voice", "PirelliUK", "--format", "json").stdout


def test_json_has_the_window_the_components_and_the_evidence():
    """And names what is not known by null, never zero."""
    said = json.loads(score("--until", "2012-07-15", "--format", "json").stdout)
    assert (said["until"], said["interactions"]) == ("2012-07-15T00:00:00+00:00", 221)
    first = said["accounts"][0]
    assert first["low"] < first["score"] < first["high"]
    assert first["quietSince"] is None
    tyres = next(topic for topic in first["topics"] if topic["topic"] == "tyres")
    assert (tyres["posts"], tyres["strength"], len(tyres["evidence"])) == (8, 0.5, 3)


def test_one_topic_shows_who_speaks_on_it():
    """Somebody who only is reacted to does not; a topic that there is not is named with the nearest."""
    answer = score("--until", "2012-07-15", "--topic", "tyres", "--format", "csv")
    assert [row["account"] for row in csv.DictReader(StringIO(answer.stdout))] == ["twitter:pirelliuk"]
    refused = renown("engine", "score", "--topic", "tyre")
    assert refused.exit_code == 1
    assert "There is no topic 'tyre'. Did you mean 'tyres'" in refused.stderr


def test_quiet_since_is_shown_in_the_place_of_a_fall():
    """Two silent weeks after the log's end the scores stand, with the day of the last reaction and no momentum."""
    columns = ("score", "low", "high")
    before, after = (
        next(csv.DictReader(StringIO(score("--until", until, "--format", "csv").stdout)))
        for until in ("2012-07-15", "2012-07-29")
    )
    assert [before[column] for column in columns] == [after[column] for column in columns]
    assert (before["quiet_since"], before["momentum"] != "") == ("", True)
    assert (after["quiet_since"][:10], after["momentum"]) == ("2012-07-14", "")
    assert "The last interaction is of 2012-07-14" in score("--until", "2012-07-29").stderr


def test_sensitive_topics_are_shown_only_where_that_is_asked_for(tmp_path, monkeypatch):
    """By the option or by the setting; masked again, they are taken back."""
    write(tmp_path / "renown-engine.duckdb", posts=[post(f"d{at}", "pirelliuk", "diabetes", at) for at in range(3)])

    def topics(*words):
        said = json.loads(score("--until", "2012-07-15", "--format", "json", *words).stdout)
        return {topic["topic"] for topic in said["accounts"][0]["topics"]}

    assert "diabetes" not in topics()
    assert "diabetes" in topics("--sensitive")
    monkeypatch.setenv("RENOWN_ENGINE_SENSITIVE_TOPICS", "true")
    assert "diabetes" in topics()
    monkeypatch.delenv("RENOWN_ENGINE_SENSITIVE_TOPICS")
    assert "diabetes" not in topics()
    assert _said("PirelliUK", "topic/diabetes") == [0.0]


def test_a_vocabulary_of_ones_own_is_taken(monkeypatch):
    """By the option or by the setting; two files that are not Klout's are none."""
    Path("mine.csv").write_text("slug,name,parents,words,hashtags,sensitive\nrubber,Rubber,,winter tyres,,\n")
    for words in (("--vocabulary", "mine.csv"), ()):
        said = json.loads(score("--until", "2012-07-15", "--format", "json", *words).stdout)
        assert [topic["topic"] for topic in said["accounts"][0]["topics"]] == ["rubber"]
        monkeypatch.setenv("RENOWN_ENGINE_VOCABULARY", "mine.csv")
    refused = renown("engine", "score", "--vocabulary", "mine.csv", "--vocabulary", "figures.csv")
    assert "Several files are no vocabulary" in refused.stderr


def test_everybodys_scores_go_into_a_file():
    """Parquet or CSV, with those outside the directory."""
    import duckdb

    for name in ("all.csv", "all.parquet"):
        score("--until", "2012-07-15", "--out", name)
        rows = duckdb.sql(f"SELECT account, score FROM '{name}'").fetchall()
        assert [account for account, _ in rows] == ["twitter:pirelliuk", "twitter:friend"]
    assert "neither .parquet nor .csv" in renown("engine", "score", "--out", "all.txt").stderr


def test_trust_starts_from_the_accounts_of_a_file():
    """Where none of them is in the working file, nothing is scored."""
    Path("seeds.txt").write_text("twitter:fan1\ntwitter:fan2\n")
    score("--until", "2012-07-15", "--seeds", "seeds.txt")
    Path("seeds.txt").write_text("twitter:nobody")
    refused = renown("engine", "score", "--until", "2012-07-15", "--seeds", "seeds.txt")
    assert refused.exit_code == 1
    assert "None of the seeds" in refused.stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--until", "2012-06-01"), "holds no interactions before that instant"),
        (("--until", "soon"), "'soon' is not a date"),
        (("--file", "nowhere/engine.duckdb"), "There is no working file nowhere/engine.duckdb"),
        (("--topic", "diabetes"), "'diabetes' is a sensitive topic"),
        (("--seeds", "nowhere.txt"), "nowhere.txt cannot be read"),
    ],
)
def test_what_cannot_be_answered_is_one_line(words, told):
    """With the exit code 1 and no traceback."""
    refused = renown("engine", "score", *words)
    assert refused.exit_code == 1
    assert told in refused.stderr


def test_new_interactions_make_new_scores(tmp_path):
    """What was scored before stays in the log; what is shown is the newest. A crowd of strangers wins nothing."""
    score("--until", "2012-07-15")
    before = ranked()
    write(tmp_path / "renown-engine.duckdb", [event(f"new{at}", "friend", 14 * DAY + at) for at in range(200)])
    score("--until", "2012-07-16")
    assert _said("Friend", "renown.interactions") == [260]
    assert ranked() == before == ["twitter:pirelliuk", "twitter:friend"]
