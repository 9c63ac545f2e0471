"""Some positions of a ranking side by side, in plain Python: worked out for all of them at once, when looked at."""

from functools import cached_property
from itertools import count
from math import isnan

import numpy as np
from numpy.typing import NDArray

from renown.gateway.locator import RankingLocator
from renown.gateway.ranking import Ranked
from renown.scoring import DrawResult, Reference, agreement, rounded
from renown.scoring.arrays import Floats

_DECIMALS = 6
_serials = count()


class Stretch:
    """The positions from `start` up to `stop`, k of them. Lists are [k], or [k][p] where a provider each is said.

    No other stretch of this process has its `serial`.
    """

    def __init__(self, ranked: Ranked, start: int, stop: int) -> None:
        self.ranked = ranked
        self.start = start
        self.stop = stop
        self.serial = next(_serials)

    @cached_property
    def rows(self) -> NDArray[np.intp]:
        """Where they stand among the candidates."""
        return self.ranked.ranking.rows[self.start : self.stop]

    @cached_property
    def places(self) -> list[int]:
        """The places, from 1."""
        return self.ranked.ranking.places[self.start : self.stop].tolist()

    @cached_property
    def shared(self) -> list[bool]:
        """Whether another voice has the same place."""
        return self.ranked.ranking.shared[self.start : self.stop].tolist()

    @cached_property
    def values(self) -> list[float]:
        """The composites as they are shown."""
        return rounded(self.ranked.blended.values[self.rows]).tolist()

    @cached_property
    def coverage(self) -> list[float]:
        """The share of the recipe's weight that answered, 0-1."""
        return rounded(self.ranked.blended.coverage[self.rows]).tolist()

    @cached_property
    def agreement(self) -> list[float | None]:
        """How much the providers that count say the same, 0-1; None with fewer than two."""
        blended = self.ranked.blended
        counted = np.where(blended.weights[self.rows] > 0, blended.normalised[self.rows], np.nan)
        return [None if isnan(agreed) else round(agreed, _DECIMALS) for agreed in agreement(counted).tolist()]

    @cached_property
    def normalised(self) -> list[list[float]]:
        """The scores on the common scale, NaN where there is none."""
        return self._normalised.tolist()

    @cached_property
    def weights(self) -> list[list[float]]:
        """The effective weights, NaN where there is no score."""
        return self._weights.tolist()

    @cached_property
    def points(self) -> list[list[float]]:
        """What each provider adds: a row adds up to its value to the last decimal."""
        return self._points.tolist()

    @property
    def weights_of(self) -> list[list[float]]:
        """The same as `weights`, provider by provider [p][k]."""
        return self._weights.T.tolist()

    @property
    def points_of(self) -> list[list[float]]:
        """The same as `points`, provider by provider [p][k]."""
        return self._points.T.tolist()

    @cached_property
    def _normalised(self) -> Floats:
        return self.ranked.blended.normalised[self.rows]

    @cached_property
    def _weights(self) -> Floats:
        return np.where(np.isnan(self._normalised), np.nan, self.ranked.blended.weights[self.rows])

    @cached_property
    def _points(self) -> Floats:
        return self.ranked.points(self.rows)

    @cached_property
    def drawn(self) -> DrawResult:
        """The ranges of places and values over the recipe's reasonable alternatives."""
        return self.ranked.draws(slice(self.start, self.stop))

    @cached_property
    def tiers(self) -> list[int]:
        """The tiers, from 1."""
        return self.ranked.tiers(self.stop)[self.start :].tolist()

    @cached_property
    def token(self) -> str:
        """What names the ranking: its snapshot, recipe and filter."""
        return token_of(self.ranked)

    @cached_property
    def named(self) -> str:
        """How computed claims name this ranking; the filter is part of it only where it changes what they say."""
        within = self.ranked.recipe.reference is Reference.WITHIN_LIST
        asked = self.ranked.filter.canonical if within else ""
        return str(RankingLocator(self.ranked.standings.snapshot, self.ranked.recipe.hash, asked))


def token_of(ranked: Ranked) -> str:
    """What names a ranking: its snapshot, recipe and filter."""
    return str(RankingLocator(ranked.standings.snapshot, ranked.recipe.hash, ranked.filter.canonical))
