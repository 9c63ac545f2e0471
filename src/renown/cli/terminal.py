"""Where it is printed, how wide, and that text which others wrote cannot steer the terminal."""

import os
import sys
from typing import TYPE_CHECKING

from renown.errors import BadImport, RenownError

if TYPE_CHECKING:
    from rich.console import Console

# Where nobody says how wide: wide enough that no row of a ranking is folded.
_PIPED_WIDTH = 160
_PROSE_WIDTH = 120


def console(*, to_errors: bool = False) -> "Console":
    """Stdout (or stderr) as it is now; in colours only on a terminal, and not where NO_COLOR is set."""
    from rich.console import Console

    made = Console(stderr=to_errors, markup=False, highlight=False, emoji=False)
    if not made.is_terminal and "COLUMNS" not in os.environ:
        made.width = _PIPED_WIDTH
    return made


def say(text: str, *, style: str = "") -> None:
    """A paragraph on stdout, no wider than can be read."""
    out = console()
    out.print(printable(text), style=style or None, width=min(out.width, _PROSE_WIDTH))


def note(text: str) -> None:
    """A line on stderr, unfolded."""
    print(printable(text), file=sys.stderr)


def complain(error: RenownError) -> None:
    """An error as one line on stderr, after one line for each row of a file that was refused."""
    if isinstance(error, BadImport):
        for refusal in error.refusals:
            note(str(refusal))
    note(f"renown: {error}")


def printable(text: str) -> str:
    """The text with a space for every character that is not shown but obeyed: escapes, line ends, text direction."""
    return "".join(character if character.isprintable() else " " for character in text)
