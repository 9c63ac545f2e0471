"""What the engine's working file holds: sources, events by kind, accounts, posts, what was refused, and from when."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from renown.cli import wording
from renown.cli.claims_json import print_json
from renown.cli.options import Format
from renown.cli.terminal import console, printable, say

COUNTED = ("events", "posts", "repeated", "to_oneself", "withdrawn", "refused")
"""What is counted of each source, by the fields of `Source`."""

if TYPE_CHECKING:
    from renown.engine.ingest.source import Source
    from renown.engine.working_file import Held, WorkingFile


def print_held(file: "WorkingFile", output: Format) -> None:
    """As a table or JSON."""
    from renown.engine.ingest.source import sources

    read, held = sources(file), file.held()
    if output is Format.JSON:
        print_json(_as_json(read, held))
    else:
        _print_table(read, held)


def _as_json(read: "list[Source]", held: "Held") -> dict[str, object]:
    return {
        "events": {"total": sum(held.events.values()), **held.events},
        "accounts": held.accounts,
        "posts": held.posts,
        "refused": held.refused,
        "first": _iso(held.first),
        "last": _iso(held.last),
        "sources": [
            {"name": source.name, "form": source.form, "finished": source.finished, "lines": source.line}
            | {_camel(name): getattr(source, name) for name in COUNTED}
            for source in read
        ],
    }


def _print_table(read: "list[Source]", held: "Held") -> None:
    from rich.table import Table

    table = Table("source", "form", "read", box=None)
    for name in COUNTED:
        table.add_column(name.replace("_", " "), justify="right")
    for source in read:
        figures = (f"{getattr(source, name):,}" for name in COUNTED)
        table.add_row(printable(source.name), source.form, "whole" if source.finished else "in part", *figures)
    console().print(table)
    kinds = ", ".join(f"{count:,} {_several(kind, count)}" for kind, count in held.events.items() if count)
    span = f", from {_iso(held.first)} to {_iso(held.last)}" if held.first is not None else ""
    say(
        f"{wording.count(sum(held.events.values()), 'event')}{f' ({kinds})' if kinds else ''} by or to "
        f"{wording.count(held.accounts, 'account')}{span}; {wording.count(held.posts, 'post')}."
    )


def _several(kind: str, count: int) -> str:
    return kind if count == 1 else {"reply": "replies"}.get(kind, f"{kind}s")


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def _iso(seconds: int | None) -> str | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC).isoformat()
