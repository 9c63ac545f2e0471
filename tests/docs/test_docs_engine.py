"""docs/engine.md does what it says: its files are written, its commands are run."""

import re
import shlex

import pytest
from documents import read
from typer.testing import CliRunner

from renown.cli import app
from renown.engine.account_automation import AUTOMATION_COLUMNS, PROGRAMS_COLUMN
from renown.engine.profile_score import PROFILE_COLUMNS, profile_weights

_TEXT = read("docs/engine.md")
_FILES = re.findall(r"^`(\w+\.csv)`:\n\n```text\n(.*?)```", _TEXT, re.MULTILINE | re.DOTALL)
_SHOWN = re.findall(r"```sh\n(.*?)\n```\n\n```text\n(.*?)```", _TEXT, re.DOTALL)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with the files of the document."""
    for name, text in _FILES:
        (tmp_path / name).write_text(text)
    monkeypatch.chdir(tmp_path)


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(("typed", "shown"), _SHOWN, ids=[typed for typed, _ in _SHOWN])
def test_the_commands_print_what_is_shown(typed, shown):
    """Every line, on stdout or stderr; of figures the first six digits."""
    answer = CliRunner().invoke(app, shlex.split(typed)[1:])
    assert answer.exit_code == 0, answer.output
    printed = {_short(line) for line in answer.output.splitlines()}
    assert {_short(line) for line in shown.splitlines()} <= printed


def test_each_of_the_three_commands_is_shown():
    """With a file of its own."""
    assert [typed.split()[2] for typed, _ in _SHOWN] == ["rank", "profile", "automation"]
    assert len(_FILES) == 3


def test_every_column_has_its_row():
    """Those that a file may have are named."""
    for column in (*PROFILE_COLUMNS, *AUTOMATION_COLUMNS, PROGRAMS_COLUMN):
        assert f"`{column}`" in _TEXT


def test_the_score_has_the_unit_that_is_said():
    """12 points are one in log odds."""
    assert 100 / profile_weights().top() == pytest.approx(12, abs=0.5)


def _short(line):
    return re.sub(r"(\d\.\d{6})\d+", r"\1", line)
