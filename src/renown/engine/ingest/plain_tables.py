"""Many lines at once, where each of them is plain: not empty, one record, as many cells as there are columns."""

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from renown.engine.ingest.rows import ACT

if TYPE_CHECKING:
    from pyarrow import Table


def plain_table(block: bytes, first: int, delimiter: str, names: Sequence[str]) -> "Table | None":
    """The acts in some lines, the first of which has this number; None where they are to be read one by one."""
    import pyarrow as pa
    from pyarrow import csv

    lines = block.count(b"\n")
    if len(set(names)) < len(names) or block.count(b"\r") not in {0, lines}:
        return None
    texts = csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False)
    plain = csv.ParseOptions(delimiter=delimiter, quote_char='"' if delimiter == "," else False)
    # Whole, so that no row is looked for across parts, and in one thread: there are others for what comes behind.
    whole = csv.ReadOptions(column_names=list(names), block_size=len(block) + 1, use_threads=False)
    try:
        read = csv.read_csv(BytesIO(block), whole, plain, texts)
    except pa.ArrowInvalid:
        return None
    if len(read) != lines:
        return None
    nothing = pa.nulls(len(read), pa.string())
    numbers = pa.array(range(first, first + lines), pa.int64())
    return pa.table({"line": numbers} | {name: read[name] if name in names else nothing for name in ACT[1:]})
