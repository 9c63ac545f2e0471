"""`renown lookup`: many voices at once, from a list; whatever is fresh is not asked for again."""

import csv
import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from renown.claims import Account
from renown.cli import wording
from renown.cli.asked import accounts_of
from renown.cli.claims_json import print_json
from renown.cli.opening import run, settings_with
from renown.cli.options import DatabaseOption, Format, NetworkOption
from renown.cli.progress import progress_each
from renown.cli.terminal import console, note
from renown.errors import BadRequest

if TYPE_CHECKING:
    from renown.gateway import Gateway
    from renown.gateway.bulk import Bulk, Part

EXAMPLES = ("renown lookup handles.txt", "cat handles.csv | renown lookup - --db scores.db --format json")

_INTERRUPTED = 130


def lookup(
    file: Annotated[
        str, typer.Argument(metavar="FILE|-", help="Handles, one a line, or a CSV with a column `handle`; - is stdin.")
    ],
    network: NetworkOption = "twitter",
    output: Annotated[Format, typer.Option("--format", help="A table to read, or JSON.")] = Format.TABLE,
    database: DatabaseOption = None,
) -> None:
    """Look many voices up at every live provider. Interrupted, the same command goes on where it stopped."""
    if output is Format.CSV:
        raise BadRequest("A lookup's summary has no CSV.", "Use --format table or json.")
    accounts = _accounts_in(_content(file), network)
    begun: list[Bulk] = []

    async def look_up(gateway: "Gateway") -> None:
        from renown.gateway.bulk import Bulk

        bulk = await Bulk.plan(gateway, accounts)
        if not bulk.parts:
            raise BadRequest("No provider can be asked.", "Run `renown doctor`: it says what each one needs.")
        begun.append(bulk)
        with progress_each({part.provider.declaration.slug: part.total for part in bulk.parts}) as advance:
            await bulk.run(lambda part, more: advance(part.provider.declaration.slug, more))

    try:
        run(settings_with(database), look_up)
    except KeyboardInterrupt:
        note(_where_it_stopped(begun))
        raise typer.Exit(_INTERRUPTED) from None
    if output is Format.JSON:
        print_json({"voices": len(accounts), "providers": [_as_json(part) for part in begun[0].parts]})
    else:
        _print(begun[0].parts)


def _content(file: str) -> str:
    try:
        raw = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        return raw.decode("utf-8-sig")
    except OSError as error:
        raise BadRequest(f"{file} cannot be read: {error.strerror}.", "Give the path of a file, or -.") from None
    except UnicodeDecodeError:
        raise BadRequest(f"{file} is not text in UTF-8.", "Save it as UTF-8.") from None


def _accounts_in(content: str, network: str) -> list[Account]:
    """The accounts in a list or in a CSV's column `handle`, each once.

    Raises:
        BadRequest: one is no handle, or there is none.
    """
    header = next(csv.reader(io.StringIO(content)), [])
    if "handle" in header:
        handles = [row["handle"] or "" for row in csv.DictReader(io.StringIO(content))]
    else:
        handles = content.splitlines()
    accounts = accounts_of([handle for handle in handles if handle.strip()], network)
    if not accounts:
        raise BadRequest("There is no handle in it.", "Write one handle a line, or a CSV with a column `handle`.")
    return list({account.key: account for account in accounts}.values())


def _where_it_stopped(begun: "list[Bulk]") -> str:
    parts = begun[0].parts if begun else ()
    done = ", ".join(f"{part.provider.declaration.name} {part.done:,} of {part.total:,}" for part in parts)
    return f"Interrupted; kept so far: {done or 'nothing'}. The same command goes on from there."


def _as_json(part: "Part") -> dict[str, object]:
    return {
        "provider": part.provider.declaration.slug,
        "fresh": part.held,
        "asked": part.total,
        "answered": part.answered,
        "absences": {str(reason): count for reason, count in sorted(part.absences.items())},
        "calls": part.calls,
        "stopped": part.stopped.message if part.stopped else None,
    }


def _print(parts: "tuple[Part, ...]") -> None:
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for column in ("provider", "fresh", "asked", "answered", "calls"):
        table.add_column(column, justify="left" if column == "provider" else "right")
    table.add_column("absences")
    for part in parts:
        reasons = [f"{reason.lower().replace('_', ' ')}: {count:,}" for reason, count in sorted(part.absences.items())]
        counts = (part.held, part.total, part.answered, part.calls)
        table.add_row(part.provider.declaration.name, *(f"{count:,}" for count in counts), ", ".join(reasons))
    console().print(table)
    for part in parts:
        if part.stopped:
            left = part.total - part.answered
            note(f"{wording.count(left, 'voice')} left at {part.provider.declaration.name}: {part.stopped.message}")
