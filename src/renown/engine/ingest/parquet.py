"""A Parquet file with the columns of the CSV, read by DuckDB some rows at a time."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from renown.engine.ingest.delimited import NEEDED
from renown.engine.ingest.keeping import Chunk
from renown.engine.ingest.rows import Rows
from renown.errors import BadImport

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_AT_ONCE = 500_000
# What a column becomes as text: moments in seconds, numbers without a fraction.
_AS_TEXT = (
    (("TIMESTAMP", "DATE"), 'CAST(CAST(floor(epoch("{}")) AS BIGINT) AS VARCHAR)'),
    (("DOUBLE", "FLOAT", "DECIMAL"), 'CAST(TRY_CAST("{}" AS BIGINT) AS VARCHAR)'),
    (("",), 'CAST("{}" AS VARCHAR)'),
)


def parquet_chunks(connection: "DuckDBPyConnection", path: Path, position: int) -> Iterator[tuple[float, Chunk]]:
    """The acts from a row on, in parts, each with what part of the file (0-1) lies before its end.

    Raises:
        BadImport: it cannot be read, or lacks a column.
    """
    import duckdb

    try:
        columns = _columns(connection, path)
        (rows,) = connection.execute("SELECT count(*) FROM read_parquet(?)", [str(path)]).fetchall()[0]
        for start in range(position, rows, _AT_ONCE) or [position]:
            end = min(start + _AT_ONCE, rows)
            part = connection.sql(
                f"""SELECT file_row_number + 1 AS line, {columns} FROM read_parquet(?, file_row_number = true)
                WHERE file_row_number >= ? AND file_row_number < ? ORDER BY line""",
                params=[str(path), start, end],
            )
            yield end / max(1, rows), Chunk(Rows(), end, end, end == rows, table=part.to_arrow_table())
    except duckdb.Error as error:
        said = str(error).partition("\n")[0]
        raise BadImport(f"{path.name} cannot be read: {said}", "Write it as Parquet anew.") from None


def _columns(connection: "DuckDBPyConnection", path: Path) -> str:
    described = connection.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(path)]).fetchall()
    kinds = {name.lower(): (name, kind) for name, kind, *_ in described}
    missing = [column for column in NEEDED if column not in kinds]
    if missing:
        raise BadImport(
            f"{path.name} has no column {' and no column '.join(missing)}.",
            "It needs actor, target, kind and at; post and text where they are known.",
        )
    return ", ".join(_as_text(column, *kinds.get(column, (None, ""))) for column in (*NEEDED, "post", "via", "text"))


def _as_text(column: str, name: str | None, kind: str) -> str:
    if name is None or column == "via":
        return f'CAST(NULL AS VARCHAR) AS "{column}"'
    written = next(written for kinds, written in _AS_TEXT if kind.startswith(kinds))
    return f'{written.format(name.replace(chr(34), chr(34) * 2))} AS "{column}"'
