"""Ways to say from figures who of two people is the more influential: ours, and those it is compared with."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from boosting import boosted
from judged_pairs import ALL_COLUMNS, Pairs
from numpy.typing import NDArray
from profile_fit import WEIGHTED, fitted
from scipy.optimize import minimize
from scipy.special import expit

from renown.engine.profile_score import PROFILE_COLUMNS, ProfileWeights

Floats = NDArray[np.float64]
# Takes the pairs to learn from and those to judge; gives how much the first of each seems the higher.
Judge = Callable[[Pairs, Pairs], Floats]
_RECEIVED = {"followers", "listed", "mentions_received", "retweets_received", "network_feature_1", "network_feature_2"}


def alone(column: str) -> Judge:
    """One column, with nothing learnt."""
    return lambda _, test: _apart(test)[:, ALL_COLUMNS.index(column)]


def log_ratios(columns: Sequence[str], *, free: bool = True) -> Judge:
    """Logistic regression on the differences of logarithms, without intercept; a ridge of 1 on unit deviations."""
    chosen = [ALL_COLUMNS.index(column) for column in columns]

    def judge(train: Pairs, test: Pairs) -> Floats:
        unit = _apart(train)[:, chosen].std(axis=0)
        terms = _apart(train)[:, chosen] / unit
        signed = np.where(train.higher, 1.0, -1.0)

        def loss(weights: Floats) -> tuple[float, Floats]:
            margin = signed * (terms @ weights)
            gradient = weights - terms.T @ (signed * expit(-margin))
            return float(np.logaddexp(0, -margin).sum() + weights @ weights / 2), gradient

        bounds = [(None if free else 0, None)] * len(chosen)
        weights = minimize(loss, np.zeros(len(chosen)), jac=True, method="L-BFGS-B", bounds=bounds).x
        return _apart(test)[:, chosen] / unit @ weights

    return judge


def monotone_boosting(columns: Sequence[str]) -> Judge:
    """Boosting that never falls in what is received, on both people's logarithms and their differences, mirrored."""
    chosen = [ALL_COLUMNS.index(column) for column in columns]
    rising = [int(column in _RECEIVED) for column in columns]
    signs = [*rising, *(-sign for sign in rising), *rising]

    def features(pairs: Pairs, *, mirrored: bool = False) -> Floats:
        one, other = pairs.logs[:, chosen][pairs.first], pairs.logs[:, chosen][pairs.second]
        one, other = (other, one) if mirrored else (one, other)
        return np.hstack([one, other, one - other])

    def judge(train: Pairs, test: Pairs) -> Floats:
        rows = np.vstack([features(train), features(train, mirrored=True)])
        labels = np.concatenate([train.higher, ~train.higher])
        both = np.vstack([features(test), features(test, mirrored=True)])
        there, back = boosted(rows, labels, both, signs).reshape(2, -1)
        return there - back

    return judge


@dataclass(frozen=True)
class Ours:
    """The profile score, fitted anew to the pairs learnt from; `given` are the columns that it is told."""

    weighted: Sequence[str] = WEIGHTED
    given: Sequence[str] = PROFILE_COLUMNS

    def __call__(self, train: Pairs, test: Pairs) -> Floats:
        """The difference of the two scores."""
        weights = ProfileWeights.of_json(fitted(train, self.weighted))
        figures = {column: test.figures[:, ALL_COLUMNS.index(column)] for column in self.given}
        score = weights.scores(figures).score
        return score[test.first] - score[test.second]


def _apart(pairs: Pairs) -> Floats:
    return pairs.logs[pairs.first] - pairs.logs[pairs.second]
