"""Help comes quickly, and shows what to type."""

import subprocess
import sys

import pytest
from cli_stage import renown

from renown.scoring import Normaliser, Reference

VERBS = ("demo", "serve", "rank", "voice", "compare", "import", "emulate", "schema", "doctor")
HEAVY = {
    "aiocache",
    "alembic",
    "asyncio",
    "httpx",
    "jsonpath",
    "numpy",
    "pycountry",
    "pydantic_settings",
    "redis",
    "rich",
    "scipy",
    "sqlalchemy",
    "starlette",
    "strawberry",
    "structlog",
    "uvicorn",
}


def test_help_lists_every_verb():
    """`renown --help` begins a line with each of the nine verbs."""
    answer = renown("--help", width=120)
    assert answer.exit_code == 0
    assert all(f"\n  {verb} " in answer.stdout for verb in VERBS)


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


def _loaded_by(*words):
    """The modules that are loaded when a command has run."""
    code = """
import atexit, sys
from renown.cli import main

atexit.register(lambda: print(*sys.modules, file=sys.stderr))
main()
"""
    ran = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-c", code, *words], capture_output=True, text=True, check=True
    )
    return set(ran.stderr.split())


def test_help_loads_nothing_heavy_and_no_verb():
    """`renown --help` loads none of the heavy packages, and of the verbs only their table."""
    loaded = _loaded_by("--help")
    assert "renown.cli.verbs" in loaded
    assert loaded & {*HEAVY, "pydantic", "renown.claims"} == set()
    assert loaded & {f"renown.cli.{verb}" for verb in VERBS} == set()


@pytest.mark.parametrize("verb", ["rank", "voice", "serve", "recipe"])
def test_the_help_of_a_verb_loads_nothing_heavy(verb):
    """A verb's own help loads that verb and none of the heavy packages; pydantic comes with typer's options."""
    loaded = _loaded_by(verb, "--help")
    assert f"renown.cli.{verb}" in loaded
    assert loaded & HEAVY == set()
