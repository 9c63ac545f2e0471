"""`renown doctor`: whether this machine, its settings, its servers and its providers are well."""

from typing import Annotated

import typer

from renown.cli.claims_json import print_json
from renown.cli.health import Check, Health, checks
from renown.cli.options import DatabaseOption, Format
from renown.cli.terminal import console, printable
from renown.errors import BadRequest

EXAMPLES = ("renown doctor", "renown doctor --db scores.db --format json")

_STYLES = {Health.WELL: "green", Health.IDLE: "yellow", Health.BROKEN: "bold red"}


def doctor(
    output: Annotated[Format, typer.Option("--format", help="A table to read, or JSON.")] = Format.TABLE,
    database: DatabaseOption = None,
) -> None:
    """Check Python, settings, store, cache and providers. Exits with 1 if something is broken."""
    if output is Format.CSV:
        raise BadRequest("The doctor writes no CSV.", "Use --format table or json.")
    found = list(checks(database))
    if output is Format.JSON:
        print_json([{"check": each.what, "health": each.health.value, "detail": each.detail} for each in found])
    else:
        _print(found)
    if any(each.health is Health.BROKEN for each in found):
        raise typer.Exit(1)


def _print(found: list[Check]) -> None:
    from rich.table import Table

    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for each in found:
        table.add_row(each.health.value, printable(each.what), printable(each.detail), style=_STYLES[each.health])
    console().print(table)
