"""`renown voice`: everything held, each value with its source, and what is missing with its reason."""

import csv
import io
import json

from cli_stage import renown
from typer.testing import Result


def _voice(*words: object) -> Result:
    answer = renown("voice", *words)
    assert answer.exit_code == 0, answer.stderr
    return answer


def test_table_numbers_every_value_and_gives_its_source(demo_db):
    """Profile, scores, components and composite are shown; each numbered value has its source below."""
    shown = _voice("@bbc_topgear", "--db", demo_db).stdout
    assert "Top Gear @BBC_TopGear" in shown
    for field in ("followers", "peerindex.peerindex", "peerindex.authority", "renown.score"):
        assert field in shown
    numbered = [number for number in range(1, 100) if f" [{number}] " in shown]
    assert [number for number in numbered if f"\n[{number}] " not in shown] == []
    assert len(numbered) > 10
    assert "Klout closed for good in May 2018." in shown
    assert "No source says: description." in shown


def test_json_holds_claims_absences_and_the_composite(demo_db):
    """In JSON a score is a claim with digest and source, a missing one an absence, and points add up to the value."""
    said = json.loads(_voice("PirelliUK", "--db", demo_db, "--format", "json").stdout)
    scores = {part["provider"]: part["score"] for part in said["providers"] if part["score"]}
    assert (scores["klout"]["value"], scores["peerindex"]["value"]) == (39, 40)
    assert len(scores["klout"]["provenance"]["digest"]) == 64
    assert scores["kred"]["reason"] == "NOT_CONFIGURED"
    points = sum(part["points"] for part in said["composite"]["contributions"])
    assert round(points, 6) == said["composite"]["value"]
    assert "followers" in said["missing"]


def test_csv_has_one_row_a_claim(demo_db):
    """Each row has a value or says why there is none; each value has a source and a claim."""
    rows = list(csv.DictReader(io.StringIO(_voice("PirelliUK", "--db", demo_db, "--format", "csv").stdout)))
    assert all(bool(row["value"]) != bool(row["absent"]) for row in rows)
    assert all(row["source"] for row in rows)
    assert all(row["claim"] for row in rows if row["value"])
    absent = {row["field"]: row["absent"] for row in rows if row["absent"]}
    assert (absent["kred.influence"], absent["renown.score"]) == ("NOT_CONFIGURED", "NO_SCORE_YET")


def test_a_voice_with_too_few_scores_has_no_composite(tmp_path):
    """With one score only, the sheet says why there is no composite."""
    figures = tmp_path / "one.csv"
    figures.write_text("handle,provider,metric,value,date,citation\nsolo,klout,score,50,2012-01-01,a page\n")
    assert renown("import", figures, "--db", tmp_path / "one.db").exit_code == 0
    shown = _voice("solo", "--db", tmp_path / "one.db").stdout
    assert "Composite: none. 1 of " in shown
    assert "has a score; the recipe asks for 2." in shown


def test_text_of_others_cannot_steer_the_terminal(tmp_path):
    """A name with escape sequences, markup and a change of direction is printed as plain characters."""
    declared = tmp_path / "names.csv"
    name = "Evil\x1b[31m\u202e[bold]x"
    declared.write_text(f"handle,field,value,date,reason\nevil,name,{name},2012-01-01,said so\n", encoding="utf-8")
    assert renown("import", declared, "--db", tmp_path / "one.db").exit_code == 0
    shown = _voice("evil", "--db", tmp_path / "one.db").stdout
    assert "Evil [31m [bold]x @evil" in shown
    assert "\x1b" not in shown


def test_an_unknown_voice_is_one_line(demo_db):
    """Who is not known is named, with what to do next, and the exit code is 1."""
    answer = renown("voice", "nobody_at_all", "--db", demo_db)
    assert (answer.exit_code, answer.stdout) == (1, "")
    assert answer.stderr.startswith("renown: No voice is known as 'nobody_at_all' on twitter. Check the spelling")
    assert answer.stderr.count("\n") == 1


def test_a_handle_with_a_space_is_refused(demo_db):
    """What can be no handle is said to be none."""
    answer = renown("voice", "two words", "--db", demo_db)
    assert answer.exit_code == 1
    assert "'two words' is not a handle." in answer.stderr
