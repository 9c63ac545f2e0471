"""A curve made of straight segments: how much of a figure lies in each."""

from collections.abc import Sequence

import numpy as np

from renown.engine.interactions import Floats


def segments(figure: Floats, knots: Sequence[float]) -> Floats:
    """The part of each figure between neighbouring knots [figures, segments]; they add up to the figure.

    The first segment begins at 0 and the last has no end, so n knots make n + 1. NaN stays NaN.
    """
    starts, ends = np.array([0.0, *knots]), np.array([*knots, np.inf])
    return np.clip(figure[:, None], starts, ends) - starts
