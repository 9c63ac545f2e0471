"""Tables of DuckDB and of Spark: kept while they are asked several things, and fetched as columns."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from renown.engine.interactions import Ints
from renown.engine.relations import Table

Columns = dict[str, NDArray[Any]]
_ROWS_AT_ONCE = 1_000_000


@contextmanager
def kept(table: Table) -> Iterator[Table]:
    """The table, computed once, until the end of the block."""
    backend: Any = table.get_backend()
    if backend.name != "duckdb":
        held = table.cache()
        try:
            yield held
        finally:
            held.release()
        return
    name = f"renown_{uuid4().hex}"
    try:
        yield backend.create_table(name, table, temp=True)
    finally:
        # Not drop_table: what Ibis 12 writes with sqlglot 30 lacks the name.
        backend.raw_sql(f'DROP TABLE IF EXISTS "{name}"')


def one_row(table: Table) -> dict[str, Any]:
    """The only row of a table."""
    (row,) = as_arrow(table).to_pylist()
    return row


def as_arrow(table: Table) -> pa.Table:
    """All rows of a table. Not by Ibis' own way, which takes half a second to import pandas."""
    return _reader(table).read_all()


def fetched(table: Table) -> Columns:
    """All rows of a table, by column; null becomes NaN, and whole numbers that fit take four bytes."""
    reader = _reader(table)
    pieces = [[_narrow(column) for column in batch.columns] for batch in reader]
    columns: Columns = {}
    for field in reversed(reader.schema):
        # One column after the other, so that never more than one is there twice.
        column = [piece.pop() for piece in pieces]
        columns[field.name] = np.concatenate(column) if column else np.empty(0, field.type.to_pandas_dtype())
    return columns


def _narrow(column: pa.Array) -> NDArray[Any]:
    """A copy, in four bytes a number if it needs no more: what it came in can be let go of."""
    if pa.types.is_decimal(column.type):  # the sum of whole numbers in DuckDB
        column = column.cast(pa.int64())
    found, fits = column.to_numpy(zero_copy_only=False), np.iinfo(np.int32)
    if found.dtype == np.int64 and len(found) and fits.min <= found.min() and found.max() <= fits.max:
        return found.astype(np.int32)
    return found.copy()


def _reader(table: Table) -> Any:
    backend: Any = table.get_backend()
    if backend.name == "duckdb":
        # Not to_pyarrow_batches: Ibis 12 asks DuckDB 2 for them by a name of DuckDB 1.
        return backend.con.sql(backend.compile(table)).to_arrow_reader(_ROWS_AT_ONCE)
    return backend.to_pyarrow_batches(table)


def spread(numbers: Ints, values: NDArray[Any], length: int, otherwise: float = 0) -> NDArray[Any]:
    """A column [length] that has each value at its number, and `otherwise` where there is none."""
    column = np.full(length, otherwise, values.dtype)
    column[numbers] = values
    return column
