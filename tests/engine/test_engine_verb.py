"""`renown engine rank`: what it prints, and what it says where there is nothing to print."""

import csv
import json
from io import StringIO

import pytest
from typer.testing import CliRunner

from renown.cli import app

LINES = [f"{fan} star {1341100000 + 60 * fan} RT" for fan in range(40)]
LINES += ["star friend 1341100000 MT", "1 friend 1341100060 RE", "late star 1341190000 RT", "no line"]


@pytest.fixture
def file(tmp_path):
    """A small log with one bad line."""
    path = tmp_path / "log.txt"
    path.write_text("\n".join(LINES))
    return path


def rank(*words):
    """The verb's answer."""
    return CliRunner().invoke(app, ["engine", "rank", *map(str, words)])


def test_the_csv_has_the_columns_and_everybody_who_was_reacted_to(file):
    """Best first; the bad line is told on stderr with its number."""
    answer = rank(file, "--until", "2012-07-02", "--format", "csv")
    rows = list(csv.DictReader(StringIO(answer.stdout)))
    assert list(rows[0]) == ["account", "score", "reach", "amplification", "network_impact", "low", "high"]
    assert [row["account"] for row in rows] == ["star", "friend"]
    assert 0 <= float(rows[0]["low"]) <= float(rows[0]["score"]) <= float(rows[0]["high"]) <= 100
    assert "line 44" in answer.stderr
    assert "1 line could not be read" in answer.stderr


def test_json_and_table_say_that_posts_are_not_known(file):
    """Amplification would otherwise be taken for what it is not."""
    said = json.loads(rank(file, "--until", "2012-07-02", "--format", "json").stdout)
    assert said["postsKnown"] is False
    assert said["until"] == "2012-07-02T00:00:00+00:00"
    assert set(said["accounts"][0]) >= {"account", "score", "automation"}
    assert "does not name posts" in rank(file, "--until", "2012-07-02").stdout


def test_seeds_are_read_from_a_file(file, tmp_path):
    """Those that are not in the log are counted; where none is, that is an error."""
    seeds = tmp_path / "seeds.txt"
    seeds.write_text("star\nnobody\n")
    answer = rank(file, "--until", "2012-07-02", "--seeds", seeds, "--format", "csv")
    assert answer.exit_code == 0
    assert "1 seed not in the log" in answer.stderr
    seeds.write_text("nobody\n")
    assert "None of the accounts" in rank(file, "--until", "2012-07-02", "--seeds", seeds).stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("missing.txt", "--until", "2012-07-02"), "missing.txt cannot be read: No such file"),
        ((None, "--until", "2012-06-01"), "holds nothing before 2012-06-01"),
        ((None, "--until", "soon"), "'soon' is not a date"),
        ((None, "--until", "2012-07-02", "--seeds", "missing.txt"), "missing.txt cannot be read"),
    ],
)
def test_what_cannot_be_answered_is_one_line(file, words, told):
    """With the exit code 1 and no traceback."""
    answer = rank(*(file if word is None else word for word in words))
    assert answer.exit_code == 1
    assert told in answer.stderr
