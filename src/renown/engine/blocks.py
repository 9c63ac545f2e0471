"""Long columns piece by piece: what is computed on the way then stays small, and memory is not asked for anew."""

from collections.abc import Iterator

_ROWS = 1 << 20


def blocks(rows: int) -> Iterator[slice]:
    """Slices of at most a million rows that follow each other."""
    for first in range(0, rows, _ROWS):
        yield slice(first, min(rows, first + _ROWS))
