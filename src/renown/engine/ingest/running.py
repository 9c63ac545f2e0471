"""Reads files into the working file, some records at a time, from where an earlier reading of the same file stopped."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from renown.engine.ingest.content import Lines, digest_of, opened
from renown.engine.ingest.forms import Form, InBlocks, Reader, Told, content_of, form_of, reader_of
from renown.engine.ingest.keeping import Chunk, keep
from renown.engine.ingest.parquet import parquet_chunks
from renown.engine.ingest.rows import Rows, Unreadable
from renown.engine.ingest.source import Source, source_of
from renown.engine.working_file import WorkingFile

if TYPE_CHECKING:
    from pyarrow import Table

_AT_ONCE = 100_000
"""Rows in a transaction: few enough to lose by a kill, and enough that looking for repeated ones costs little."""

_AT_ONCE_BYTES = 32 << 20
_BETWEEN_LOOKS = 100
_NOTHING_TOLD = Told()


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a file is: what part of its bytes (0-1), and what was read of it so far."""

    part: float
    source: Source


def ingest(
    file: WorkingFile,
    path: Path,
    form: Form | None = None,
    told: Told = _NOTHING_TOLD,
    on_progress: Callable[[Progress], None] = lambda _: None,
) -> tuple[Source, Source]:
    """Read a file, or the rest of it where it was read in part; the source before and after.

    A line that cannot be read is noted and left out.

    Raises:
        BadImport: the file cannot be opened, is in no known form, or lacks what every line would need.
    """
    form = form or form_of(path)
    source = before = source_of(file, path.name, form.value, digest_of(path) + told.of(form))
    if before.finished:
        return before, before
    for part, chunk in _chunks(file, path, form, told, source):
        source = keep(file, chunk, told.network, source)
        on_progress(Progress(part, source))
    return before, source


def _chunks(file: WorkingFile, path: Path, form: Form, told: Told, source: Source) -> Iterator[tuple[float, Chunk]]:
    """The parts of a file, each with what part of the file (0-1) lies before its end."""
    if form is Form.PARQUET:
        yield from parquet_chunks(file.connection.cursor(), path, source.position)
        return
    reader, size = reader_of(form, path, told), max(1, path.stat().st_size)
    with opened(path) as (raw, content):
        lines = Lines(content_of(form, path.name, content), source.position, source.line)
        finished = False
        while not finished:
            table, rows = _block(lines, reader), Rows()
            if table is None:
                finished = _some(lines, reader, rows)
            yield raw.tell() / size, Chunk(rows, lines.position, lines.number, finished, table=table)


def _block(lines: Lines, reader: Reader) -> "Table | None":
    """The acts of many lines at once, where their form allows it."""
    if not isinstance(reader, InBlocks):
        return None
    first = lines.number + 1
    block = lines.block()
    if block is None:
        return None
    table = reader.take_block(block, first)
    if table is None:
        lines.give_back([line + b"\n" for line in block.split(b"\n")[:-1]])
    return table


def _some(lines: Lines, reader: Reader, rows: Rows) -> bool:
    """Read some lines into the rows; whether there are no more."""
    start = lines.position
    while len(rows) < _AT_ONCE and lines.position - start < _AT_ONCE_BYTES:
        for _ in range(_BETWEEN_LOOKS):
            try:
                if not reader.take(lines, rows):
                    return True
            except Unreadable as why:
                rows.refuse(lines.number, str(why), b"")
    return False
