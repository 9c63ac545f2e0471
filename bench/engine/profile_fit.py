"""Fits the weights of the profile score to the pairs that people judged, and prints them.

    python bench/engine/profile_fit.py --data DIR [--write FILE]

FILE is src/renown/engine/profile_weights.json. The model is that of Bradley and Terry: the difference of two worths is
the log odds of the judgement. Each column's worth is a curve of five segments; no slope may be negative. Penalties keep
the slopes small, and neighbouring slopes alike.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from judged_pairs import ALL_COLUMNS, FILE, Pairs, pairs_of
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit
from weight_files import write_weights

from renown.engine.profile_score import PROFILE_COLUMNS, ProfileWeights
from renown.engine.segments import segments

FITTED_ON = (
    "The pairwise judgements of PeerIndex and Data Science London, 2013 (Kaggle, Influencers in Social Networks): "
    "which of two people is the more influential."
)
# What an account does itself can be had at will. Following and posting have no weight; what is sent has, for it shows
# that somebody takes part, and its curves end flat.
WEIGHTED = (
    "followers",
    "listed",
    "mentions_received",
    "retweets_received",
    "mentions_sent",
    "retweets_sent",
)
_QUANTILES = (0.2, 0.4, 0.6, 0.8)
_SMALL, _ALIKE = 10.0, 30.0
_DEVIATIONS = np.linspace(0.1, 1.5, 15)

Floats = NDArray[np.float64]


def fitted(pairs: Pairs, columns: Sequence[str] = WEIGHTED) -> dict[str, Any]:
    """The weights in the form in which they are committed, from these pairs alone."""
    people = pairs.logs[pairs.people][:, : len(PROFILE_COLUMNS)]
    knots = {column: _knots(people[:, PROFILE_COLUMNS.index(column)]) for column in columns}
    slopes = _slopes(pairs, knots)
    covariance = np.cov(people.T)
    held = {
        "fitted_on": FITTED_ON,
        "knots": knots,
        "slopes": slopes,
        "means": dict(zip(PROFILE_COLUMNS, people.mean(axis=0).round(3).tolist(), strict=True)),
        "covariance": dict(zip(PROFILE_COLUMNS, covariance.round(3).tolist(), strict=True)),
        "unexplained": 0.0,
    }
    weights = ProfileWeights.of_json(held)
    worth = weights.worth(pairs.logs[:, : len(PROFILE_COLUMNS)])
    return held | {"unexplained": _unexplained(pairs, worth[pairs.first] - worth[pairs.second])}


def _knots(figures: Floats) -> list[float]:
    knots = np.unique(np.quantile(figures, _QUANTILES).round(2))
    return knots[knots > figures.min()].tolist()


def _slopes(pairs: Pairs, knots: dict[str, list[float]]) -> dict[str, list[float]]:
    """The slopes of least penalised loss, all of them from 0 on. Penalties are in deviations of each column."""
    parts, owners, units = [], [], []
    for column, each in knots.items():
        logs = pairs.logs[:, ALL_COLUMNS.index(column)]
        unit = float(logs[pairs.people].std())
        part = segments(logs, each) / unit
        parts.append(part[pairs.first] - part[pairs.second])
        owners += [column] * part.shape[1]
        units += [unit] * part.shape[1]
    terms, owner = np.hstack(parts), np.array(owners)
    penalty = _penalty([int((owner == column).sum()) for column in knots])
    signed = np.where(pairs.higher, 1.0, -1.0)

    def loss(slopes: Floats) -> tuple[float, Floats]:
        margin = signed * (terms @ slopes)
        pulled = penalty @ slopes
        gradient = pulled - terms.T @ (signed * expit(-margin))
        return float(np.logaddexp(0, -margin).sum() + slopes @ pulled / 2), gradient

    start = np.full(len(owners), 0.1)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=[(0, None)] * len(owners)).x / units
    return {column: found[owner == column].round(4).tolist() for column in knots}


def _penalty(sizes: Sequence[int]) -> Floats:
    """One block a column: on its mean slope, and on the difference of neighbours."""
    whole = np.zeros((sum(sizes), sum(sizes)))
    end = 0
    for size in sizes:
        start, end = end, end + size
        steps = np.diff(np.eye(size), axis=0)
        whole[start:end, start:end] = _SMALL / size**2 + _ALIKE * steps.T @ steps
    return whole


def _unexplained(pairs: Pairs, odds: Floats) -> float:
    """The deviation of people's own standing beside their worth: that under which the judgements are likeliest.

    Laplace's approximation around the likeliest standings, for each of a row of deviations.
    """
    _, number = np.unique([pairs.first, pairs.second], return_inverse=True)
    first, second = number.reshape(2, -1)
    rows = np.arange(len(pairs))
    apart = np.zeros((len(pairs), number.max() + 1))
    apart[rows, first] += 1
    apart[rows, second] -= 1
    signed = np.where(pairs.higher, 1.0, -1.0)
    likely = [_evidence(apart, odds, signed, float(deviation)) for deviation in _DEVIATIONS]
    return round(float(_DEVIATIONS[int(np.argmax(likely))]), 2)


def _evidence(apart: Floats, odds: Floats, signed: Floats, deviation: float) -> float:
    def loss(standing: Floats) -> tuple[float, Floats]:
        margin = signed * (odds + apart @ standing)
        gradient = standing / deviation**2 - apart.T @ (signed * expit(-margin))
        return float(np.logaddexp(0, -margin).sum() + standing @ standing / deviation**2 / 2), gradient

    found = minimize(loss, np.zeros(apart.shape[1]), jac=True, method="L-BFGS-B")
    even = expit(odds + apart @ found.x)
    curvature = np.eye(apart.shape[1]) + deviation**2 * (apart.T * (even * (1 - even))) @ apart
    return float(-found.fun - np.linalg.slogdet(curvature)[1] / 2)


if __name__ == "__main__":
    write_weights(__doc__, FILE, lambda data: fitted(pairs_of(data)))
