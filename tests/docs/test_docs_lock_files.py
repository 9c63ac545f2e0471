"""docs/lock-files.md does what it says: its commands are run, and its tables are those of the program."""

import json
import os
import re
import shlex
from pathlib import Path

import pytest
from documents import blocks_of, first_cells, read, section
from typer.testing import CliRunner

from renown.cli import app, verify
from renown.gateway.lock_file import LockFile
from renown.gateway.verifying import Verdict

DOCUMENT = "docs/lock-files.md"


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What each command of the page prints, run in order in an empty folder, and the lock file it leaves."""
    folder, before = tmp_path_factory.mktemp("locks"), Path.cwd()
    typed = [line for block in blocks_of("sh") if block.document == DOCUMENT for line in block.text.splitlines()]
    os.chdir(folder)
    try:
        answers = {line: CliRunner().invoke(app, shlex.split(line)[1:]) for line in typed}
    finally:
        os.chdir(before)
    assert {line: answer.output for line, answer in answers.items() if answer.exit_code} == {}
    return {line: answer.stdout for line, answer in answers.items()} | {
        "file": (folder / "tyres.lock.json").read_text(encoding="utf-8")
    }


def test_both_verdicts_are_the_same(printed):
    """Each `renown verify` of the page says SAME."""
    verdicts = [said for line, said in printed.items() if line.startswith("renown verify")]
    assert [said.partition(":")[0] for said in verdicts] == ["SAME", "SAME"]


def test_leave_one_out_is_printed(printed):
    """The command that leaves each provider out prints its table."""
    assert "Without one provider" in printed["renown rank --list tyres --db demo.db --leave-one-out"]


def test_every_part_of_the_file_is_described(printed):
    """The parts described are those of the form, and all are in the file."""
    described = re.findall(r"`(\w+)`", " ".join(re.findall(r"^\| (`.+?`) \|", _what_is_in_it(), re.MULTILINE)))
    assert sorted(described) == sorted(LockFile.__struct_fields__) == sorted(json.loads(printed["file"]))


def test_the_verdicts_are_those_of_the_program():
    """Each verdict is in the table with the exit code that the verb gives it, and in the verb's own table."""
    rows = dict(re.findall(r"^\| `(\w+)` \| (\d) \|", section(DOCUMENT, "The verdicts"), re.MULTILINE))
    assert {verdict: int(code) for verdict, code in rows.items()} == verify._CODES
    assert list(rows) == list(Verdict)
    assert {f"| {code} | {verdict} |" for verdict, code in verify._CODES.items()} <= {
        found[0] for found in re.finditer(r"\| \d \| \w+ \|", verify.__doc__ or "")
    }


def test_the_limits_are_those_of_the_program():
    """The page says how much a lock holds at most."""
    from renown.gateway import lock

    assert f"{lock._MOST_VOICES:,} voices, and {lock._MOST_DRAWN:,} draws" in read(DOCUMENT)


def _what_is_in_it() -> str:
    table = section(DOCUMENT, "What is in it")
    assert first_cells(table)
    return table
