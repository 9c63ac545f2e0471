"""How help is written: as plain text, for which nothing more is loaded, with every verb's whole line."""

from typing import Any

import typer
from typer.core import TyperGroup


class WholeLines(TyperGroup):
    """Folds the lines of its verbs rather than cut them short."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Writes the list of verbs."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, (verb.help or "").partition("\n\n")[0]) for name, verb in self.commands.items()])


def group_of_verbs(help_: str, *, cls: type[WholeLines] = WholeLines, epilog: str | None = None) -> typer.Typer:
    """A command that has verbs below it; `-h` is short for `--help` there and in each of them."""
    return typer.Typer(
        cls=cls,
        help=help_,
        epilog=epilog,
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_show_locals=False,  # they may hold a provider's key
        context_settings={"help_option_names": ["-h", "--help"]},
    )


def examples(*lines: str) -> str:
    """What the help of the program, and of a verb, ends in."""
    return "\n\n".join(("Examples:", *lines))
