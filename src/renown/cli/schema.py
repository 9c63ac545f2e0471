"""`renown schema`: the GraphQL schema as text, and whether a file still is that text."""

from difflib import unified_diff
from pathlib import Path
from typing import Annotated

import typer

from renown.cli.terminal import note
from renown.errors import BadRequest

EXAMPLES = ("renown schema --out schema.graphql", "renown schema --check schema.graphql")

_SHOWN = 40


def schema(
    check: Annotated[
        Path | None, typer.Option("--check", help="Exit with 1 and show the difference where this file differs.")
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", help="Write it to this file.")] = None,
) -> None:
    """Print the GraphQL schema (SDL)."""
    from renown.api import sdl

    text = sdl().rstrip("\n") + "\n"
    if check is not None:
        _compare(check, text)
    if out is not None:
        _write(out, text)
    if check is None and out is None:
        print(text, end="")


def _compare(file: Path, text: str) -> None:
    try:
        held = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise BadRequest(f"{file} cannot be read: {reason}.", _again(file)) from None
    difference = list(unified_diff(held.splitlines(), text.splitlines(), str(file), "this program", n=1, lineterm=""))
    for line in difference[:_SHOWN]:
        print(line)
    if len(difference) > _SHOWN:
        note(f"... and {len(difference) - _SHOWN} more lines.")
    if difference:
        raise BadRequest(f"{file} is not the schema of this program.", _again(file))


def _again(file: Path) -> str:
    return f"Write it anew with `renown schema --out {file}`."


def _write(file: Path, text: str) -> None:
    try:
        file.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise BadRequest(f"{file} cannot be written: {error.strerror}.", "Check the folder.") from None
