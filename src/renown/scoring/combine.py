"""Combine: one value a voice, from normalised scores [n, p] and effective weights [n, p] whose rows add up to 1.

Each goes provider by provider, so that a row gives the same bytes whatever rows stand beside it. Zero where nobody
has a say. Consensus has a module of its own, and so has what goes by order.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np

from renown.scoring.arrays import Floats, Ints
from renown.scoring.choices import Combiner
from renown.scoring.weigh import across

# A geometric mean knows no zero; one point of a hundred is as good as none.
FLOOR = 1.0


def weighted_mean(normalised: Floats, weights: Floats) -> Floats:
    """The arithmetic mean [n]: a weak score is made up for by a strong one, point for point.

    Source: OECD/JRC, Handbook on Constructing Composite Indicators, 2008, section 6 (linear aggregation).
    """
    return across(np.where(weights > 0, normalised, 0.0) * weights)


def geometric_mean(normalised: Floats, weights: Floats) -> Floats:
    """The geometric mean [n] of scores of at least 1: the weaker score counts for more than in the arithmetic one.

    Source: OECD/JRC, Handbook on Constructing Composite Indicators, 2008, section 6 (geometric aggregation).
    """
    any_say = (weights > 0).any(axis=1)
    return np.where(any_say, np.exp(weighted_mean(np.log(np.maximum(normalised, FLOOR)), weights)), 0.0)


def weighted_median(normalised: Floats, weights: Floats) -> Floats:
    """The weighted median [n]: half of the say lies on either side; between two scores where it splits evenly.

    One provider gone wild moves it no further than to its neighbour. Source: F. Y. Edgeworth, "On Observations Relating
    to Several Quantities", Hermathena 6, 1887.
    """
    scores = np.where(weights > 0, normalised, np.inf)
    order = np.argsort(scores, axis=1, kind="stable")
    sorted_scores = np.take_along_axis(scores, order, axis=1)
    passed = np.cumsum(np.take_along_axis(weights, order, axis=1), axis=1)
    half = passed[:, -1:] / 2
    # Sums of weights that should be half may miss it by their last bits.
    lower = np.argmax(passed >= half * (1 - 1e-9), axis=1)[:, np.newaxis]
    upper = np.argmax(passed > half * (1 + 1e-9), axis=1)[:, np.newaxis]
    middle = np.take_along_axis(sorted_scores, lower, axis=1) + np.take_along_axis(sorted_scores, upper, axis=1)
    return np.where((weights > 0).any(axis=1), middle[:, 0] / 2, 0.0)


COMBINERS: Mapping[Combiner, Callable[[Floats, Floats], Floats]] = MappingProxyType(
    {
        Combiner.MEAN: weighted_mean,
        Combiner.BORDA: weighted_mean,
        Combiner.RRF: weighted_mean,
        Combiner.GEOMETRIC: geometric_mean,
        Combiner.MEDIAN: weighted_median,
    }
)


def unless_too_few(values: Floats, answered: Ints, minimum: int) -> Floats:
    """The values [n], NaN (unranked) where fewer than `minimum` providers that count answered."""
    return np.where(answered >= minimum, values, np.nan)
