"""Vouches in the terminal: they come in by `renown import` and are shown by `renown voice`."""

import csv
import io
import json

import pytest
from cli_stage import renown

HEADER = "voucher,handle,topic,date,source\n"
GOOD = HEADER + "ContiUK,PirelliUK,Tyres,2020-10-01,a page\nDunlopLive,PirelliUK,Tyres,2020-10-02,a page\n"


@pytest.fixture
def vouches(tmp_path):
    """Writes a file of vouches."""

    def write(content):
        path = tmp_path / "vouches.csv"
        path.write_text(content)
        return path

    return write


def test_vouches_come_in_and_are_shown_by_topic(vouches, demo_db):
    """The table and JSON say how many vouch, by topic; CSV has a row each; the profile holds none of them."""
    more = GOOD + "ContiUK,PirelliUK,Motorsport,2020-10-01,a page\n"
    assert renown("import", vouches(more), "--db", demo_db).stdout == "3 claims on 1 voice came in.\n"
    shown = renown("voice", "PirelliUK", "--db", demo_db).stdout
    assert "Vouched for, by topic: tyres 2, motorsport 1" in shown
    assert "No score of Vouches (no score yet): Nobody has vouched for twitter:pirelliuk in the last 365" in shown
    said = json.loads(renown("voice", "PirelliUK", "--db", demo_db, "--format", "json").stdout)
    assert said["vouches"] == {"tyres": 2, "motorsport": 1}
    assert not [claim for claim in said["profile"] if claim["field"].startswith("vouch")]
    table = renown("voice", "PirelliUK", "--db", demo_db, "--format", "csv").stdout
    rows = [row for row in csv.DictReader(io.StringIO(table)) if row["field"].startswith("vouch/")]
    assert {row["source"] for row in rows} == {f"a page (vouches.csv, row {line})" for line in (2, 3, 4)}


def test_nobody_vouches_for_this_voice(demo_db):
    """Without vouches the table says nothing of them but why there is no score, and JSON has none."""
    shown = renown("voice", "ContiUK", "--db", demo_db).stdout
    assert "Vouched for" not in shown
    assert "it needs a vouch." in shown
    assert json.loads(renown("voice", "ContiUK", "--db", demo_db, "--format", "json").stdout)["vouches"] == {}


def test_a_stranger_in_a_vouch_keeps_everything_out(vouches, demo_db):
    """Who is not in the directory is named with line, column and what to do; nothing is kept."""
    bad = vouches(GOOD + "stranger,PirelliUK,Tyres,2020-10-01,a page\nContiUK,new_one,Tyres,2020-10-01,a page\n")
    answer = renown("import", bad, "--db", demo_db)
    assert (answer.exit_code, answer.stdout) == (1, "")
    assert answer.stderr.splitlines() == [
        "vouches.csv: line 4, column voucher: twitter:stranger is not in the directory; import them first",
        "vouches.csv: line 5, column handle: twitter:new_one is not in the directory; import them first",
        "renown: 2 rows of 4 refused; nothing was kept. Correct them, or keep the others with --keep-good.",
    ]
    assert "Vouched for" not in renown("voice", "PirelliUK", "--db", demo_db).stdout


def test_the_good_vouches_are_kept_when_asked_for(vouches, demo_db):
    """With --keep-good the others come in, and the stranger stays out of the directory."""
    mixed = vouches(GOOD + "ContiUK,new_one,Tyres,2020-10-01,a page\nContiUK,contiuk,Tyres,2020-10-01,a page\n")
    answer = renown("import", mixed, "--keep-good", "--db", demo_db)
    assert answer.stdout == "2 of 4 rows are good; the others are left out.\n2 claims on 1 voice came in.\n"
    assert "cannot vouch for themself" in answer.stderr
    assert renown("voice", "new_one", "--db", demo_db).exit_code == 1
