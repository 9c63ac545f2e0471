"""Two plain forms, a line an act: a CSV with a header, and the lines of the Higgs log.

    actor,target,kind,at,post,text        a header that names at least the first four, in any order
    376989 50329 1341101181 RT            actor target at kind, separated by blanks; behind them a post, if known

The latter is the form of SNAP's higgs-activity_time.
"""

import csv
from typing import TYPE_CHECKING

from renown.engine.ingest.content import Lines
from renown.engine.ingest.plain_tables import plain_table
from renown.engine.ingest.rows import Act, Rows
from renown.errors import BadImport

if TYPE_CHECKING:
    from pyarrow import Table

NEEDED = ("actor", "target", "kind", "at")
"""The columns that a table of acts has to have."""

_KNOWN = (*NEEDED, "post", "text")
_MOST_LINES = 100


class CsvActs:
    """A CSV in UTF-8. A record may go on over several lines within quotes; an open quote takes no others with it."""

    def __init__(self, name: str, header: bytes) -> None:
        columns = [column.strip().lower() for column in _cells([_text(header)])]
        missing = [column for column in NEEDED if column not in columns]
        if missing:
            raise BadImport(
                f"{name} has no column {' and no column '.join(missing)}.",
                "Its first line is to name actor, target, kind and at, and post and text where they are known.",
            )
        self._names = columns
        self._order = [columns.index(column) if column in columns else None for column in _KNOWN]

    def take_block(self, block: bytes, first: int) -> "Table | None":
        """The acts of many lines, the first of which has this number; None where not each line is plain."""
        if first == 1:  # the header
            return plain_table(block.partition(b"\n")[2], 2, ",", self._names)
        return plain_table(block, first, ",", self._names)

    def take(self, lines: Lines, rows: Rows) -> bool:
        """Read one record; False behind the last."""
        line = lines.next()
        if line is None:
            return False
        if lines.number == 1:  # the header
            return True
        first, text = lines.number, _text(line)
        if '"' not in text:
            if text.strip():
                self._act(first, text.rstrip("\r\n").split(","), line, rows)
            return True
        gathered, quotes = [line], text.count('"')
        while quotes % 2 and len(gathered) < _MOST_LINES and (line := lines.next()) is not None:
            gathered.append(line)
            quotes += line.count(b'"')
        if not self._act(first, _cells([_text(each) for each in gathered]), gathered[0], rows):
            lines.give_back(gathered[1:])
        return True

    def _act(self, line: int, cells: list[str], said: bytes, rows: Rows) -> bool:
        if len(cells) != len(self._names):
            rows.refuse(line, f"has {len(cells)} cells where the header has {len(self._names)}", said)
            return False
        actor, target, kind, at, post, text = (None if at is None else cells[at] for at in self._order)
        rows.acts.append(Act(line, actor, target, kind, at, post, None, text))
        return True


class HiggsActs:
    """Four fields a line, or five with the post."""

    def take_block(self, block: bytes, first: int) -> "Table | None":
        """The acts of many lines, the first of which has this number; None where not each line is plain."""
        return plain_table(block, first, " ", ["actor", "target", "at", "kind"])

    def take(self, lines: Lines, rows: Rows) -> bool:
        """Read one line; False behind the last."""
        line = lines.next()
        if line is None:
            return False
        fields = _text(line).split()
        if len(fields) in {4, 5}:
            actor, target, at, kind, *post = fields
            rows.acts.append(Act(lines.number, actor, target, kind, at, *post))
        elif fields:
            rows.refuse(lines.number, f"has {len(fields)} fields and not actor, target, at, kind", line)
        return True


def _text(line: bytes) -> str:
    return line.decode("utf-8", "backslashreplace").removeprefix("\ufeff")


def _cells(lines: list[str]) -> list[str]:
    """The cells of one record; none where its quotes are amiss."""
    try:
        return next(csv.reader(lines, strict=True), [])
    except csv.Error:
        return []
