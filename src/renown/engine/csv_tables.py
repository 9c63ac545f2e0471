"""Reads figures from a CSV with a header and keeps everything else as it stands there.

A cell that cannot be read is told by its line and column and is missing from then on: never zero, and never a reason to
leave out its row. An empty cell is missing without a word.
"""

import csv
import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import numpy as np

from renown.engine.interactions import Floats
from renown.errors import BadImport, Refusal

_T = TypeVar("_T")
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_TOLD = 20


@dataclass(slots=True)
class CsvTable:
    """The rows of a file, each as wide as its header. `lines` are where they stand in it.

    Of the `refused` cells, and rows of another width than the header's, the first are told in `refusals`.
    """

    name: str
    header: list[str]
    rows: list[list[str]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    refused: int = 0
    refusals: list[Refusal] = field(default_factory=list)
    _crooked: set[int] = field(default_factory=set)

    def has(self, column: str) -> bool:
        """Whether the header names the column, however it is capitalised."""
        return column in self._columns

    def figures(self, column: str) -> Floats:
        """The column's numbers [rows], none of them negative; NaN where there is none."""
        read = self.read_as(column, non_negative)
        return np.array([math.nan if value is None else value for value in read], dtype=np.float64)

    def read_as(self, column: str, meaning: Callable[[str], _T]) -> list[_T | None]:
        """What each cell of a column means; None where it is empty, or where `meaning` raises ValueError."""
        at = self._columns.index(column)
        read: list[_T | None] = []
        for number, (line, row) in enumerate(zip(self.lines, self.rows, strict=True)):
            cell = "" if number in self._crooked else row[at].strip()
            try:
                read.append(meaning(cell) if cell else None)
            except ValueError as why:
                self._refuse(line, column, f"{cell[:40]!r} {why}; it is taken as missing.")
                read.append(None)
        return read

    def add(self, line: int, row: list[str]) -> None:
        """One more row. Where it is crooked nobody knows which cell is which: all its figures are missing."""
        width = len(self.header)
        if len(row) != width:
            self._crooked.add(len(self.rows))
            self._refuse(line, "", f"has {len(row)} cells where the header has {width}; all are taken as missing.")
        self.rows.append((row + [""] * width)[:width])
        self.lines.append(line)

    @property
    def _columns(self) -> list[str]:
        return [name.strip().lower() for name in self.header]

    def _refuse(self, line: int, column: str, reason: str) -> None:
        self.refused += 1
        if len(self.refusals) < _TOLD:
            self.refusals.append(Refusal(line, column, reason))


def non_negative(cell: str) -> float:
    """The number in a cell, as in `12000`, `0.25` or `1e6`.

    Raises:
        ValueError: it is none, is not finite, or is below zero.
    """
    value = float(cell) if _NUMBER.fullmatch(cell) else math.nan
    if not math.isfinite(value):
        raise ValueError("is no number")
    if value < 0:
        raise ValueError("is below zero")
    return value


def read_csv_table(path: Path, known: Iterable[str], adds: Iterable[str]) -> CsvTable:
    """All rows of a CSV that has at least one of the `known` columns.

    Raises:
        BadImport: it cannot be read, has no row or none of those columns, has one of them twice, or has a column
            named like one of those that are to be added.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.reader(lines)
            table = CsvTable(path.name, next(reader, []))
            _check_header(table, list(known), set(adds))
            for row in reader:
                if row:
                    table.add(reader.line_num, row)
    except OSError as error:
        raise BadImport(f"{path} cannot be read: {error.strerror}.", "Give the path of a CSV.") from None
    except UnicodeDecodeError:
        raise BadImport(f"{path.name} is no text in UTF-8.", "Save it as CSV in UTF-8.") from None
    except csv.Error as error:
        raise BadImport(f"{path.name} is no CSV: {error}.", "Save it as CSV.") from None
    if not table.rows:
        raise BadImport(f"{path.name} holds no row below its header.", "Give one row for each account.")
    return table


def _check_header(table: CsvTable, known: list[str], adds: set[str]) -> None:
    columns = [name.strip().lower() for name in table.header]
    if not set(columns) & set(known):
        raise BadImport(
            f"{table.name} has no column that is known here." if any(columns) else f"{table.name} is empty.",
            f"Its first line is to name one or more of {', '.join(known)}.",
        )
    twice = sorted({name for name in columns if name in known and columns.count(name) > 1})
    if twice:
        raise BadImport(f"{table.name} has the column {twice[0]} twice.", "Keep the one that is meant.")
    taken = sorted(set(columns) & adds)
    if taken:
        raise BadImport(f"{table.name} has a column {taken[0]} already.", "Rename it: what is computed is named so.")
