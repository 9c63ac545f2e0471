"""The profile score: how influential people would judge a profile by its public counts, on a scale of 0-100.

    worth(x) = sum over columns of a rising curve of log(1 + x)
    score(x) = 100 * worth(x) / worth(the ceilings), no more than 100

The curves are straight between knots and no slope is negative. They were fitted so that worth(a) - worth(b) is the log
odds that people call a the more influential of the two (`fitted_on` in profile_weights.json says by whom). The ceilings
are round numbers near the largest profiles there have been: a convention, which sets the unit and no order.

A column that is missing is not zero. It is expected from those that are there, by the joint normal distribution of the
logarithms among the people judged, with no weight below zero: more of what is known never means less of what is not.
What an account does itself counts by a third there, so that ten times the posts never make three points.
The range covers 90 %: how far people's judgement strays from what all counts tell, and what is missing.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Self

import numpy as np

from renown.engine.interactions import Flags, Floats
from renown.engine.missing_figures import expected_from, left_over
from renown.engine.segments import segments

PROFILE_COLUMNS = (
    "followers",
    "following",
    "listed",
    "posts",
    "mentions_received",
    "retweets_received",
    "mentions_sent",
    "retweets_sent",
)
_CEILINGS = (1e8, 1e6, 1e6, 1e6, 1e6, 1e6, 1e6, 1e6)
_TRUSTED = np.array([1.0, 1 / 3, 1.0, 1 / 3, 1.0, 1.0, 1 / 3, 1 / 3])
_NORMAL_95 = 1.6448536269514722


@dataclass(frozen=True, slots=True)
class ProfileScores:
    """Scores of 0-100 and their 90 % ranges, each [profiles]; NaN where nothing is known of a profile."""

    score: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True, slots=True)
class ProfileWeights:
    """What was fitted. A column without `slopes` has no weight of its own, but tells something of missing ones.

    `knots` and `slopes` are on the scale of log(1 + x); `means` [columns] and `covariance` [columns, columns] are of
    these logarithms among the people judged; `unexplained` is the deviation, in log odds, of how influential somebody
    is judged from what all the counts tell.
    """

    fitted_on: str
    knots: Mapping[str, tuple[float, ...]]
    slopes: Mapping[str, tuple[float, ...]]
    means: Floats
    covariance: Floats
    unexplained: float

    @classmethod
    def of_json(cls, held: Mapping[str, Any]) -> Self:
        """From the form in which they are committed."""
        return cls(
            fitted_on=held["fitted_on"],
            knots={column: tuple(knots) for column, knots in held["knots"].items()},
            slopes={column: tuple(slopes) for column, slopes in held["slopes"].items()},
            means=np.array([held["means"][column] for column in PROFILE_COLUMNS]),
            covariance=np.array([held["covariance"][column] for column in PROFILE_COLUMNS]),
            unexplained=held["unexplained"],
        )

    def worth(self, logs: Floats) -> Floats:
        """The log odds [profiles] that a profile is called more influential than one of zeros.

        `logs` is log(1 + x) [profiles, columns], with none missing.
        """
        curves = (
            segments(logs[:, PROFILE_COLUMNS.index(column)], self.knots[column]) @ slopes
            for column, slopes in self.slopes.items()
        )
        return np.sum(list(curves), axis=0)

    def top(self) -> float:
        """What a profile at all the ceilings is worth."""
        return float(self.worth(np.log1p([_CEILINGS]))[0])

    def steepness(self) -> Floats:
        """The mean slope of each column [columns] from one deviation below its mean to one above."""
        deviations = np.sqrt(np.diag(self.covariance))
        down = np.maximum(0, self.means - deviations)
        up = self.means + deviations
        rise = self.worth(np.diag(up)) - self.worth(np.diag(down))
        return rise / (up - down)

    def scores(self, figures: Mapping[str, Floats]) -> ProfileScores:
        """The scores of profiles by their figures, of any of the columns; NaN is missing, and none is negative."""
        count = len(next(iter(figures.values())))
        logs = np.log1p([figures.get(column, np.full(count, np.nan)) for column in PROFILE_COLUMNS]).T
        worth, spread = np.full(count, np.nan), np.full(count, np.nan)
        known = ~np.isnan(logs)
        for pattern in np.unique(known, axis=0):
            if pattern.any():
                rows = (known == pattern).all(axis=1)
                worth[rows], spread[rows] = self._of_those_with(pattern, logs[rows])
        low, high = worth - _NORMAL_95 * spread, worth + _NORMAL_95 * spread
        return ProfileScores(*(np.clip(100 * each / self.top(), 0, 100) for each in (worth, low, high)))

    def _of_those_with(self, known: Flags, logs: Floats) -> tuple[Floats, float]:
        """The worth of profiles of which these columns [columns, true or false] are known, and its deviation."""
        share = expected_from(self.covariance, known) * _TRUSTED[known]
        logs = logs.copy()
        expected = self.means[~known] + (logs[:, known] - self.means[known]) @ share.T
        logs[:, ~known] = np.maximum(0, expected)
        steepness = self.steepness()[~known]
        unknown = steepness @ left_over(self.covariance, known) @ steepness
        return self.worth(logs), float(np.sqrt(self.unexplained**2 + unknown))


@cache
def profile_weights() -> ProfileWeights:
    """Those that are shipped."""
    held = files("renown.engine").joinpath("profile_weights.json").read_text(encoding="utf-8")
    return ProfileWeights.of_json(json.loads(held))
