"""How likely an account is run by a machine, by the counts of its profile and its posts.

    log odds = intercept + sum of weight * (term - mean) / deviation, the sum taken over three kinds of terms:

- a curve of log(1 + x) for each column, straight between knots (how much of it lies in each segment);
- which kinds of programs it posts with (0-6);
- each kind of program (0-4) with each column: a browser at a machine's pace is another matter than a scheduler.

Fitted with a ridge penalty by labels that people gave (`fitted_on` in automation_weights.json says by whom). A figure
that is missing counts as average: its terms are left out. `engine.automation` judges the rhythm of a log instead.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Self

import numpy as np
from scipy.special import expit

from renown.engine.interactions import Floats
from renown.engine.segments import segments

# Of the columns of the set, the size of media is left out: it cannot be known without fetching them.
AUTOMATION_COLUMNS = (
    "user_tweeted",
    "user_retweeted",
    "user_favourited",
    "user_replied",
    "likes_per_tweet",
    "retweets_per_tweet",
    "lists_per_user",
    "follower_friend_ratio",
    "tweet_frequency",
    "favourite_tweet_ratio",
    "age_of_account_in_days",
    "sources_count",
    "urls_count",
)
PROGRAMS_COLUMN = "source_identity"
_KINDS, _CROSSED = 7, 5
_FAR = 3.0


def programs_of(cell: str) -> tuple[float, ...]:
    """Which kinds of programs a cell names, as in `[1;2]`: 1 or 0 for each kind.

    Raises:
        ValueError: it is no such list.
    """
    named = cell.strip("[] ").replace(",", ";").split(";")
    kinds = [kind.strip() for kind in named if kind.strip()]
    if not cell.startswith("[") or any(kind not in "0123456" or len(kind) > 1 for kind in kinds):
        raise ValueError("is no list of kinds of programs from 0 to 6, as [1;2] is")
    return tuple(float(str(kind) in kinds) for kind in range(_KINDS))


@dataclass(frozen=True, slots=True)
class AutomationTerms:
    """How figures become terms: `knots` of each column's curve; centre and deviation of each column and each kind."""

    knots: Mapping[str, tuple[float, ...]]
    centres: Floats
    deviations: Floats
    kinds: Floats

    def of(self, figures: Mapping[str, Floats], programs: Floats) -> Floats:
        """The terms [accounts, terms] of figures by column and of programs [accounts, kinds]; NaN where missing."""
        missing = np.full(len(programs), np.nan)
        logs = [np.log1p(figures.get(column, missing)) for column in AUTOMATION_COLUMNS]
        curves = [segments(log, self.knots[column]) for column, log in zip(AUTOMATION_COLUMNS, logs, strict=True)]
        standard = np.clip((np.array(logs).T - self.centres) / self.deviations, -_FAR, _FAR)
        unusual = (programs - self.kinds)[:, :_CROSSED]
        crossed = (unusual[:, :, None] * standard[:, None, :]).reshape(len(programs), -1)
        return np.hstack([*curves, programs, crossed])


@dataclass(frozen=True, slots=True)
class AutomationWeights:
    """What was fitted: for each term its mean, its deviation and its weight, and the intercept."""

    fitted_on: str
    terms: AutomationTerms
    intercept: float
    means: Floats
    scales: Floats
    weights: Floats

    @classmethod
    def of_json(cls, held: Mapping[str, Any]) -> Self:
        """From the form in which they are committed."""
        columns = held["columns"]
        terms = AutomationTerms(
            {column: tuple(columns[column]["knots"]) for column in AUTOMATION_COLUMNS},
            np.array([columns[column]["mean"] for column in AUTOMATION_COLUMNS]),
            np.array([columns[column]["deviation"] for column in AUTOMATION_COLUMNS]),
            np.array(held["programs"]),
        )
        arrays = (np.array(held["terms"][part]) for part in ("means", "deviations", "weights"))
        return cls(held["fitted_on"], terms, held["intercept"], *arrays)

    def probability(self, figures: Mapping[str, Floats], programs: Sequence[Sequence[float] | None] | Floats) -> Floats:
        """The probability [accounts]; NaN where nothing at all is known of an account."""
        flags = np.array([[np.nan] * _KINDS if each is None else each for each in programs], dtype=np.float64)
        terms = self.terms.of(figures, flags)
        odds = self.intercept + np.nan_to_num((terms - self.means) / self.scales) @ self.weights
        return np.where(np.isnan(terms).all(axis=1), np.nan, expit(odds))


@cache
def automation_weights() -> AutomationWeights:
    """Those that are shipped."""
    held = files("renown.engine").joinpath("automation_weights.json").read_text(encoding="utf-8")
    return AutomationWeights.of_json(json.loads(held))
