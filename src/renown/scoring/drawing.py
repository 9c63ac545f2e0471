"""Draw from the posterior: places and values as they may truly be, given what is known (POSTERIOR)."""

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from renown.scoring.above import Places, Tally, put_places
from renown.scoring.arrays import Floats, Ints
from renown.scoring.consensus import Standing
from renown.scoring.drawn_places import is_few
from renown.scoring.interval import Ends, ends
from renown.scoring.normal import share_below

# How many drawn values stand in memory at once, besides those asked for.
_AT_ONCE = 1 << 18

# Finer than any deviation, coarser than the noise of floating point; keys below 2^40 leave room for a row's number.
_GRID = 2.0**34

_LEAST_POOL, _MOST_POOL = 1 << 10, 1 << 20


def drawn_standings(standing: Standing, ranked: Ints, rows: Ints, draws: int, seed: int) -> tuple[Places, Ends]:
    """The places [draws, k], among the ranked rows [m], of some rows [k], none twice; and the ends of their values.

    Voices of whom the very same is known are drawn as one, so that the order of the rows changes nothing; nor does who
    else is asked for.
    """
    crowd = _Crowd.of(standing, ranked, draws, seed)
    asked = np.searchsorted(ranked, rows)
    low, high = (100.0 * share_below(each) for each in crowd.ends(asked))
    places = crowd.places_of_few(asked) if is_few(rows, ranked.size) else crowd.places_of_most(asked)
    return places, Ends(low, high)


@dataclass(frozen=True, slots=True)
class _Crowd:
    """Everybody ranked: `mean` and `deviation` [m] of each, and where in the `pool` of noise each one's draws begin.

    One pool serves all: a row's noise is a stretch of it. In any one draw no two rows that differ have the same piece
    of noise, so each draw is what drawing all rows afresh would give, in a tenth of the time.
    """

    mean: Floats
    deviation: Floats
    pool: Floats
    begins: Ints
    draws: int

    @classmethod
    def of(cls, standing: Standing, ranked: Ints, draws: int, seed: int) -> "_Crowd":
        mean, deviation = standing.mean[ranked], standing.deviation[ranked]
        levels, level = np.unique(mean + 1j * deviation, return_inverse=True)
        stride = draws | 1
        size = 1 << (min(max(levels.size * stride, _LEAST_POOL), max(levels.size, _MOST_POOL)) - 1).bit_length()
        pool = np.random.default_rng(seed).standard_normal(size)
        # An odd stride meets every beginning once before it meets one twice.
        begins = level * stride & (size - 1)
        return cls(mean, deviation, np.concatenate((pool, pool[:draws])), begins, draws)

    def drawn(self, rows: Ints, first: int, stop: int) -> Floats:
        """The standings [n, d] of some rows in the draws from `first` to `stop`."""
        noise = sliding_window_view(self.pool, stop - first)[self.begins[rows] + first]
        noise *= self.deviation[rows, np.newaxis]
        noise += self.mean[rows, np.newaxis]
        return noise

    def ends(self, rows: Ints) -> Ends:
        """The ends [k] of some rows' drawn standings."""
        low, high = np.empty(rows.size), np.empty(rows.size)
        step = max(1, _AT_ONCE // self.draws)
        for start in range(0, rows.size, step):
            some = slice(start, start + step)
            low[some], high[some] = ends(self.drawn(rows[some], 0, self.draws).T)
        return Ends(low, high)

    def places_of_most(self, rows: Ints) -> Places:
        """The places [draws, k] of some rows, by putting all in order."""
        others = np.setdiff1d(np.arange(self.mean.size), rows, assume_unique=True)
        every = np.concatenate((rows, others))
        places = np.empty((self.draws, rows.size), dtype=np.int32)
        step = max(1, _AT_ONCE // every.size)
        for first in range(0, self.draws, step):
            stop = min(first + step, self.draws)
            keys = np.floor(self.drawn(every, first, stop).T * _GRID, order="C")
            places[first:stop] = put_places(keys)[:, : rows.size]
        return places

    def places_of_few(self, rows: Ints) -> Places:
        """The same, by comparing them with those that can be above any of them."""
        mine = np.floor(self.drawn(rows, 0, self.draws).T * _GRID)
        floor = mine.min(axis=1) / _GRID
        low, high = float(self.pool.min()), float(self.pool.max())
        near = np.flatnonzero(self.mean + self.deviation * high > floor.min())
        always = self.mean[near] + self.deviation[near] * low > mine.max() / _GRID + 1.0
        tally, near, above = Tally(mine), near[~always], int(always.sum())
        step = max(1, _AT_ONCE // self.draws)
        for start in range(0, near.size, step):
            drawn = self.drawn(near[start : start + step], 0, self.draws).T
            draw, row = np.nonzero(drawn > floor[:, np.newaxis])
            tally.add(draw, np.floor(drawn[draw, row] * _GRID))
        return tally.count + (1 + above)
