"""Agreement: how much a voice's providers say the same."""

import math

import numpy as np

from renown.scoring.arrays import Floats


def agreement(normalised: Floats) -> float | None:
    """From 0 (as far apart as can be) to 1 (all the same), over one voice's normalised scores; NaN is left out.

    1 - d / D, where d is the standard deviation of the scores and D the largest that so many scores on 0-100 can
    have: half of them (rounded down) at one end, the others at the other. None with fewer than two scores.
    """
    known = normalised[~np.isnan(normalised)]
    if known.size < 2:
        return None
    half = known.size // 2
    largest = 100.0 * math.sqrt(half * (known.size - half)) / known.size
    return max(0.0, 1.0 - float(known.std()) / largest)
