"""Who stands above whom in each draw: the places of all, or how many are above a few.

The higher a value the better; equal ones share a place.
"""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from renown.scoring.arrays import Flags, Floats, Ints

Places = NDArray[np.int32]

# A row's number of so many bits leaves room for its value beside it in 32 bits, which are sorted in half the time.
_FEW_BITS = 13

_PAIR = 2

# How many keys are gathered before they are counted.
_AT_ONCE = 1 << 20


def put_places(values: Floats) -> Places:
    """The places [d, n] of the `values` [d, n] within their draws.

    The number of a cell of values and that of the row are packed into one whole number, so that one sort gives the
    order; who shares a cell is then put in order by value.
    """
    draws, rows = values.shape
    bits = (rows - 1).bit_length()
    kind, most = (np.int32, 31) if bits <= _FEW_BITS else (np.int64, 51)
    low, high = values.min(), values.max()
    # From the middle, so that the sign is made use of too.
    packed = (high + low) / 2 - values
    packed *= (2.0 ** (most - bits) - 1.0) * 2 / (high - low or 1.0)
    packed = packed.astype(kind)
    packed <<= bits
    packed |= np.arange(rows, dtype=kind)
    packed.sort(axis=1)
    places = np.empty((draws, rows), dtype=np.int32)
    steps = np.arange(1, rows + 1, dtype=np.int32)
    order = packed & ((1 << bits) - 1)
    for line, rows_in_order in zip(places, order, strict=True):
        # Line by line, as numbers of the size of an address are many bytes, and are taken up quicker.
        line[rows_in_order.astype(np.intp)] = steps
    packed >>= bits
    near = np.zeros((draws, rows), dtype=np.bool_)
    np.equal(packed[:, 1:], packed[:, :-1], out=near[:, 1:])
    _settle(places, values, order, near)
    return places


def _settle(places: Places, values: Floats, order: Ints, near: Flags) -> None:
    """Put right the `places` of rows that share a cell: `near` [d, n] marks them, but for the first, in their order."""
    followers = np.flatnonzero(near)
    if not followers.size:
        return
    firsts = followers[np.diff(followers, prepend=-2) > 1] - 1
    members = np.sort(np.concatenate((followers, firsts)))
    draw, step = np.divmod(members, values.shape[1])
    row, begins = order.ravel()[members], ~near.ravel()[members]
    value = values[draw, row]
    best_first = _within_runs(value, begins)
    row, value = row[best_first], value[best_first]
    leads = begins.copy()
    leads[1:] |= value[1:] != value[:-1]
    places[draw, row] = (step[leads] + 1)[np.cumsum(leads) - 1]


def _within_runs(values: Floats, begins: Flags) -> Ints:
    """The order [m] of these values [m] that has the best first in each run; `begins` [m] says where one does."""
    order = np.arange(values.size)
    first = np.flatnonzero(begins)
    length = np.diff(first, append=values.size)
    # Most runs are of two.
    pairs = first[length == 2]
    turned = pairs[values[pairs] < values[pairs + 1]]
    order[turned], order[turned + 1] = turned + 1, turned
    # Where all are equal, as the very same scores are, nothing is to be put in order.
    differs = np.minimum.reduceat(values, first) < np.maximum.reduceat(values, first)
    longer = np.flatnonzero(np.repeat((length > _PAIR) & differs, length))
    order[longer] = longer[np.lexsort((-values[longer], np.cumsum(begins)[longer]))]
    return order


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
