"""Mid-ranks: a place among others as a share, equal values counting half."""

import numpy as np

from renown.scoring.arrays import Floats
from renown.scoring.normal import place_of


def mid_shares(values: Floats) -> Floats:
    """The share [n] of the values [n] below each, equals counting half: strictly between 0 and 1. No NaN."""
    levels, at, counts = np.unique(values, return_inverse=True, return_counts=True)
    if not levels.size:
        return np.empty(0)
    return ((np.cumsum(counts) - counts / 2) / values.size)[at]


def normal_scores(column: Floats) -> Floats:
    """A column [n] as the places its ranks would have in a standard normal population; NaN stays.

    Source: C. L. Bliss, Statistics in Biology, 1967 (rankits), by mid-ranks.
    """
    scores = np.full(column.shape, np.nan)
    held = ~np.isnan(column)
    scores[held] = place_of(mid_shares(column[held]))
    return scores
