"""How much better one order of pairs is than another, and how sure that is with so many people judged."""

from collections.abc import Iterator

import numpy as np
from judged_pairs import Pairs
from numpy.typing import NDArray

_DRAWS = 1_000

Floats = NDArray[np.float64]


def gain(pairs: Pairs, ours: Floats, theirs: Floats) -> tuple[float, float, float]:
    """The difference of the AUCs, and its 95 % interval over 1,000 draws of as many people, with replacement.

    A pair counts as often as both its people are drawn together.
    """
    low, high = np.quantile(
        [_auc(pairs, ours, each) - _auc(pairs, theirs, each) for each in _drawn(pairs)], (0.025, 0.975)
    )
    once = np.ones(len(pairs))
    return _auc(pairs, ours, once) - _auc(pairs, theirs, once), float(low), float(high)


def _drawn(pairs: Pairs) -> Iterator[Floats]:
    chance, people = np.random.default_rng(0), len(pairs.figures)
    for _ in range(_DRAWS):
        times = np.bincount(chance.integers(0, people, people), minlength=people).astype(np.float64)
        yield times[pairs.first] * times[pairs.second]


def _auc(pairs: Pairs, score: Floats, weight: Floats) -> float:
    """As `foresight.auc`, with a weight for each pair."""
    _, place = np.unique(score, return_inverse=True)
    hit = np.bincount(place, weight * pairs.higher)
    miss = np.bincount(place, weight * ~pairs.higher)
    return float(hit @ (np.cumsum(miss) - miss / 2) / (hit.sum() * miss.sum()))
