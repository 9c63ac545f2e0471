"""Who stands above whom in each draw: the places of all, or how many are above a few.

Keys are whole numbers held as floats, the higher the better; equal keys share a place.
"""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from renown.scoring.arrays import Floats, Ints

Places = NDArray[np.int32]

# Up to here a float holds every whole number.
_EXACT = 2.0**53

# How many keys are gathered before they are counted.
_AT_ONCE = 1 << 20


def put_places(keys: Floats, columns: Floats) -> Places:
    """The places [d, n] of the `keys` [d, n] within their draws, that of column i at `columns[i]`; the keys are lost.

    `columns` are the numbers below n, each once. A key and its column are packed into one number, so that one sort
    gives the order.
    """
    draws, rows = keys.shape
    bits = rows.bit_length()
    if np.abs(keys).max(initial=0.0) * 2.0**bits >= _EXACT:
        for line in keys:
            line[:] = np.unique(line, return_inverse=True)[1]
    keys *= -(2.0**bits)
    keys += columns
    keys.sort(axis=1)
    packed = keys.astype(np.int64)
    order = packed & ((1 << bits) - 1)
    packed >>= bits
    places = np.empty((draws, rows), dtype=np.int32)
    steps = np.arange(1, rows + 1, dtype=np.int32)
    for line, columns_in_order in zip(places, order, strict=True):
        line[columns_in_order] = steps
    draw, at = np.nonzero(packed[:, 1:] == packed[:, :-1])
    places[draw, order[draw, at + 1]] = _first_of_run(draw * rows + at) % rows + 1
    return places


def _first_of_run(numbers: Ints) -> Ints:
    """For each of these rising numbers the first of the run of neighbours that it is in."""
    begins = np.diff(numbers, prepend=-2) > 1
    return numbers[begins][np.cumsum(begins) - 1]


class Tally:
    """Counts how many keys are above each of a few asked ones [d, k] in the same draw."""

    def __init__(self, asked: Floats) -> None:
        self._asked = asked
        self._count: Places = np.zeros(asked.shape, dtype=np.int32)
        self._added: list[tuple[Ints, Floats]] = []
        self._size = 0

    def add(self, draws: Ints, keys: Floats) -> None:
        """Count these keys [m], each of the draw of its number in `draws` [m]."""
        self._added.append((draws, keys))
        self._size += keys.size
        if self._size > _AT_ONCE:
            self._count_added()

    @property
    def count(self) -> Places:
        """How many of all keys there were are above the asked ones [d, k]."""
        self._count_added()
        return self._count

    def _count_added(self) -> None:
        if not self._size:
            return
        draws, keys = (np.concatenate(each) for each in zip(*self._added, strict=True))
        self._added, self._size = [], 0
        order = np.argsort(draws.astype(np.uint16), kind="stable")
        keys, edges = keys[order], np.searchsorted(draws[order], np.arange(len(self._asked) + 1)).tolist()
        for draw, (start, stop) in enumerate(pairwise(edges)):
            line = keys[start:stop]
            line.sort()
            above = line.size - np.searchsorted(line, self._asked[draw], side="right")
            self._count[draw] += above.astype(np.int32)
