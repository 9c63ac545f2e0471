"""Help comes quickly, and shows what to type."""

import subprocess
import sys

import pytest
from cli_stage import renown

from renown.scoring import Normaliser, Reference

VERBS = ("demo", "serve", "rank", "voice", "compare", "import", "emulate", "schema", "doctor")
HEAVY = ("sqlalchemy", "strawberry", "numpy", "pycountry", "pydantic", "starlette", "uvicorn", "structlog")


def test_help_lists_every_verb():
    """`renown --help` names all nine verbs."""
    answer = renown("--help", width=120)
    assert answer.exit_code == 0
    assert all(f"│ {verb} " in answer.stdout for verb in VERBS)


@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_shows_an_example(verb):
    """The help of a verb ends in examples that begin with the command itself."""
    answer = renown(verb, "--help", width=120)
    assert answer.exit_code == 0
    assert f"renown {verb}" in answer.stdout.partition("Examples:")[2]


def test_help_names_every_choice_of_a_recipe():
    """The help of `rank` names all normalisers and references there are."""
    shown = renown("rank", "--help", width=200).stdout
    assert [choice.value for choice in [*Normaliser, *Reference] if choice.value not in shown] == []


def test_what_is_heavy_is_not_imported_for_help():
    """Importing the command loads neither the store nor the schema nor numpy."""
    code = f"import sys, renown.cli; print([name for name in {HEAVY!r} if name in sys.modules])"
    loaded = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert loaded.stdout == "[]\n"
