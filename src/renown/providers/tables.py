"""Reading a CSV file that people made: every row becomes claims, or a refusal with its line.

What is wrong with the file as a whole raises `BadImport`. What is wrong with one row refuses that row; the others are
still read, and whoever asked decides whether they are wanted without it.
"""

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PureWindowsPath

from renown.claims import Account, Claim, Value, parse_time
from renown.claims.account import NETWORKS
from renown.errors import BadImport, BadRequest, Refusal, UnknownName
from renown.providers.wire import number


@dataclass(frozen=True, slots=True)
class Import:
    """What a file says: claims, the accounts they are about in the file's spelling, and the rows that were refused.

    `lines` says on which line each claim stands, by its id.
    """

    claims: tuple[Claim, ...]
    accounts: tuple[Account, ...]
    refusals: tuple[Refusal, ...]
    lines: Mapping[str, int] = field(default_factory=dict)


class Refused(Exception):
    """One row cannot be read: in which column, and why."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column = column
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its line (the header is line 1), the file it is in, its cells by column, without blank ends."""

    line: int
    filename: str
    cells: dict[str, str]

    def required(self, column: str) -> str:
        """A cell that must not be empty."""
        cell = self.cells.get(column, "")
        if not cell:
            raise Refused(column, "is empty")
        return cell

    def optional(self, column: str) -> str | None:
        """A cell, None where it is empty or the file has no such column."""
        return self.cells.get(column) or None

    def account(self, networks: Sequence[str] = NETWORKS, column: str = "handle") -> Account:
        """Whom a column of the row names, on `network` (by default the first known)."""
        network = (self.optional("network") or networks[0]).lower()
        if network not in networks:
            raise Refused("network", str(UnknownName("network", network, networks)))
        account = Account(network, self.required(column).removeprefix("@"))
        try:
            _ = account.key
        except BadRequest as trouble:
            raise Refused(column, str(trouble)) from None
        return account

    def moment(self, now: datetime) -> datetime:
        """The `date`: a day or a moment, not in the future."""
        cell = self.required("date")
        try:
            moment = parse_time(cell)
        except (ValueError, OverflowError):
            raise Refused("date", f"{cell!r} is not a date; write it as 2012-08-31") from None
        if moment > now:
            raise Refused("date", f"{cell} is in the future")
        return moment

    def number(self, column: str) -> int | float:
        """A finite number, written plainly."""
        cell = self.required(column)
        value = number(cell)
        if value is None:
            raise Refused(column, f"{cell[:40]!r} is not a number; write it as 44 or 44.5")
        return value

    def source(self, column: str) -> str:
        """What the row gives as its source, and where the row stands."""
        return f"{self.required(column)} ({self.filename}, row {self.line})"


@dataclass(frozen=True, slots=True)
class Table:
    """A file that could be read as CSV: its column names in lower case, and its rows."""

    filename: str
    columns: tuple[str, ...]
    rows: tuple[tuple[int, list[str]], ...]

    def require(self, expected: Sequence[str]) -> None:
        """See that every expected column is there.

        Raises:
            BadImport: one is missing.
        """
        missing = [column for column in expected if column not in self.columns]
        if missing:
            raise BadImport(
                f"{self.filename} has no column {' and no column '.join(map(repr, missing))}.",
                f"Its first line must name these columns: {', '.join(expected)}.",
            )

    def read(self, claim_of: Callable[[Row], tuple[Account, Claim]]) -> Import:
        """The claim each row makes. A row that repeats an earlier one is left out; one that contradicts it, refused."""
        claims: list[Claim] = []
        lines: dict[str, int] = {}
        accounts: dict[str, Account] = {}
        refusals: list[Refusal] = []
        seen: dict[tuple[object, ...], tuple[Value, int]] = {}
        for line, cells in self.rows:
            try:
                account, claim = claim_of(self._row(line, cells))
                if _is_news(claim, line, seen):
                    claims.append(claim)
                    lines[claim.id] = line
                    accounts.setdefault(account.key, account)
            except Refused as trouble:
                refusals.append(Refusal(line, trouble.column, trouble.reason))
        return Import(tuple(claims), tuple(accounts.values()), tuple(refusals), lines)

    def _row(self, line: int, cells: list[str]) -> Row:
        if len(cells) > len(self.columns):
            reason = f"has {len(cells)} cells for {len(self.columns)} columns; put a text that holds a comma in quotes"
            raise Refused("", reason)
        return Row(line, self.filename, dict(zip(self.columns, (cell.strip() for cell in cells), strict=False)))


def open_table(content: bytes, filename: str) -> Table:
    """A CSV file in UTF-8 (with or without a byte order mark), its first line naming the columns.

    Raises:
        BadImport: it is empty, not UTF-8, not CSV, or names a column twice.
    """
    name = PureWindowsPath(filename).name  # takes both kinds of slash: no folder of anybody's gets into a source
    lines = _lines(_decoded(content, name), name)
    first = next(lines, None)
    if first is None:
        raise BadImport(f"{name} is empty.", "Its first line must name the columns.")
    columns = tuple(column.strip().casefold() for column in first[1])
    twice = sorted({column for column in columns if column and columns.count(column) > 1})
    if twice:
        raise BadImport(f"{name} names the column {twice[0]!r} twice.", "Keep one of them.")
    return Table(name, columns, tuple(lines))


def _decoded(content: bytes, name: str) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as trouble:
        raise BadImport(
            f"{name} is not UTF-8: the byte at offset {trouble.start} cannot be read.", "Save it as UTF-8."
        ) from None
    if "\0" in text:
        raise BadImport(f"{name} holds a NUL character; it is not a CSV file.", "Save it as CSV in UTF-8.")
    return text


def _lines(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Each row that is not blank, with the line it begins on."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    begins = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield begins, cells
            begins = reader.line_num + 1
    except csv.Error as trouble:
        raise BadImport(
            f"{name} cannot be read as CSV from line {begins} on: {trouble}.", "Check the quotes."
        ) from None


def _is_news(claim: Claim, line: int, seen: dict[tuple[object, ...], tuple[Value, int]]) -> bool:
    what = (claim.subject, claim.field, claim.provenance.provider, claim.provenance.observed_at)
    value, first = seen.setdefault(what, (claim.value, line))
    if value != claim.value:
        raise Refused("value", f"contradicts line {first}, which gives {value!r} for the same field and date")
    return first == line
