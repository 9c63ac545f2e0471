"""docs/engine.md does what it says: its files are written, its commands are run."""

import re
import shlex

import numpy as np
import pytest
from documents import first_cells, read, section
from typer.testing import CliRunner

from renown.cli import app
from renown.engine.account_automation import AUTOMATION_COLUMNS, PROGRAMS_COLUMN
from renown.engine.ingest.forms import Form
from renown.engine.metrics import METRICS
from renown.engine.profile_score import PROFILE_COLUMNS, profile_weights
from renown.engine.scale import lasting_score_of
from renown.engine.topics import shipped_vocabulary

_TEXT = read("docs/engine.md")
_FILES = re.findall(r"^`(\w+\.(?:csv|ndjson))`:\n\n```text\n(.*?)```", _TEXT, re.MULTILINE | re.DOTALL)
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
    printed = set()
    for command in typed.splitlines():
        answer = CliRunner().invoke(app, shlex.split(command)[1:])
        assert answer.exit_code == 0, answer.output
        printed |= {_short(line) for line in answer.output.splitlines()}
    assert {_short(line) for line in shown.splitlines()} <= printed


def test_each_command_is_shown():
    """With a file that it takes."""
    shown = {command.split()[2] for typed, _ in _SHOWN for command in typed.splitlines()}
    assert shown >= {"rank", "profile", "automation", "ingest", "score"}
    for typed, _ in _SHOWN:
        assert any(name in typed for name, _ in _FILES)


def test_every_column_has_its_row():
    """Those that a file may have are named."""
    for column in (*PROFILE_COLUMNS, *AUTOMATION_COLUMNS, PROGRAMS_COLUMN):
        assert f"`{column}`" in _TEXT


def test_every_form_that_a_source_may_have_is_named():
    """In the table of `--from`."""
    table = section("docs/engine.md", "Ingest")
    assert {form for row in first_cells(table) for form in row.replace("`", "").split(", ")} == set(Form)


def test_every_claim_of_the_engine_is_explained():
    """In the table of the scores; and the shipped vocabulary has as many topics as is said."""
    table = section("docs/engine.md", "Scores")
    for metric in METRICS:
        assert f"`{metric.field}`" in table or f"`.{metric.slug}`" in table
    assert f"has {len(shipped_vocabulary())} topics" in _TEXT


def test_the_map_is_as_is_said():
    """So many points for so many accounts."""
    assert "One account that is believed makes 28 points, three make 54, twenty 73, a hundred 79, three" in _TEXT
    assert lasting_score_of(np.array([1.0, 3, 20, 100, 3000])).round().tolist() == [28, 54, 73, 79, 91]


def test_the_score_has_the_unit_that_is_said():
    """12 points are one in log odds."""
    assert 100 / profile_weights().top() == pytest.approx(12, abs=0.5)


def _short(line):
    return re.sub(r"(\d\.\d{6})\d+", r"\1", line)
