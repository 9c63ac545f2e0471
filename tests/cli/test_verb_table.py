"""The table of verbs says what the verbs say of themselves, and stands for them in help and completion."""

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from renown.cli import app
from renown.cli.verbs import VERBS


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.name)
def test_a_line_of_the_table_is_the_verbs_own(verb):
    """The line in the table is the first paragraph of the help that the verb shows, and the name is the same."""
    loaded = verb.load()
    assert loaded.name == verb.name
    assert verb.help == " ".join((loaded.help or "").partition("\n\n")[0].split())


def test_the_program_has_the_verbs_of_the_table():
    """Typer's command has each verb of the table once, in the table's order."""
    assert [*get_command(app).commands] == [verb.name for verb in VERBS]  # pyright: ignore[reportAttributeAccessIssue]


@pytest.mark.parametrize("verb", ["provider", "recipe", "reference"])
def test_a_group_is_loaded_whole(verb):
    """A verb that has verbs below it lists each of them, with its whole line."""
    group = next(each for each in VERBS if each.name == verb).load()
    shown = " ".join(CliRunner().invoke(app, [verb, "--help"]).stdout.split())
    assert len(group.commands) >= 3
    for name, below in group.commands.items():
        assert f"{name} {' '.join(below.help.split())}" in shown


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        (("renown", "ra"), ["rank"]),
        (("renown", "re"), ["recipe", "reference"]),
        (("renown", "recipe", "d"), ["diff", "dry-run"]),
        (("renown", "rank", "--lea"), ["--leave-one-out"]),
    ],
    ids=" ".join,
)
def test_the_shell_completes(typed, offered):
    """Verbs, verbs below a verb and a verb's options are completed."""
    asked = {
        "_RENOWN_COMPLETE": "complete_bash",
        "COMP_WORDS": " ".join(typed),
        "COMP_CWORD": str(len(typed) - 1),
    }
    answer = CliRunner().invoke(app, [], prog_name="renown", env=asked)
    assert answer.stdout.split() == offered


def test_a_mistyped_verb_is_suggested():
    """What is nearly a verb is answered with the verb, before any is loaded."""
    answer = CliRunner().invoke(app, ["rnk"])
    assert answer.exit_code == 2
    assert "Did you mean 'rank'?" in answer.stderr
