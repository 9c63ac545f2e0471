"""`renown compare`: the verdict, and the odds it rests on."""

import csv
import io
import json

from cli_stage import renown


def test_verdict_tells_the_clear_from_the_close(demo_db):
    """Goodyear is clearly above both; between Pirelli and Conti it is too close to call."""
    answer = renown("compare", "Goodyear_UK", "@PirelliUK", "ContiUK", "--db", demo_db)
    assert answer.exit_code == 0
    assert "Too close to call: Pirelli UK and Continental UK." in answer.stdout
    assert "Goodyear UK @Goodyear_UK is above Continental UK @ContiUK in 100% of the draws: clear." in answer.stdout


def test_json_holds_pairs_and_entries(demo_db):
    """In JSON each pair has its odds, and who has too few scores is unranked with a reason."""
    answer = renown("compare", "PirelliUK", "ContiUK", "--db", demo_db, "--format", "json", "--minimum-providers", 3)
    said = json.loads(answer.stdout)
    assert (said["entries"], said["pairs"]) == ([], [])
    assert {each["reason"] for each in said["unranked"]} == {"BELOW_MINIMUM"}
    said = json.loads(renown("compare", "PirelliUK", "ContiUK", "--db", demo_db, "--format", "json").stdout)
    assert [pair["tooCloseToCall"] for pair in said["pairs"]] == [True]
    assert [entry["place"] for entry in said["entries"]] == [1, 2]


def test_csv_is_that_of_a_ranking(demo_db):
    """The CSV has one row a voice, in order."""
    answer = renown("compare", "ContiUK", "Goodyear_UK", "--db", demo_db, "--format", "csv")
    assert [row["handle"] for row in csv.DictReader(io.StringIO(answer.stdout))] == ["Goodyear_UK", "ContiUK"]


def test_two_names_of_one_voice_are_refused(demo_db):
    """A voice is not compared with itself."""
    answer = renown("compare", "PirelliUK", "pirelliuk", "--db", demo_db)
    assert answer.exit_code == 1
    assert answer.stderr.startswith("renown: A comparison is of 2 to 5 different voices.")
