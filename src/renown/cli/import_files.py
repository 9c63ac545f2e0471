"""`renown import`: published figures, declarations and vouches from CSV files."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from renown.cli import wording
from renown.cli.opening import run, settings_with
from renown.cli.options import DatabaseOption
from renown.cli.progress import progress
from renown.cli.terminal import note, say
from renown.errors import BadImport, Refusal

if TYPE_CHECKING:
    from renown.gateway import Gateway
    from renown.providers import Import

EXAMPLES = ("renown import figures.csv", "renown import figures.csv declarations.csv --keep-good --db scores.db")

_AT_ONCE = 5_000  # claims


def import_files(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE...",
            help="CSV files in UTF-8. Figures: handle, provider, metric, value, date, citation. "
            "Declarations: handle, field, value, date, reason. "
            "Vouches: voucher, handle, topic, date, source.",
        ),
    ],
    keep_good: Annotated[
        bool, typer.Option("--keep-good", help="Keep the good rows even where others are refused.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only check the files; keep nothing.")] = False,
    database: DatabaseOption = None,
) -> None:
    """Import figures, declarations, vouches. A refused row keeps everything out, unless the good rows are asked for."""

    async def keep(gateway: "Gateway") -> None:
        tables = await _known({file: _read(file, gateway) for file in files}, gateway)
        refused = [(file, refusal) for file, table in tables.items() for refusal in table.refusals]
        _report(refused, tables, keep_good=keep_good)
        if dry_run:
            say(f"{_counted(tables)} would come in. Nothing was kept: this was a dry run.")
            return
        for file, table in tables.items():
            await _keep(gateway, file.name, table)
        say(f"{_counted(tables)} came in.")

    run(settings_with(database), keep)


def _read(file: Path, gateway: "Gateway") -> "Import":
    from renown.providers import read_table

    content = csv_bytes(file)
    with progress(f"Reading {file.name}"):
        return read_table(content, file.name, gateway.registry, gateway.now())


def csv_bytes(file: Path) -> bytes:
    """What is in a file.

    Raises:
        BadImport: it cannot be read.
    """
    try:
        return file.read_bytes()
    except OSError as error:
        raise BadImport(f"{file} cannot be read: {error.strerror}.", "Give the path of a CSV file.") from None


async def _known(tables: "dict[Path, Import]", gateway: "Gateway") -> "dict[Path, Import]":
    """The tables without vouches of, or for, those who are neither in the directory nor come in with another file."""
    from renown.gateway.vouching import known_only

    return dict(zip(tables, await known_only(gateway.store, list(tables.values())), strict=True))


def _report(refused: list[tuple[Path, Refusal]], tables: "dict[Path, Import]", *, keep_good: bool) -> None:
    """Say which rows are refused; raise where that keeps everything out."""
    for file, refusal in refused:
        note(f"{file.name}: {refusal}")
    rows = len(refused) + sum(len(table.claims) for table in tables.values())
    if refused and not keep_good:
        raise BadImport(
            f"{wording.count(len(refused), 'row')} of {rows:,} refused; nothing was kept.",
            "Correct them, or keep the others with --keep-good.",
        )
    if refused:
        say(f"{rows - len(refused):,} of {wording.count(rows, 'row')} are good; the others are left out.")


async def _keep(gateway: "Gateway", name: str, table: "Import") -> None:
    by_key = {account.key: account for account in table.accounts}
    with progress(f"Keeping {name}", len(table.claims)) as advance:
        for start in range(0, len(table.claims), _AT_ONCE):
            claims = table.claims[start : start + _AT_ONCE]
            await gateway.keep(claims, [by_key[key] for key in dict.fromkeys(claim.subject for claim in claims)])
            advance(len(claims))


def _counted(tables: "dict[Path, Import]") -> str:
    claims = sum(len(table.claims) for table in tables.values())
    voices = {account.key for table in tables.values() for account in table.accounts}
    return f"{wording.count(claims, 'claim')} on {wording.count(len(voices), 'voice')}"
