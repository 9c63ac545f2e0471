"""The ranges of values over draws of the method."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from renown.scoring.arrays import Floats, Ints
from renown.scoring.choices import Combiner
from renown.scoring.drawn_values import ALL, AVERAGING, Grid, averaged, extremes, values_of
from renown.scoring.interval import Ends, ends

# How many drawn values stand in memory at once.
_AT_ONCE = 1 << 17


class Drawn(NamedTuple):
    """Draws with `weights` [d, p], and what is left of them in each row: `faded` [n, p], zero where nobody counts.

    `is_whole` says that nothing is faded in any row, whether asked for or not.
    """

    faded: Floats
    is_whole: bool
    weights: Floats


def value_ends(normalised: Floats, drawn: Sequence[Drawn], combiner: Combiner) -> Ends:
    """The ends [n] of each row's values over all draws, to seven digits of how far the row's scores are apart."""
    scores = np.where(drawn[0].faded > 0, averaged(normalised, combiner), np.nan)
    least, greatest = extremes(scores)
    apart = greatest - least
    # Where between its least and its greatest score a row's value lies hangs on this alone, and many rows share it.
    between = (scores - least[:, np.newaxis]) / np.where(apart > 0, apart, 1.0)[:, np.newaxis]
    kinds, kind = _kinds(np.hstack((between, *(each.faded for each in drawn))))
    mixing = Combiner.MEAN if combiner in AVERAGING else combiner
    low, high = _ends_between(between[kinds], [each._replace(faded=each.faded[kinds]) for each in drawn], mixing)
    found = Ends(least + apart * low[kind], least + apart * high[kind])
    return Ends(*map(np.exp, found)) if combiner is Combiner.GEOMETRIC else found


def _ends_between(between: Floats, drawn: Sequence[Drawn], combiner: Combiner) -> Ends:
    """The ends [n] of rows whose scores [n, p] lie between 0 and 1."""
    low, high = np.empty(len(between)), np.empty(len(between))
    values = []
    for faded, is_whole, weights in drawn:
        grid = Grid.of(between, combiner, is_whole=is_whole)
        values.append((values_of(between, faded, weights, grid), grid.unit))
    step = max(1, _AT_ONCE // sum(len(each.weights) for each in drawn))
    for start in range(0, len(between), step):
        some = slice(start, start + step)
        # In 32 bits they are sorted in half the time.
        parts = [(each.of_all(ALL, some) / unit).astype(np.float32) for each, unit in values]
        low[some], high[some] = ends(np.vstack(parts))
    return Ends(low, high)


def _kinds(table: Floats) -> tuple[Ints, Ints]:
    """The first row of each kind [m] in a table [n, c], NaN being like NaN; and the number of each row's kind [n]."""
    table = np.nan_to_num(table, nan=-1.0)
    order = np.lexsort(table.T)
    begins = np.ones(order.size, dtype=np.bool_)
    begins[1:] = (table[order[1:]] != table[order[:-1]]).any(axis=1)
    kind = np.empty(order.size, dtype=np.intp)
    kind[order] = np.cumsum(begins) - 1
    return order[begins], kind
