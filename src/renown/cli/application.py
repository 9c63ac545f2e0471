"""Calls the verb that was typed, and turns what goes wrong into one line and an exit code."""

import sys
from io import TextIOWrapper
from typing import Any

import typer

from renown.cli.help_texts import WholeLines, examples, group_of_verbs
from renown.cli.terminal import complain
from renown.cli.verbs import VERBS, Verb
from renown.errors import RenownError


class _Verbs(WholeLines):
    """Whatever a user can meet is one line on stderr and the exit code 1, never a traceback."""

    def __init__(self, **given: Any) -> None:
        given["commands"] = list(VERBS)
        super().__init__(**given)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The verb that was typed, loaded; also for its help and for the shell's completion."""
        name, verb, rest = super().resolve_command(ctx, args)
        return name, verb.load() if isinstance(verb, Verb) else verb, rest

    def invoke(self, ctx: Any) -> Any:
        """Runs the verb."""
        try:
            return super().invoke(ctx)
        except RenownError as error:
            complain(error)
            raise typer.Exit(1) from None


app = group_of_verbs(
    "Who leads a conversation, according to whom? Ranks voices by several influence scores, and walks every "
    "value back to its source.",
    cls=_Verbs,
    epilog=examples("renown demo", "renown rank 'top UK automotive voices'", "renown voice PirelliUK"),
)


@app.callback()
def _any_verb() -> None:
    """Has nothing to do: typer makes a group only of what has verbs of its own or a function before them."""


def main() -> None:
    """The entry point."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A name that the terminal's encoding does not have is no reason to fail.
            stream.reconfigure(errors="backslashreplace")
    app()
