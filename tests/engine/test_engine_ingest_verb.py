"""`renown engine ingest`: what it prints, where it writes, and what it says where it cannot."""

import json
import re

import pytest
from typer.testing import CliRunner

from renown.cli import app

TEXT = "actor,target,kind,at\nfan1,star,repost,1341100800\nfan2,star,repost,1341100860\nbroken\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The folder that commands are typed in."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("RENOWN_ENGINE_FILE", raising=False)
    (tmp_path / "a.csv").write_text(TEXT)
    return tmp_path


def run(*words, **environment):
    """The verb with these words."""
    return CliRunner().invoke(app, ["engine", "ingest", *map(str, words)], env=environment)


def test_a_file_comes_in_and_what_there_is_is_shown(folder):
    """The refused lines lie beside the working file, with their reasons; a second time nothing changes."""
    answer = run("a.csv")
    assert answer.exit_code == 0, answer.output
    assert "a.csv (csv): 2 events, 1 refused line." in answer.stdout
    assert "1 line of all sources could not be read: renown-engine.duckdb.rejects.csv" in answer.stderr
    rejects = (folder / "renown-engine.duckdb.rejects.csv").read_text()
    assert rejects.splitlines() == ["source,line,reason,text", "a.csv,4,has 1 cells where the header has 4,broken"]
    again = run("a.csv")
    assert "a.csv: read before; nothing changed." in again.stdout
    assert (folder / "renown-engine.duckdb.rejects.csv").read_text() == rejects


def test_what_there_is_as_json(folder):
    """Counts by kind, accounts, span and each source."""
    run("a.csv", "--file", "other.duckdb")
    said = json.loads(run("--status", "--format", "json", RENOWN_ENGINE_FILE="other.duckdb").stdout)
    assert said["events"] == {"total": 2, "repost": 2, "reply": 0, "mention": 0, "like": 0, "list": 0, "follow": 0}
    assert (said["accounts"], said["posts"], said["refused"]) == (3, 0, 1)
    assert (said["first"], said["last"]) == ("2012-07-01T00:00:00+00:00", "2012-07-01T00:01:00+00:00")
    (source,) = said["sources"]
    assert source == {
        "name": "a.csv",
        "form": "csv",
        "finished": True,
        "lines": 4,
        "events": 2,
        "repeated": 0,
        "toOneself": 0,
        "posts": 0,
        "withdrawn": 0,
        "refused": 1,
    }


def test_a_network_a_day_and_a_kind_are_taken(folder):
    """For what the file does not say itself."""
    (folder / "named.json").write_text('{"ann": {"bob": 2}}')
    answer = run("named.json", "--network", "GitHub", "--day", "2015-05-07", "--kind", "mention", "--format", "json")
    said = json.loads(answer.stdout)
    assert said["events"]["mention"] == 2
    assert said["first"].startswith("2015-05-07T")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "There is nothing to read."),
        (("--status",), "There is no working file renown-engine.duckdb."),
        (("none.csv",), "none.csv cannot be read: No such file"),
        (("a.csv", "--from", "cvs"), "There is no form 'cvs'. Did you mean 'csv'?"),
        (("a.csv", "--kind", "hug"), "There is no kind 'hug'."),
        (("a.csv", "--network", "face book"), "'face book' is no network."),
        (("a.csv", "--day", "soon"), "'soon' is not a date"),
        (("ws://127.0.0.1:9", "--for", "ever"), "'ever' is no duration."),
        (("a.csv", "--format", "csv"), "What there is has no CSV."),
        (("https:///nowhere",), "is no address of an instance"),
    ],
)
def test_what_cannot_be_done_is_one_line(folder, words, told):
    """With the exit code 1 and no traceback."""
    answer = run(*words)
    assert answer.exit_code == 1
    assert told in answer.stderr
    assert len(answer.stderr.splitlines()) == 1


def test_somebody_who_watches_is_shown_how_fast_it_goes(folder):
    """On a terminal, on stderr."""
    answer = run("a.csv", FORCE_COLOR="1", COLUMNS="200", TERM="xterm")
    shown = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", answer.stderr)
    assert re.search(r"Reading a\.csv .* 4 lines, \d[\d,]*/s", shown)


def test_an_account_is_erased_on_request(folder):
    """Also from the file of refused lines; what cannot be an account is refused."""
    (folder / "a.csv").write_text(f"{TEXT}star,two words,like,1\n")
    run("a.csv")
    answer = CliRunner().invoke(app, ["engine", "forget", "@Star"])
    assert answer.stdout == "twitter:star: 2 events and 0 posts erased.\n"
    left = b"".join(file.read_bytes() for file in folder.glob("renown-engine.duckdb*"))
    assert b"star" not in left
    assert b"broken" in left
    assert "is no account" in CliRunner().invoke(app, ["engine", "forget", "two words"]).stderr


def test_a_live_source_ends_when_its_time_is_over(folder):
    """Also where nobody answers; what came before it is kept."""
    answer = run("a.csv", "ws://127.0.0.1:9/subscribe", "--for", "0.2s")
    assert answer.exit_code == 0, answer.output
    assert "(jetstream): nothing new." in answer.stdout
    assert "2 events (2 reposts)" in answer.stdout


@pytest.mark.parametrize("stopped", [KeyboardInterrupt(), RuntimeError("Query interrupted")])
def test_interrupted_it_says_that_it_goes_on(folder, monkeypatch, stopped):
    """With the exit code that shells give for it; also where DuckDB was at work just then."""

    def interrupted(*_given):
        raise stopped

    monkeypatch.setattr("renown.engine.ingest.ingest", interrupted)
    answer = run("a.csv")
    assert answer.exit_code == 130
    assert "the same command goes on behind it" in answer.stderr
