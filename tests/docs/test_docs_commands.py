"""The documents show the commands that there are, and what they print."""

import re
from pathlib import Path

import pytest
from documents import blocks_of, read, said
from renewed import SHOWN
from typer.main import get_command

from renown.cli import app

_COMMAND = get_command(app)
_PRINTED = [block for block in blocks_of("text") if block.document == "README.md"]
_VERBS = sorted(_COMMAND.commands)  # pyright: ignore[reportAttributeAccessIssue]


@pytest.mark.parametrize("verb", _VERBS)
def test_every_verb_is_in_the_documents(verb):
    """README or docs show the verb as it is typed."""
    assert re.search(rf"(renown|\./run) {verb}\b", said())


def test_the_documents_show_no_verb_that_there_is_not():
    """What follows `renown` or `./run` in a shell block is a verb of the program or of the script."""
    shown = {
        verb
        for block in blocks_of("sh")
        for verb in re.findall(r"^(?:\S+=\S+ )*(?:\S*/renown|renown|\./run) (\w+)", block.text, re.MULTILINE)
    }
    assert shown <= {*_VERBS, "test", "soak", "check"}


@pytest.mark.parametrize("option", re.findall(r"renown (\w+)( [\w-]+)? ?[^\n`|]*?(--[\w-]+)", said()), ids="".join)
def test_every_option_shown_is_taken(option):
    """An option that the documents show behind a verb is one of that verb, or of the verb below it."""
    verb, below, name = option
    command = _COMMAND.commands[verb].load()  # pyright: ignore[reportAttributeAccessIssue]
    command = getattr(command, "commands", {}).get(below.strip(), command)
    assert name in {flag for parameter in command.params for flag in parameter.opts}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder to run the program in: no `.env`, and the demo's database once that is made."""
    return tmp_path_factory.mktemp("typed")


@pytest.mark.parametrize(("block", "shown"), [*zip(_PRINTED, SHOWN, strict=True)], ids=str)
def test_the_readme_shows_what_is_printed(folder, block, shown):
    """What the README shows of a command is, line for line, what it prints on a terminal of 80 columns."""
    assert block.text == shown.printed(folder)


def test_the_pip_commands_install_what_the_script_installs():
    """What the README tells those without a shell is what `run` does."""
    for part in ("-m venv --without-pip .venv", "-m pip --python .venv", "-c constraints.txt -e"):
        assert part in read("README.md")
        assert part in read("run")
