"""The standard normal distribution, on arrays. SciPy takes half a second to load, so it is loaded where it is used."""

from renown.scoring.arrays import Floats


def share_below(z: Floats) -> Floats:
    """The share of a standard normal population below z, 0-1. NaN stays NaN."""
    from scipy.special import ndtr

    return ndtr(z)


def place_of(share: Floats) -> Floats:
    """The z below which this share (0-1) of a standard normal population lies: a normal score. NaN stays NaN."""
    from scipy.special import ndtri

    return ndtri(share)
