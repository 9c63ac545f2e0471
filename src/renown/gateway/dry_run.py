"""What another recipe would do to a ranking: who moves, who enters or leaves, and how alike both orders are."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from renown.gateway.filtering import Filter
from renown.gateway.gateway import Gateway
from renown.gateway.ranking import Ranked
from renown.gateway.standings import Standings
from renown.scoring import Recipe
from renown.scoring.rank_correlation import kendall

FAR = 3
_SHOWN = 10

_Ints = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Move:
    """A voice key with its place by either recipe."""

    voice: str
    before: int
    after: int


@dataclass(frozen=True)
class DryRun:
    """The same voices ranked by two recipes. Places are those in each whole ranking, equal ones shared."""

    before: Ranked
    after: Ranked

    @cached_property
    def _places(self) -> tuple[_Ints, _Ints]:
        """The place [n] of each voice of the standings by either recipe; 0 where it is not ranked."""
        return _places(self.before), _places(self.after)

    @cached_property
    def _in_both(self) -> _Ints:
        was, becomes = self._places
        return np.flatnonzero((was > 0) & (becomes > 0))

    @cached_property
    def _shifts(self) -> _Ints:
        was, becomes = self._places
        return np.abs(becomes - was)[self._in_both]

    @property
    def in_both(self) -> int:
        """How many are ranked by both."""
        return len(self._in_both)

    @property
    def moved(self) -> int:
        """How many of those have another place."""
        return int((self._shifts > 0).sum())

    @property
    def moved_far(self) -> int:
        """How many of those move three places or more."""
        return int((self._shifts >= FAR).sum())

    @property
    def entered(self) -> int:
        """How many are ranked by the second recipe only."""
        return len(self.after) - self.in_both

    @property
    def left(self) -> int:
        """How many are ranked by the first recipe only."""
        return len(self.before) - self.in_both

    @property
    def tau(self) -> float | None:
        """Kendall's tau-b between both orders; None where it cannot be told."""
        was, becomes = (places[self._in_both].astype(np.float64) for places in self._places)
        return kendall(was, becomes)

    @property
    def most_moved(self) -> tuple[Move, ...]:
        """The ten who move most, most first; equals by their first place."""
        was, becomes = (places[self._in_both] for places in self._places)
        order = np.lexsort((was, -self._shifts))[:_SHOWN]
        voices = self.before.standings.voices
        return tuple(
            Move(voices[int(self._in_both[at])], int(was[at]), int(becomes[at])) for at in order if self._shifts[at] > 0
        )


async def dry_run(gateway: Gateway, before: Recipe, after: Recipe, asked: Filter, standings: Standings) -> DryRun:
    """What ranking by the second recipe in the place of the first would change. Nothing is kept but the recipes.

    Raises:
        BadRecipe, UnknownName, BadRequest: a recipe or the filter cannot be computed on these standings.
    """
    return DryRun(
        await gateway.rank(asked, before, standings=standings), await gateway.rank(asked, after, standings=standings)
    )


def _places(ranked: Ranked) -> _Ints:
    places = np.zeros(len(ranked.standings.voices), dtype=np.intp)
    places[ranked.candidates[ranked.ranking.rows]] = ranked.ranking.places
    return places
