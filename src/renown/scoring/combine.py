"""Combine: one value a voice."""

import numpy as np

from renown.scoring.arrays import Floats, Ints


def weighted_mean(normalised: Floats, weights: Floats) -> Floats:
    """The mean [n] of the normalised scores [n, p] under effective weights [n, p]; 0 where nobody has a say.

    Added up provider by provider, so that a row gives the same bytes whatever rows stand beside it.
    """
    total = np.zeros(len(normalised))
    for scores, say in zip(normalised.T, weights.T, strict=True):
        total += np.where(say > 0, scores, 0.0) * say
    return total


def unless_too_few(values: Floats, answered: Ints, minimum: int) -> Floats:
    """The values [n], NaN (unranked) where fewer than `minimum` providers that count answered."""
    return np.where(answered >= minimum, values, np.nan)
