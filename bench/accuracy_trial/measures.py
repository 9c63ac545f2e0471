"""How right an order is, and how honest an interval."""

from dataclasses import dataclass

import numpy as np
from scipy.stats import kendalltau

from accuracy_trial.scenarios import Flags, Floats

TOP = 100


@dataclass(frozen=True, slots=True)
class Score:
    """Kendall's tau-b with the truth, and NDCG of the first hundred."""

    tau: float
    ndcg: float


def score(truth: Floats, values: Floats) -> Score:
    """How well values [n] order voices whose truth [n] is known; no NaN."""
    tau = kendalltau(truth, values).statistic  # pyright: ignore[reportAttributeAccessIssue] - scipy has no types
    return Score(float(tau), ndcg(truth, values))


def ndcg(truth: Floats, values: Floats, top: int = TOP) -> float:
    """Normalised discounted cumulative gain of the first `top` by value, the gain being max(0, truth); ties by row.

    Source: K. Jarvelin, J. Kekalainen, "Cumulated gain-based evaluation of IR techniques", ACM TOIS 20, 2002; with the
    logarithmic discount 1 / log2(1 + place).
    """
    gain = np.maximum(truth, 0.0)
    first = np.argsort(-values, kind="stable")[:top]
    discount = 1 / np.log2(np.arange(2, len(first) + 2))
    return float((gain[first] * discount).sum() / (np.sort(gain)[::-1][: len(first)] * discount).sum())


def true_shares(truth: Floats, known: Flags) -> Floats:
    """The share [n], 0-1, of the voices known to any provider that truly stand below each; NaN for who is not known."""
    shares = np.full(truth.shape, np.nan)
    order = np.argsort(np.argsort(truth[known]))
    shares[known] = (order + 0.5) / known.sum()
    return shares
