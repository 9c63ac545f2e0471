"""Era link: from a provider's new scale back to its old one, through the people read on both.

The people who follow the new curve are laid on the old scale in their order: the lowest new value on the lowest old
one, and so on, with straight lines between (equipercentile linking with the same people on both sides, so no assumption
of equivalent groups is needed). Who moved for reasons of their own is told by a rank far from the old one, and is not
among them. All that is known of the curve is that it rises: between two knots any old value may be the true one. So
whoever had an old value between the knots around the new one has not moved.

Source: M. J. Kolen, R. L. Brennan, Test Equating, Scaling, and Linking, 3rd ed., 2014, chapters 2 and 7.
"""

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np

from renown.claims import Scale
from renown.scoring.arrays import Flags, Floats

_MOST_KNOTS = 201
_FAR = 4 * 1.4826  # four standard deviations, by the median absolute deviation
_ROUNDS = 5
_SLACK = 1  # knots: neighbours may have changed places by chance
_DRAWS = 100  # bootstrap: the error is good to a tenth


@dataclass(frozen=True)
class EraLink:
    """A rising curve through the knots `new` -> `old` [k], of so many `pairs`; `error` in points of the old scale."""

    new: Floats
    old: Floats
    pairs: int
    error: float

    @classmethod
    def fit(cls, old: Floats, new: Floats, scale: Scale) -> Self:
        """The link of pairs [n], n at least 1, on a metric of this scale."""
        follows = _followers(old, new)
        knots = _laid(old[follows], new[follows])
        error = _error(old[follows], new[follows])
        return cls(*_with_ends(*knots, scale), pairs=old.size, error=error)

    def read(self, value: float) -> float:
        """The old value of somebody of whom only the new one is known."""
        return float(np.interp(value, *self._curve))

    def read_beside(self, value: float, before: float) -> float:
        """The old value, nearest to the one held `before`, that the curve allows: the difference is a true change."""
        low = int(np.searchsorted(self.new, value, side="left")) - 1 - _SLACK
        high = int(np.searchsorted(self.new, value, side="right")) + _SLACK
        return float(np.clip(before, self.old[max(low, 0)], self.old[min(high, self.old.size - 1)]))

    def to_json(self) -> str:
        """As text, exactly."""
        said = {"error": self.error, "new": self.new.tolist(), "old": self.old.tolist(), "pairs": self.pairs}
        return json.dumps(said, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """What `to_json` wrote."""
        said = json.loads(text)
        return cls(np.array(said["new"]), np.array(said["old"]), pairs=said["pairs"], error=said["error"])

    @cached_property
    def _curve(self) -> tuple[Floats, Floats]:
        """The knots with one old value, the middle, for each new one."""
        levels, first, counts = np.unique(self.new, return_index=True, return_counts=True)
        return levels, (self.old[first] + self.old[first + counts - 1]) / 2


def _followers(old: Floats, new: Floats) -> Flags:
    """Who kept their rank, as far as the others did: a mask [n]."""
    follows = np.ones(old.size, dtype=bool)
    for _ in range(_ROUNDS):
        rows = np.flatnonzero(follows)
        strayed = np.abs(_ranks(old[rows]) - _ranks(new[rows]))
        far = strayed > max(1.0, _FAR * float(np.median(strayed)))
        if not far.any():
            break
        follows[rows[far]] = False
    return follows


def _ranks(values: Floats) -> Floats:
    """Ranks [n] from 0, equals sharing the middle of theirs."""
    levels, at, counts = np.unique(values, return_inverse=True, return_counts=True)
    del levels
    return (np.cumsum(counts) - (counts + 1) / 2)[at]


def _laid(old: Floats, new: Floats) -> tuple[Floats, Floats]:
    kept = np.unique(np.rint(np.linspace(0, old.size - 1, min(old.size, _MOST_KNOTS))).astype(int))
    return np.sort(new)[kept], np.sort(old)[kept]


def _with_ends(new: Floats, old: Floats, scale: Scale) -> tuple[Floats, Floats]:
    """The knots between the ends of the scale, where nobody was read; an open top goes on as steeply as the whole."""
    bottom = min(new[0], scale.minimum), min(old[0], scale.minimum)
    if scale.maximum is None:
        top = 2 * new[-1] - new[0], 2 * old[-1] - old[0]
    else:
        top = max(new[-1], scale.maximum), max(old[-1], scale.maximum)
    return np.array([bottom[0], *new, top[0]]), np.array([bottom[1], *old, top[1]])


def _error(old: Floats, new: Floats) -> float:
    """The standard error of the link, from links of pairs drawn anew with replacement; over the middle nine tenths."""
    chance = np.random.default_rng(0)
    at = np.quantile(new, np.linspace(0.05, 0.95, 19))
    drawn = [chance.integers(0, old.size, old.size) for _ in range(_DRAWS)]
    links = [np.interp(at, np.sort(new[rows]), np.sort(old[rows])) for rows in drawn]
    return float(np.sqrt(np.var(links, axis=0).mean()))
