"""Place: rank first, on unrounded values; round once, after."""

from dataclasses import dataclass

import numpy as np

from renown.scoring.arrays import Flags, Floats, Ints

UNIT = 1e6

# Finer than anything shown, coarser than the noise of floating point. The grid is shifted by an arbitrary fraction:
# sums of simple fractions would otherwise lie right on its edges, where noise decides the side.
_GRID = 1e9
_SHIFT = 0.38196601125

# Up to here a whole number fits its 64 bits with room to spare.
_LARGEST = 2.0**62


@dataclass(frozen=True, slots=True)
class Ranking:
    """Rows from first to last, the place [k] of each, counted "1224", and whether [k] it shares it."""

    rows: Ints
    places: Ints
    shared: Flags


def rank(values: Floats, order: Ints | None = None, limit: int | None = None) -> Ranking:
    """Rank the values [n], the highest first; NaN is unranked and left out.

    Inside a shared place rows stand by `order` [n] (lowest first; the row's number where not given). With `limit`,
    of at least 1, only so many are given, and the rest is not sorted; places and `shared` are those among all.
    """
    keys = place_keys(values)
    rows = np.flatnonzero(~np.isnan(keys))
    if limit is not None and limit < rows.size:
        last = rows.size - limit
        rows = rows[keys[rows] >= np.partition(keys[rows], last)[last]]
    if order is not None:
        rows = rows[np.argsort(order[rows], kind="stable")]
    at, downward = _in_order(-keys[rows])
    is_next = np.ones(rows.size, np.bool_)
    np.not_equal(downward[1:], downward[:-1], out=is_next[1:])
    begins = np.flatnonzero(is_next)
    if begins.size == rows.size:
        return Ranking(rows[at][:limit], begins[:limit] + 1, ~is_next[:limit])
    lengths = np.diff(begins, append=rows.size)
    above, shared = np.repeat(begins, lengths), np.repeat(lengths > 1, lengths)
    return Ranking(rows[at][:limit], above[:limit] + 1, shared[:limit])


def _in_order(keys: Floats) -> tuple[Ints, Floats]:
    """Whole keys [n] in rising order, each with where it stood; of equal ones the one that stood first goes first."""
    bits = keys.size.bit_length()
    if np.abs(keys).max(initial=0.0) * 2.0**bits >= _LARGEST:
        at = np.argsort(keys, kind="stable")
        return at, keys[at]
    # Key and position in one number: sorting numbers is a tenth of the work of sorting what they stand for.
    packed = (keys.astype(np.int64) << bits) + np.arange(keys.size)
    packed.sort()
    return packed & ((1 << bits) - 1), (packed >> bits).astype(np.float64)


def places_of(values: Floats, rows: Ints) -> Ints:
    """The places [k] of some ranked rows among all values [n]."""
    keys = place_keys(values)
    upward = np.sort(keys[~np.isnan(keys)])
    return upward.size - np.searchsorted(upward, keys[rows], side="right") + 1


def place_keys(values: Floats) -> Floats:
    """What places are compared by: values that are equal but for floating-point noise have the same key."""
    return np.floor(values * _GRID + _SHIFT)


def rounded(values: Floats) -> Floats:
    """The values as they are shown: to 1e-6."""
    return np.rint(values * UNIT) / UNIT
