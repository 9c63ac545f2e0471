"""A file of accounts with what the engine adds to each row, as a table, JSON or CSV; rows stay in their order.

What is not known is an empty cell in CSV and null in JSON.
"""

import csv
import math
import sys
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from renown.cli import wording
from renown.cli.claims_json import print_json
from renown.cli.options import Format
from renown.cli.terminal import console, note, printable, say

if TYPE_CHECKING:
    from renown.engine.csv_tables import CsvTable
    from renown.engine.interactions import Floats

_SHOWN, _WIDEST = 50, 9
# Nine digits, so that two accounts are only tied where they are.
_DIGITS = 9


def print_with(read: "CsvTable", added: Mapping[str, "Floats"], fitted_on: str, output: Format) -> None:
    """All rows as CSV or JSON; the first 50 as a table, with the file's first columns.

    What could not be read of the file is said on stderr.
    """
    _tell(read)
    if output is Format.CSV:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow([*read.header, *added])
        for row, figures in _rows(read, added):
            writer.writerow([*row, *("" if figure is None else figure for figure in figures)])
    elif output is Format.JSON:
        names = [*read.header, *added]
        accounts = [dict(zip(names, [*row, *figures], strict=True)) for row, figures in _rows(read, added)]
        print_json({"fittedOn": fitted_on, "accounts": accounts})
    else:
        _print_table(read, added, fitted_on)


def _rows(read: "CsvTable", added: Mapping[str, "Floats"]) -> Iterator[tuple[list[str], list[float | None]]]:
    columns = [
        [None if math.isnan(each) else round(each, _DIGITS) for each in adds.tolist()] for adds in added.values()
    ]
    for row, *figures in zip(read.rows, *columns, strict=True):
        yield row, figures


def _tell(read: "CsvTable") -> None:
    for refusal in read.refusals:
        note(f"{read.name}: {refusal}")
    more = read.refused - len(read.refusals)
    if more:
        note(f"{read.name}: {wording.count(more, 'cell')} more could not be read and count as missing.")


def _print_table(read: "CsvTable", added: Mapping[str, "Floats"], fitted_on: str) -> None:
    from rich.table import Table

    table = Table(*map(printable, read.header[:_WIDEST]), *added, box=None)
    for place, (row, figures) in enumerate(_rows(read, added)):
        if place == _SHOWN:
            break
        written = ("" if figure is None else f"{figure:.3g}" if figure < 1 else f"{figure:.1f}" for figure in figures)
        table.add_row(*map(printable, row[:_WIDEST]), *written)
    console().print(table)
    if len(read.rows) > _SHOWN or len(read.header) > _WIDEST:
        say(f"The first {_SHOWN} rows and {_WIDEST} columns of the file are shown; --format csv has all.")
    say(f"Fitted on: {fitted_on}")
