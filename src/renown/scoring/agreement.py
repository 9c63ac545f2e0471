"""Agreement: how much a voice's providers say the same."""

import numpy as np

from renown.scoring.arrays import Floats


def agreement(normalised: Floats) -> Floats:
    """From 0 (as far apart as can be) to 1 (all the same) [n], over each voice's normalised scores [n, p].

    1 - d / D, where d is the standard deviation of the scores and D the largest that so many scores on 0-100 can
    have: half of them (rounded down) at one end, the others at the other. NaN is left out; with fewer than two scores
    there is none, which is NaN too.
    """
    known = ~np.isnan(normalised)
    count = known.sum(axis=1)
    number = np.maximum(count, 1)
    mean = np.where(known, normalised, 0.0).sum(axis=1) / number
    apart = np.where(known, normalised - mean[:, np.newaxis], 0.0)
    deviation = np.sqrt((apart * apart).sum(axis=1) / number)
    half = count // 2
    largest = 100.0 * np.sqrt(half * (count - half)) / number
    return np.where(count < 2, np.nan, np.maximum(0.0, 1.0 - deviation / np.where(count < 2, 1.0, largest)))
