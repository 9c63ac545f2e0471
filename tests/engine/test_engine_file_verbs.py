"""`renown engine profile` and `renown engine automation`: what they print of small made-up files. SYNTHETIC."""

import csv
import json
from io import StringIO

import pytest
from typer.testing import CliRunner

from renown.cli import app

PROFILES = 'name,Followers,listed,note\na,1000,20,"x, y"\nb,,5,\nc,12k,-1,z\nd,500000,3000\ne,500000,3000,\u00fc\n'
ACCOUNTS = "screen_name,tweet_frequency,source_identity,mood\nann, 2.5,[2],glad\nbob, 150.0,[0;4],\ncy, -1.0,[9],\n"


@pytest.fixture
def run(tmp_path):
    """Writes a file and runs a verb on it."""

    def _run(verb, text, *words):
        file = tmp_path / "file.csv"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return CliRunner().invoke(app, ["engine", verb, str(file), *words])

    return _run


def rows_of(answer):
    """The rows of a CSV."""
    assert answer.exit_code == 0, answer.output
    return list(csv.DictReader(StringIO(answer.stdout)))


def test_a_profile_file_keeps_its_rows_and_columns(run):
    """In their order, as they stood there, with the three columns behind them."""
    rows = rows_of(run("profile", PROFILES, "--format", "csv"))
    assert list(rows[0]) == ["name", "Followers", "listed", "note", "score", "low", "high"]
    assert [row["name"] for row in rows] == list("abcde")
    assert (rows[0]["note"], rows[2]["Followers"], rows[4]["note"]) == ("x, y", "12k", "ü")
    for row in (rows[0], rows[1], rows[4]):
        assert 0 <= float(row["low"]) <= float(row["score"]) <= float(row["high"]) <= 100
    assert float(rows[4]["score"]) > float(rows[0]["score"]) > float(rows[1]["score"])


def test_bad_cells_are_named_and_missing(run):
    """A word, a number below zero, a row too short: no score is made of them, and none of them is zero."""
    answer = run("profile", PROFILES, "--format", "csv")
    assert "line 4, column followers: '12k' is no number; it is taken as missing." in answer.stderr
    assert "line 4, column listed: '-1' is below zero; it is taken as missing." in answer.stderr
    assert "line 5: has 3 cells where the header has 4; all are taken as missing." in answer.stderr
    rows = rows_of(answer)
    assert [(row["score"], row["low"], row["high"]) for row in rows[2:4]] == [("", "", "")] * 2


@pytest.mark.parametrize("cell", ["nan", "inf", "1e999", "1_000", "0x10", "٣", "1,5", "--1"])
def test_what_is_no_plain_number_is_missing(run, cell):
    """Though Python, or another country, would read it as one."""
    answer = run("profile", f'posts\n"{cell}"\n3\n', "--format", "csv")
    assert [row["score"] != "" for row in rows_of(answer)] == [False, True]
    assert "line 2, column posts" in answer.stderr


def test_many_bad_cells_are_counted(run):
    """The first twenty are told, of the others how many."""
    answer = run("profile", "posts\n" + "x\n" * 25, "--format", "csv")
    assert answer.stderr.count("is no number") == 20
    assert "5 cells more could not be read" in answer.stderr


def test_json_and_table_say_what_was_fitted(run):
    """JSON has null where there is no score; the table has the first rows."""
    said = json.loads(run("profile", PROFILES, "--format", "json").stdout)
    assert "PeerIndex" in said["fittedOn"]
    assert said["accounts"][2]["score"] is None
    assert "PeerIndex" in run("profile", PROFILES).stdout
    assert "The first 50 rows" in run("profile", "posts\n" + "1\n" * 51).stdout


def test_accounts_get_a_probability(run):
    """Between 0 and 1; what the file lacks is said; a cell that cannot be read is missing, and so may all be."""
    answer = run("automation", ACCOUNTS, "--format", "csv")
    rows = rows_of(answer)
    assert list(rows[0]) == ["screen_name", "tweet_frequency", "source_identity", "mood", "probability"]
    assert 0 < float(rows[0]["probability"]) < float(rows[1]["probability"]) < 1
    assert rows[2]["probability"] == ""
    assert "has no column user_tweeted, " in answer.stderr
    assert "line 4, column source_identity: '[9]' is no list" in answer.stderr
    assert "ASONAM 2017" in run("automation", ACCOUNTS).stdout


def test_the_same_file_gives_the_same_bytes(run):
    """Both verbs, twice."""
    for verb, text in (("profile", PROFILES), ("automation", ACCOUNTS)):
        assert run(verb, text, "--format", "csv").stdout == run(verb, text, "--format", "csv").stdout


@pytest.mark.parametrize("verb", ["profile", "automation"])
@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "file.csv is empty. Its first line is to name one or more of "),
        ("name,age\na,3\n", "file.csv has no column that is known here. Its first line is to name one or more of "),
        (b"\xff\xfe\x00", "file.csv is no text in UTF-8."),
    ],
)
def test_a_wrong_file_is_one_line_with_what_to_do(run, verb, text, told):
    """With the exit code 1 and no traceback."""
    answer = run(verb, text)
    assert answer.exit_code == 1
    assert told in answer.stderr
    assert len(answer.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("posts\n", "holds no row below its header"),
        ("posts,Posts\n1,2\n", "has the column posts twice"),
        ("posts,score\n1,2\n", "has a column score already"),
        ('posts\n"' + "1" * 140_000, "is no CSV: field larger than"),
    ],
)
def test_a_header_that_means_two_things_is_refused(run, text, told):
    """Before anything is printed."""
    answer = run("profile", text, "--format", "csv")
    assert (answer.exit_code, answer.stdout) == (1, "")
    assert told in answer.stderr


def test_a_file_that_is_not_there_is_named():
    """In one line."""
    answer = CliRunner().invoke(app, ["engine", "profile", "missing.csv"])
    assert answer.exit_code == 1
    assert "missing.csv cannot be read: No such file" in answer.stderr
