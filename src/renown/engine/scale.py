"""From an audience to a score of 0-100, by one map that is the same for every log, and an interval around it.

    score(x) = 100 B(1 - S(x))

B is the quantile function of the Beta distribution with the mean 37.7 and the standard deviation 16.0, those of 1,048
published Klout scores. S is the share of accounts with a larger audience, half of those with an equal one counted: read
once off the engine's own ranking of the Higgs log on 5 July 2012 (De Domenico et al., Sci Rep 3:2980), rounded, and a
power law between the knots and beyond them. Both are frozen: nobody's arrival moves another's score.
"""

import numpy as np
from scipy import special

from renown.engine.interactions import Floats

_MEAN, _DEVIATION = 0.377, 0.160
_SIZE = _MEAN * (1 - _MEAN) / _DEVIATION**2 - 1
_KNOTS = np.log1p([0.0, 0.69, 1.1, 1.8, 2.4, 10, 90, 400])
_LARGER = np.log([1.0, 0.7, 0.34, 0.1, 0.05, 0.01, 0.001, 0.0001])
_BEYOND = (_LARGER[-1] - _LARGER[-2]) / (_KNOTS[-1] - _KNOTS[-2])
_NORMAL_95 = 1.6448536269514722


def score_of(audience: Floats) -> Floats:
    """The score, 0-100, of an audience that is not negative; it never falls when the audience grows."""
    size = np.log1p(audience)
    larger = np.interp(size, _KNOTS, _LARGER) + _BEYOND * np.maximum(0, size - _KNOTS[-1])
    # From the upper end, where the share above is tiny: 1 - share would round to 1 there.
    return 100 * special.betainccinv(_MEAN * _SIZE, (1 - _MEAN) * _SIZE, np.exp(larger))


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
