"""What is to be expected of figures that are missing, given those that are there: linear, and never falling."""

import numpy as np

from renown.engine.interactions import Flags, Floats

_ROUNDS = 1_000
_SETTLED = 1e-12


def expected_from(covariance: Floats, known: Flags) -> Floats:
    """How much each missing figure is expected to rise with each known one [missing, known], none of it negative.

    The best such shares for jointly normal figures of this covariance: the least left-over variance, found by setting
    one share after the other to its best until none moves.
    """
    among, between = covariance[np.ix_(known, known)], covariance[np.ix_(~known, known)]
    shares = np.zeros_like(between)
    for _ in range(_ROUNDS):
        before = shares.copy()
        for one, variance in enumerate(np.diag(among)):
            others = shares @ among[:, one] - shares[:, one] * variance
            shares[:, one] = np.maximum(0, (between[:, one] - others) / variance)
        if np.abs(shares - before).max(initial=0) < _SETTLED:
            break
    return shares


def left_over(covariance: Floats, known: Flags) -> Floats:
    """The covariance [missing, missing] of the missing figures around the best that is expected of them.

    Without the bound on the shares: so that it never grows when a figure becomes known, whichever it is.
    """
    among, between = covariance[np.ix_(known, known)], covariance[np.ix_(~known, known)]
    return covariance[np.ix_(~known, ~known)] - between @ np.linalg.solve(among, between.T)
