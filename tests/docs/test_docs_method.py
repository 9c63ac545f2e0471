"""docs/method.md does what it says: its Python lines and its commands are run."""

import doctest
import os
import re
import shlex
from itertools import pairwise
from pathlib import Path

import pytest
from documents import Block, blocks, first_cells, read, section
from typer.testing import CliRunner

from renown.cli import app
from renown.scoring import Combiner, Normaliser, Weighting
from renown.scoring.fitting import FEWEST_VOICES
from renown.scoring.posterior import _STANDS_OUT
from renown.scoring.published import PUBLISHED_LOADINGS, UNPUBLISHED
from renown.scoring.tier import REACH, SURE
from renown.scoring.witnesses import COPY, FEWEST_IN_COMMON, SHARED_NETWORK

DOCUMENT = "docs/method.md"
_BLOCKS = next(each for each in blocks() if each and each[0].document == DOCUMENT)


def _in_one_line(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What the commands of each shell block print, on one line, run in order in one folder."""
    answers, before = {}, Path.cwd()
    os.chdir(tmp_path_factory.mktemp("method"))
    try:
        for block in _BLOCKS:
            if block.language == "sh":
                ran = [CliRunner().invoke(app, shlex.split(line)[1:]) for line in block.text.splitlines()]
                assert [answer.output for answer in ran if answer.exit_code] == []
                answers[block.text] = _in_one_line(" ".join(answer.output for answer in ran))
    finally:
        os.chdir(before)
    return answers


def test_the_python_lines_give_what_is_shown():
    """All of them in order, as one session."""
    text = "\n".join(block.text for block in _BLOCKS if block.language == "python")
    session = doctest.DocTestParser().get_doctest(text, {}, DOCUMENT, DOCUMENT, 0)
    said: list[str] = []
    result = doctest.DocTestRunner(verbose=False).run(session, out=said.append)
    assert result.attempted > 30
    assert result.failed == 0, "".join(said)


_SHOWN = [(block, shown) for block, shown in pairwise(_BLOCKS) if (block.language, shown.language) == ("sh", "text")]


@pytest.mark.parametrize(("typed", "shown"), _SHOWN, ids=str)
def test_the_commands_print_what_is_shown(printed, typed: Block, shown: Block):
    """Each line below the commands is part of what they print."""
    for line in shown.text.splitlines():
        assert _in_one_line(line) in printed[typed.text]


@pytest.mark.parametrize(
    ("heading", "choices"), [("Normalisers", Normaliser), ("Combiners", Combiner), ("Weights", Weighting)]
)
def test_every_choice_has_its_row(heading, choices):
    """The tables name each choice of a recipe, and no other."""
    assert sorted(first_cells(section(DOCUMENT, heading))) == sorted(choices)


def test_the_conventions_are_those_of_the_program():
    """The numbers that the text gives are those that the steps use."""
    text = read(DOCUMENT)
    published = ", ".join(f"{slug} {loading:.2f}" for slug, loading in PUBLISHED_LOADINGS.items())
    assert published.lower() in text.lower()
    for said in (
        f"more than {_STANDS_OUT} deviations",
        f"{SHARED_NETWORK} x (networks both read",
        f"rank correlation above {COPY}",
        f"at least {FEWEST_IN_COMMON} voices",
        f"nothing is published {UNPUBLISHED} is taken",
        f"Under {FEWEST_VOICES} voices a provider has none",
        f"at least {SURE:.0%}".replace("%", " %"),
        f"more than {REACH} places apart",
    ):
        assert said in text


def test_the_bench_is_dated_and_shows_what_was_missed():
    """Measured figures have their date, and a bound that is missed is called so."""
    measured = section(DOCUMENT, "What ranges cost")
    assert re.search(r"Of \d+ \w+ \d{4}", measured)
    assert measured.count("MISSED") + measured.count("| kept |") == 9
