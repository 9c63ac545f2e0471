"""`renown why`: the parts of a movement as table, JSON and CSV, and a reason where there is none."""

import csv
import io
import json

from cli_stage import renown

FROM = ("--from", "2012-10-01")


def _why(database, *words, handle="PirelliUK"):
    return renown("why", handle, *FROM, "--db", database, *words)


def test_the_table_tells_each_cause_and_the_sum(demo_db):
    """One line a cause with what happened, the sum below them, and the movement in a sentence."""
    shown = _why(demo_db).stdout
    lines = [line.strip() for line in shown.splitlines()]
    assert any(line.startswith("Universe") and "-40" in line and "came 40 voices" in line for line in lines)
    assert any(line.split()[:3] == ["All", "-40", "0"] for line in lines)
    assert "It went from place 3 to 43, composite 39.191919. What moved it: who came or went (-40 places)." in shown


def test_json_adds_up(demo_db):
    """The JSON has both ends and a part for each cause; the parts add up to the places between."""
    said = json.loads(_why(demo_db, "--to", "2013-07-01", "--format", "json").stdout)
    assert (said["placeThen"], said["placeNow"]) == (3, 43)
    assert sum(part["places"] for part in said["parts"]) == -40
    assert said["snapshotThen"].endswith("@2012-10-01T00:00:00+00:00")
    assert said["recipeThen"] == said["recipeNow"]


def test_in_the_ranking_of_a_phrase(demo_db):
    """Among tyres alone nobody came: it stands where it stood, in a row a cause of the CSV too."""
    assert "It stands where it stood: place 3," in _why(demo_db, "--of", "top tyres").stdout
    rows = [*csv.DictReader(io.StringIO(_why(demo_db, "--of", "top tyres", "--format", "csv").stdout))]
    assert len(rows) == 6
    assert {row["places"] for row in rows} == {"0"}


def test_two_recipes(demo_db):
    """By Klout alone it has another composite than by the default recipe that `--recipe-then` names."""
    assert renown("rank", "--list", "tyres", "--db", demo_db).exit_code == 0
    default = json.loads(_why(demo_db, "--format", "json").stdout)["recipeNow"]
    words = ("--weight", "klout=1", "--minimum-providers", 1, "--recipe-then", default, "--of", "top tyres")
    said = json.loads(_why(demo_db, *words, "--format", "json").stdout)
    assert [part["cause"] for part in said["parts"] if part["points"]] == ["RECIPE"]


def test_not_ranked_then_is_said_with_its_reason(demo_db):
    """Who had no scores at the earlier date has no movement, in every format."""
    assert "No movement: At 2012-10-01T00:00:00+00:00" in _why(demo_db, handle="TheFifthDriver").stdout
    said = json.loads(_why(demo_db, "--format", "json", handle="TheFifthDriver").stdout)
    assert said["missing"]["reason"] == "BELOW_MINIMUM"
    told = _why(demo_db, "--format", "csv", handle="TheFifthDriver")
    assert (len(told.stdout.splitlines()), "it is not ranked" in told.stderr) == (1, True)


def test_what_cannot_be_asked_is_one_line(demo_db):
    """An unknown voice, a date that is none, and no date at all are refused."""
    assert _why(demo_db, handle="nobody_here").stderr.startswith("renown: No voice is known as 'nobody_here'")
    assert _why(demo_db, "--to", "yesterday").stderr.startswith("renown: 'yesterday' is not a date.")
    assert renown("why", "PirelliUK", "--db", demo_db).exit_code == 2


def test_help_shows_how(demo_db):
    """The help ends in examples, and says that nobody is asked."""
    shown = renown("why", "--help", width=120).stdout
    assert "No provider is asked" in shown
    assert "renown why PirelliUK --from 2012-10-01" in shown.partition("Examples:")[2]
