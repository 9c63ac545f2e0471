"""From an audience to a score of 0-100, by one map that is the same for every log, and an interval around it.

    score(x) = 100 B(1 - S(x))

B is the quantile function of the Beta distribution with the mean 37.7 and the standard deviation 16.0, those of 1,048
published Klout scores. S is the share of accounts with a larger audience, half of those with an equal one counted: read
once off the engine's own ranking of the Higgs log on 5 July 2012 (De Domenico et al., Sci Rep 3:2980), rounded, and a
power law between the knots and beyond them. There are two, since an audience that is remembered for half a year is
larger than one of these hours. All of it is frozen: nobody's arrival moves another's score.
"""

from functools import cache

import numpy as np
from scipy import special

from renown.engine.interactions import Floats

_MEAN, _DEVIATION = 0.377, 0.160
_SIZE = _MEAN * (1 - _MEAN) / _DEVIATION**2 - 1
_ALPHA, _BETA = _MEAN * _SIZE, (1 - _MEAN) * _SIZE
# The table ends at an audience of 1e20.
_TABLE_END, _ROWS = 4, 1024
_THESE_HOURS = (
    np.log1p([0.0, 0.69, 1.1, 1.8, 2.4, 10, 90, 400]),
    np.log([1.0, 0.7, 0.34, 0.1, 0.05, 0.01, 0.001, 0.0001]),
)
_LASTING = (
    np.log1p([0.0, 1, 3, 6, 20, 100, 500, 3000]),
    np.log([1.0, 0.7, 0.17, 0.05, 0.018, 0.0056, 0.00085, 0.00012]),
)
_NORMAL_95 = 1.6448536269514722


def score_of(audience: Floats) -> Floats:
    """The score, 0-100, of an audience that is not negative; it never falls when the audience grows."""
    return _scored(audience, *_THESE_HOURS)


def lasting_score_of(audience: Floats) -> Floats:
    """The same of an audience that is remembered for half a year."""
    return _scored(audience, *_LASTING)


def _scored(audience: Floats, knots: Floats, larger: Floats) -> Floats:
    size = np.log1p(audience)
    beyond = (larger[-1] - larger[-2]) / (knots[-1] - knots[-2])
    share = np.interp(size, knots, larger) + beyond * np.maximum(0, size - knots[-1])
    # A cubic through four rows of a table: within 1e-10 of the quantile function, in a hundredth of its time.
    at = np.minimum((-share) ** (1 / _ALPHA), _TABLE_END) * _ROWS
    row = np.maximum(at.astype(np.int32), 1)
    past = at - row
    one, two, three, four = (_table()[row + offset] for offset in (-1, 0, 1, 2))
    outer = past * (past - 1) * ((past + 1) * four - (past - 2) * one) / 6
    inner = (past + 1) * (past - 2) * ((past - 1) * two - past * three) / 2
    return outer + inner


@cache
def _table() -> Floats:
    """The quantile function at even steps of a root in which it is nearly straight at zero, and smooth beyond."""
    root = np.arange(_TABLE_END * _ROWS + 3) / _ROWS
    # From the upper end, where the share above is tiny: 1 - share would round to 1 there.
    return 100 * special.betainccinv(_ALPHA, _BETA, np.exp(-(root**_ALPHA)))


def range_of(counted: Floats, voices: Floats) -> tuple[Floats, Floats]:
    """A 90 % interval of what was counted, low and high, if it rests on so many independent voices.

    A Poisson count's exact interval, by the Wilson-Hilferty approximation of the Gamma quantiles, scaled to what was
    counted. Where nothing was counted it is nothing: what might have been is not known.
    """
    unit = np.divide(counted, voices, out=np.zeros(len(counted)), where=voices > 0)
    return unit * _gamma(voices, -_NORMAL_95), unit * _gamma(voices + 1, _NORMAL_95)


def _gamma(shape: Floats, normal: float) -> Floats:
    """The quantile of a Gamma distribution of scale 1 at a quantile of the normal one."""
    ninth = np.divide(1, 9 * shape, out=np.zeros(len(shape)), where=shape > 0)
    return shape * np.maximum(0, 1 - ninth + normal * np.sqrt(ninth)) ** 3
