"""The places of rows in draws of the method, among all rows: of most of them, or of a few among very many."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from renown.scoring.above import Places, Tally, put_places
from renown.scoring.arrays import Floats, Ints
from renown.scoring.choices import Combiner
from renown.scoring.drawn_values import Grid, extremes, values_of
from renown.scoring.sampling import Sample

# How many drawn values stand in memory at once, besides those asked for.
_AT_ONCE = 1 << 17

# Wider than the noise of any weighted mean, so that no row is set aside by mistake.
_MARGIN = 1e-6

# Where more rows are asked for than one in so many, all are put in order; else those asked for are compared with all.
_FEW = 4


class Among(NamedTuple):
    """The asked `rows` [k], none twice, and all rows n they are placed among, all of them ranked.

    `normalised` [n, p] are the scores, `faded` [n, p] what is left of each weight, zero where nobody counts;
    `is_whole` says that nothing is faded.
    """

    normalised: Floats
    faded: Floats
    rows: Ints
    is_whole: bool

    def grid(self, combiner: Combiner) -> Grid:
        """The grid of all their values."""
        return Grid.of(self.normalised, combiner, is_whole=self.is_whole)


def drawn_places(sample: Sample, among: Callable[[int], Among], combiner: Combiner = Combiner.MEAN) -> Places:
    """The places [draws, k] of the asked rows; `among` gives what they are placed among by the number of a choice.

    Memory: n x p, and draws x k.
    """
    places = np.empty((sample.choice.size, 0), dtype=np.int32)
    for number in np.unique(sample.choice).tolist():
        draws = np.flatnonzero(sample.choice == number)
        asked = among(number)
        if not places.size:
            places = np.empty((sample.choice.size, asked.rows.size), dtype=np.int32)
        put_in_place = _put_few if is_few(asked.rows, len(asked.faded)) else _put_most
        put_in_place(places, draws, asked, sample.weights[draws], combiner)
    return places


def is_few(rows: Ints, among: int) -> bool:
    """Whether so few rows are better compared with those near them than placed by putting everybody in order."""
    return rows.size * _FEW <= among


def _put_most(places: Places, draws: Ints, asked: Among, weights: Floats, combiner: Combiner) -> None:
    """Write the places of these draws by putting all rows in order."""
    normalised, faded, rows, _ = asked
    is_other = np.ones(len(faded), dtype=np.bool_)
    is_other[rows] = False
    order = np.concatenate((rows, np.flatnonzero(is_other)))
    values = values_of(normalised[order], faded[order], weights, asked.grid(combiner))
    step = max(1, _AT_ONCE // order.size)
    for start in range(0, draws.size, step):
        some = slice(start, start + step)
        places[draws[some]] = put_places(values.of_all(some))[:, : rows.size]


def _put_few(places: Places, draws: Ints, asked: Among, weights: Floats, combiner: Combiner) -> None:
    """Write the places of these draws by comparing the asked rows with those that can be above one of them."""
    normalised, faded, rows, _ = asked
    least, greatest = extremes(normalised)
    grid = asked.grid(combiner)
    mine = values_of(normalised[rows], faded[rows], weights, grid).of_all()
    floor = mine.min(axis=1)
    always = least > grid.points(mine.max()) + _MARGIN
    near = np.flatnonzero((greatest > grid.points(floor.min()) - _MARGIN) & ~always)
    values, tally = values_of(normalised[near], faded[near], weights, grid), Tally(mine)
    step = max(1, _AT_ONCE // draws.size)
    for start in range(0, near.size, step):
        drawn = values.of_all(rows=slice(start, start + step))
        draw, row = np.nonzero(drawn > floor[:, np.newaxis])
        tally.add(draw, drawn[draw, row])
    places[draws] = tally.count + (1 + np.count_nonzero(always))
