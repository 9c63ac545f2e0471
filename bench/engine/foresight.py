"""How well a score foresees: the top of a list, and whether anything happens at all. Ties are nobody's advantage."""

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

Floats = NDArray[np.float64]

_TOP = 100


def ndcg(score: Floats, came: Floats, seed: int = 0) -> float:
    """NDCG@100 of `score` [accounts] if so much `came` [accounts], with the gain log(1 + came); ties at random."""
    chance = np.random.default_rng(seed).random(len(score))
    best = np.lexsort((chance, -score))[:_TOP]
    gain = np.log1p(came)
    fade = 1 / np.log2(np.arange(2, len(best) + 2))
    return float((gain[best] * fade).sum() / (np.sort(gain)[::-1][: len(best)] * fade).sum())


def auc(score: Floats, came: Floats) -> float:
    """How often one to whom anything came scores higher than one to whom nothing came; a tie counts half."""
    places, hit = rankdata(score), came > 0
    hits = int(hit.sum())
    return float((places[hit].sum() - hits * (hits + 1) / 2) / (hits * (len(score) - hits)))


def median_place(score: Floats, chosen: NDArray[np.int64]) -> float:
    """Where the median of the chosen stands, as a share of all (0 best, 1 last); who ties shares the mean place."""
    return float(np.median(rankdata(-score)[chosen]) / len(score))
