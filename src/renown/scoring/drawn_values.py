"""The values of rows in draws of the method: other weights, somebody left out.

Means are sums of whole numbers, which floats add up without rounding. So a product of matrices gives the same bytes in
whatever order it adds, on every machine and whatever rows stand beside one; and what is equal is equal to the bit.
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from renown.scoring.arrays import Floats
from renown.scoring.choices import Combiner
from renown.scoring.combine import COMBINERS, FLOOR

ALL = slice(None)

AVERAGING = frozenset({Combiner.MEAN, Combiner.BORDA, Combiner.RRF, Combiner.GEOMETRIC})
"""Those whose value is a mean of the scores, or of their logarithms."""

# A float holds whole numbers of 53 bits. They are shared out so that no sum of weight x fading x score has more.
_SCORE_BITS, _WEIGHT_BITS = 29, 23
_FADED_SCORE_BITS, _FADED_WEIGHT_BITS, _FADING_BITS = 24, 17, 11

# What is nearer to nought in any unit is nought.
_LEAST = 1e-200

# What a provider that is left out still has to say where nobody else says anything.
_NEXT_TO_NOTHING = 1e-300


@dataclass(frozen=True, slots=True)
class Grid:
    """What drawn values are told apart by: their combiner, whether nothing is faded, and `unit` whole steps a point.

    A mean takes scores to a 2^29th of the next power of two above the greatest of all, and weights to a 2^23rd of their
    sum; where anything is faded, to a 2^24th and a 2^17th, and what is left of a weight to a 2^11th.
    """

    combiner: Combiner
    is_whole: bool
    unit: float

    @classmethod
    def of(cls, normalised: Floats, combiner: Combiner, *, is_whole: bool) -> "Grid":
        """The grid for these scores [n, p], NaN for missing: it has to be that of everybody, whoever is looked at."""
        ends = (np.fmin.reduce(normalised, axis=None), np.fmax.reduce(normalised, axis=None))
        most = np.abs(averaged(np.array(ends), combiner)).max()
        bits = _SCORE_BITS if is_whole else _FADED_SCORE_BITS
        return cls(combiner, is_whole, 2.0 ** int(bits - np.frexp(max(most, _LEAST))[1]))

    def points(self, value: float) -> float:
        """A drawn value in the unit of the scores."""
        mean = value / self.unit
        return float(np.exp(mean)) if self.combiner is Combiner.GEOMETRIC else mean


class Values(Protocol):
    """The values of rows n in draws d, in steps of their grid, the higher the better."""

    def of_all(self, draws: slice = ALL, rows: slice = ALL) -> Floats:
        """The values [d, n] of these rows in these draws."""
        ...


def values_of(normalised: Floats, faded: Floats, weights: Floats, grid: Grid) -> Values:
    """The values of every row in draws with these weights [d, p], adding up to 1, from its normalised scores [n, p].

    `faded` [n, p] is what is left of each weight, zero where nobody counts. The weight of a provider left out is zero;
    a row that it alone knows keeps its value.
    """
    kind = _Means if grid.combiner in AVERAGING else _Others
    return kind.of(normalised, faded, weights, grid)


@dataclass(frozen=True, slots=True)
class _Means:
    """Of each row `says` [n, p + 1], what is left of each weight, and `sums` [n, p + 1], that by its score.

    A row with one provider has it in the last column, whose weight [d, p + 1] no draw changes: it keeps its value.
    """

    sums: Floats
    says: Floats
    weights: Floats

    @classmethod
    def of(cls, normalised: Floats, faded: Floats, weights: Floats, grid: Grid) -> "_Means":
        counts = faded > 0
        scores = np.where(counts, np.rint(averaged(normalised, grid.combiner) * grid.unit), 0.0)
        says = faded if grid.is_whole else np.where(counts, np.maximum(np.rint(faded * 2.0**_FADING_BITS), 1.0), 0.0)
        alone = counts.sum(axis=1, keepdims=True) == 1
        says = np.hstack((np.where(alone, 0.0, says), alone))
        sums = np.hstack((scores, scores.sum(axis=1, keepdims=True))) * says
        bits = _WEIGHT_BITS if grid.is_whole else _FADED_WEIGHT_BITS
        drawn = np.where(weights > 0, np.maximum(np.rint(weights * 2.0**bits), 1.0), 0.0)
        return cls(sums, says, np.hstack((drawn, np.ones((len(drawn), 1)))))

    def of_all(self, draws: slice = ALL, rows: slice = ALL) -> Floats:
        values = self.weights[draws] @ self.sums[rows].T
        values /= self.weights[draws] @ self.says[rows].T
        return values


@dataclass(frozen=True, slots=True)
class _Others:
    """The scores and fadings [n, p] of rows, and weights [d, p], for a combiner that is no mean."""

    normalised: Floats
    faded: Floats
    weights: Floats
    grid: Grid

    @classmethod
    def of(cls, normalised: Floats, faded: Floats, weights: Floats, grid: Grid) -> "_Others":
        return cls(normalised, faded, np.maximum(weights, _NEXT_TO_NOTHING), grid)

    def of_all(self, draws: slice = ALL, rows: slice = ALL) -> Floats:
        weights, scores, faded = self.weights[draws], self.normalised[rows], self.faded[rows]
        say = (weights[:, np.newaxis] * faded).reshape(-1, faded.shape[1])
        # One after the other: the same bytes for a row whatever rows stand beside it.
        total = np.zeros(len(say))
        for column in say.T:
            total += column
        shares = say / np.where(total > 0, total, 1.0)[:, np.newaxis]
        values = COMBINERS[self.grid.combiner](np.tile(scores, (len(weights), 1)), shares)
        return np.rint(values * self.grid.unit).reshape(len(weights), len(scores))


def averaged(normalised: Floats, combiner: Combiner) -> Floats:
    """What is averaged: the scores, or their logarithms."""
    return np.log(np.maximum(normalised, FLOOR)) if combiner is Combiner.GEOMETRIC else normalised


def extremes(normalised: Floats) -> tuple[Floats, Floats]:
    """The least and the greatest score [n] of each row.

    A mean or median lies between them whatever the weights are, so most of a long ranking need not be drawn at all.
    """
    least, greatest = normalised[:, 0].copy(), normalised[:, 0].copy()
    for scores in normalised.T[1:]:
        np.fmin(least, scores, out=least)
        np.fmax(greatest, scores, out=greatest)
    return least, greatest
