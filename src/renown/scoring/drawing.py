"""Draw from the posterior: places and values as they may truly be, given what is known (POSTERIOR)."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from renown.scoring.arrays import Floats, Ints
from renown.scoring.consensus import Standing
from renown.scoring.interval import add_above, in_chunks
from renown.scoring.normal import share_below

# Two draws as far apart as this from their means meet less than once in 30,000.
_OUT_OF_REACH = 4.0


def drawn_standings(standing: Standing, ranked: Ints, rows: Ints, draws: int, seed: int) -> tuple[Ints, Floats]:
    """The places, among the ranked rows [m], and the values, 0-100, of some rows [k] in each draw: [draws, k] both.

    Voices of whom the very same is known are drawn as one, so that the order of the rows changes nothing.
    """
    mean, deviation = standing.mean, standing.deviation
    levels, of_row = np.unique(mean[ranked] + 1j * deviation[ranked], return_inverse=True)
    level_of = np.full(mean.size, -1)
    level_of[ranked] = of_row
    counts = np.bincount(of_row)
    mine = level_of[rows]
    low, high = levels.real - _OUT_OF_REACH * levels.imag, levels.real + _OUT_OF_REACH * levels.imag
    above, below = low > high[mine].max(initial=-np.inf), high < low[mine].min(initial=np.inf)
    near = np.flatnonzero(~(above | below))
    place = np.full((draws, rows.size), 1 + int(counts[above].sum()), dtype=np.intp)
    drawn = np.empty((draws, rows.size))
    # Twice over the same draws: what is asked for must stand before anybody can be above it.
    for some, keys in _keys(levels, near, draws, seed):
        asked = np.flatnonzero(np.isin(mine, some))
        drawn[:, asked] = keys[:, np.searchsorted(some, mine[asked])]
    for some, keys in _keys(levels, near, draws, seed):
        add_above(place, np.repeat(keys, counts[some], axis=1), drawn)
    return place, 100.0 * share_below(drawn)


def _keys(levels: NDArray[np.complex128], near: Ints, draws: int, seed: int) -> Iterator[tuple[Ints, Floats]]:
    """The drawn standings [draws, c] of the levels (mean + i deviation) near the asked ones, piece by piece."""
    generator = np.random.default_rng(seed)
    for some in in_chunks(near, draws):
        noise = generator.standard_normal((some.size, draws)).T
        yield some, levels.real[some] + levels.imag[some] * noise
