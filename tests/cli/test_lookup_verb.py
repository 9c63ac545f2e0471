"""`renown lookup`: a list of handles, every live provider, and a second go that goes on."""

import asyncio
import json
import signal
import subprocess
import time

import cli_stage
import pytest
from cli_stage import renown

from renown.emulators import Behaviour, Dataset, running

DATA = Dataset.synthetic(60, seed=7)
HANDLES = [account.handle for account in DATA.accounts]


@pytest.fixture
def kred(monkeypatch):
    """Kred, emulated, and named in the environment."""
    starting = running("kred", DATA, Behaviour(polls_before_complete=0))
    with asyncio.Runner() as runner:  # it runs only to start and to stop: a verb has a loop of its own
        emulator = runner.run(starting.__aenter__())
        monkeypatch.setenv("RENOWN_PROVIDERS__KRED__BASE_URL", emulator.url)
        monkeypatch.setenv("RENOWN_PROVIDERS__KRED__KEY", DATA.key)
        monkeypatch.setenv("RENOWN_PROVIDERS__KRED__APP_ID", DATA.app_id)
        yield emulator
        runner.run(starting.__aexit__(None, None, None))


def test_a_list_is_looked_up_once(kred, tmp_path):
    """Sixty lines, one twice: two calls of Kred; the second time all are fresh and none goes out."""
    (tmp_path / "handles.txt").write_text("\n".join([*HANDLES, f"@{HANDLES[0]}", ""]))
    first, again = (renown("lookup", "handles.txt", "--db", "a.db", "--format", "json") for _ in range(2))
    assert (first.exit_code, again.exit_code) == (0, 0), first.output
    (told,) = json.loads(first.stdout)["providers"]
    assert json.loads(first.stdout)["voices"] == told["asked"] == 60
    assert told["answered"] + sum(told["absences"].values()) == 60
    assert told["calls"] == len(kred.calls) == 2
    assert (
        json.loads(again.stdout)["providers"][0] | {"fresh": 60, "asked": 0, "calls": 0}
        == json.loads(again.stdout)["providers"][0]
    )


def test_a_csv_is_read_by_its_column(kred, tmp_path):
    """Of a CSV the column `handle` counts; the table has a row a provider."""
    (tmp_path / "handles.csv").write_text(f"name,handle\nSomebody,{HANDLES[0]}\n")
    answer = renown("lookup", "handles.csv", "--db", "a.db")
    assert answer.exit_code == 0
    assert [word for word in answer.stdout.splitlines()[1].split() if word.isdigit()][:2] == ["0", "1"]
    assert f"term={HANDLES[0]}&" in kred.calls[0]


def test_a_quota_that_is_used_up_is_said(kred, tmp_path, monkeypatch):
    """The summary says how many voices are left, and why; the doctor says so too."""
    monkeypatch.setenv("RENOWN_PROVIDERS__KRED__QUOTA", "1")
    (tmp_path / "handles.txt").write_text("\n".join(HANDLES))
    answer = renown("lookup", "handles.txt", "--db", "a.db")
    assert "left at Kred: Kred is not asked: the 1 calls of the day are used up" in answer.stderr
    assert len(kred.calls) == 1
    doctor = json.loads(renown("doctor", "--db", "a.db", "--format", "json").stdout)
    said = next(each["detail"] for each in doctor if each["check"] == "provider kred")
    assert "1 of 1 call of the day used; anew at " in said
    assert "Last error: On " in said


@pytest.mark.parametrize(
    ("content", "says"), [(b"\n\n", "There is no handle in it."), (b"\xff\xfe", "is not text in UTF-8")]
)
def test_what_is_no_list_is_refused(tmp_path, content, says):
    """An empty list and one that is not UTF-8 are refused in a line."""
    (tmp_path / "handles.txt").write_bytes(content)
    answer = renown("lookup", "handles.txt")
    assert (answer.exit_code, says in answer.stderr) == (1, True)


def test_without_a_live_provider_it_says_what_to_do(tmp_path):
    """Where nobody can be asked the doctor is named."""
    (tmp_path / "handles.txt").write_text("PirelliUK\n")
    answer = renown("lookup", "handles.txt", "--db", "a.db")
    assert (answer.exit_code, "No provider can be asked." in answer.stderr) == (1, True)


@pytest.mark.skipif(not hasattr(signal, "SIGINT"), reason="no Ctrl-C")
def test_ctrl_c_keeps_what_came_and_says_so(kred, tmp_path, monkeypatch):
    """Interrupted between two batches it exits with 130 in one line; the same command then asks about the rest only."""
    monkeypatch.setenv("RENOWN_PROVIDERS__KRED__PACE", "0.2")
    (tmp_path / "handles.txt").write_text("\n".join(HANDLES))
    words = ("lookup", "handles.txt", "--db", "a.db", "--format", "json")
    command = [*cli_stage.COMMAND, *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as under_way:  # noqa: S603 - our own command
        while not kred.calls:
            time.sleep(0.05)
        time.sleep(1)  # the first batch is kept, the second waits five seconds for its turn
        under_way.send_signal(signal.SIGINT)
        printed, errors = under_way.communicate(timeout=60)
    assert (under_way.returncode, printed) == (130, "")
    assert errors.splitlines() == ["Interrupted; kept so far: Kred 50 of 60. The same command goes on from there."]
    told = json.loads(renown(*words).stdout)["providers"][0]
    assert (told["fresh"], told["asked"], len(kred.calls)) == (50, 10, 2)
