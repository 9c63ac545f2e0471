"""The worlds between two rankings: some causes as they are now, the others as they were then.

A world is made of columns and ranked as any snapshot is, so that the first and the last of them are the two rankings.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from renown.errors import BadRecipe
from renown.gateway.bitset import Bitset
from renown.gateway.filtering import Filter
from renown.gateway.method_change import moment_of, restate
from renown.gateway.ranking import Ranked, rank_standings
from renown.scoring import Combiner, Recipe
from renown.scoring.arrays import Flags, Floats
from renown.scoring.movement import Cause, Stand
from renown.scoring.places import UNIT

_Cell = TypeVar("_Cell", bound=np.generic)
_INSIDE = "inside"  # a world has one list: those who are in its ranking


class Side:
    """One of the two rankings, in rows of `voices`: `raw`, `observed` [n, p], and who [n] `matches` and is `placed`."""

    def __init__(self, ranked: Ranked, voices: Sequence[str]) -> None:
        self.ranked = ranked
        standings = ranked.standings
        self.moment = moment_of(standings)
        self.raw, self.observed = standings.raw, standings.observed
        self.matches = np.zeros(len(standings.voices), dtype=bool)
        self.matches[ranked.candidates] = True
        self.placed = np.zeros(len(standings.voices), dtype=bool)
        self.placed[ranked.candidates[ranked.ranking.rows]] = True
        if standings.voices != voices:
            rows = {voice: row for row, voice in enumerate(voices)}
            at = np.array([rows[voice] for voice in standings.voices], dtype=np.intp)
            self.raw, self.observed = (_spread(each, at, len(voices), np.nan) for each in (self.raw, self.observed))
            self.matches, self.placed = (_spread(each, at, len(voices), False) for each in (self.matches, self.placed))


class Worlds:
    """All worlds between two rankings of the same columns, for a voice that is in both.

    Whoever has no score that either recipe counts is not known. A voice known at one moment only came or went, and its
    scores are those of that moment; whoever is known at both has the scores of then or of now.
    """

    def __init__(self, then: Ranked, now: Ranked, voice: str) -> None:
        one, other = then.standings.voices, now.standings.voices
        voices = one if one == other else tuple(sorted({*one, *other}))
        self.then, self.now = Side(then, voices), Side(now, voices)
        self._voices = voices
        self._rows = now.standings.rows if voices is other else {each: row for row, each in enumerate(voices)}
        self.own = self._rows[voice]
        scores, moments = (self.then.raw, self.now.raw), (self.then.observed, self.now.observed)
        self.restated = restate(now.standings, scores, moments)
        self.counted = np.zeros(len(now.standings.providers), dtype=bool)
        self.counted[then.columns.at] = self.counted[now.columns.at] = True

    def __len__(self) -> int:
        return len(self._voices)

    @cached_property
    def known(self) -> tuple[Flags, Flags]:
        """Who [n] is known then, and now."""
        return self._known(self.then.raw), self._known(self.now.raw)

    @cached_property
    def rescored(self) -> NDArray[np.bool_]:
        """Where [n, p] the score of a voice known at both moments changed, its provider's method apart."""
        held = (self.known[0] & self.known[1])[:, np.newaxis] & self.counted
        return held & (_differ(self.then.raw, self.restated.now) | _differ(self.restated.then, self.now.raw))

    @cached_property
    def rescored_peers(self) -> NDArray[np.bool_]:
        """Which voices [n], the voice itself apart, are rescored."""
        rescored = np.array(self.rescored.any(axis=1))
        rescored[self.own] = False
        return rescored

    @cached_property
    def changed(self) -> frozenset[Cause]:
        """The causes whose switching can change a world."""
        then, now = self.then, self.now
        same_list = np.array_equal(then.matches & self.known[0], now.matches & self.known[1])
        recipes = then.ranked.recipe, now.ranked.recipe
        aged = then.moment != now.moment or bool(_differ(then.observed, now.observed)[:, self.counted].any())
        references = [side.ranked.standings.reference for side in (then, now)]
        found = {
            Cause.OWN_CHANGE: bool(self.rescored[self.own].any()),
            Cause.PEERS: bool(self.rescored_peers.any()),
            Cause.UNIVERSE: not (same_list and np.array_equal(*self.known)),
            Cause.PROVIDER_METHOD: bool(self.restated.cells.any()) or references[0] != references[1],
            Cause.RECIPE: recipes[0] != recipes[1],
            Cause.STALENESS: aged and any(map(counts_age, recipes)),
        }
        return frozenset(cause for cause, has_changed in found.items() if has_changed)

    def stand(self, switched: frozenset[Cause]) -> Stand | None:
        """Where the voice stands with these causes as they are now; None where it is unranked, or nothing can be."""

        def side(cause: Cause) -> Side:
            return self.now if cause in switched else self.then

        inside = side(Cause.UNIVERSE).matches & self.known[Cause.UNIVERSE in switched]
        # What belongs to the method beside the scores, the frozen reference above all, comes with its own snapshot.
        standings = replace(
            side(Cause.PROVIDER_METHOD).ranked.standings,
            as_of=side(Cause.STALENESS).moment,
            voices=self._voices,
            rows=self._rows,
            raw=self._raw(switched),
            observed=self._observed(switched),
            lists={_INSIDE: Bitset.of(inside)},
        )
        asked = Filter(list=_INSIDE, minimum_score=self.now.ranked.filter.minimum_score)
        try:
            ranked = rank_standings(standings, side(Cause.RECIPE).ranked.recipe, asked)
        except BadRecipe:  # the recipe of one moment, and no reference for it at the other
            return None
        return _stand(ranked, self.own)

    def _raw(self, switched: frozenset[Cause]) -> Floats:
        before, after = self.known
        rescored = np.full(len(self), Cause.PEERS in switched)
        rescored[self.own] = Cause.OWN_CHANGE in switched
        rescored = np.where(before & after, rescored, after)
        if Cause.PROVIDER_METHOD in switched:
            raw = np.where(rescored[:, np.newaxis], self.now.raw, self.restated.then)
        else:
            raw = np.where(rescored[:, np.newaxis], self.restated.now, self.then.raw)
        raw[~self.known[Cause.UNIVERSE in switched]] = np.nan
        return raw

    def _observed(self, switched: frozenset[Cause]) -> Floats:
        """The moments of the scores: where the method changed with it, else with age. One that has none lends it."""
        later = np.where(self.restated.cells, Cause.PROVIDER_METHOD in switched, Cause.STALENESS in switched)
        chosen = np.where(later, self.now.observed, self.then.observed)
        other = np.where(later, self.then.observed, self.now.observed)
        return np.where(np.isnan(chosen), other, chosen)

    def _known(self, raw: Floats) -> Flags:
        return np.array(~np.isnan(raw[:, self.counted]).all(axis=1))


def counts_age(recipe: Recipe) -> bool:
    """Whether a recipe gives a score another weight as it grows old."""
    return recipe.half_life_days is not None or recipe.combiner is Combiner.CONSENSUS


def _stand(ranked: Ranked, row: int) -> Stand | None:
    at = np.searchsorted(ranked.candidates, row)
    position = np.flatnonzero(ranked.ranking.rows == at)
    if not position.size:
        return None
    return Stand(round(float(ranked.values[position[0]]) * UNIT), int(ranked.ranking.places[position[0]]))


def _spread(column: NDArray[_Cell], rows: NDArray[np.intp], number: int, empty: object) -> NDArray[_Cell]:
    spread = np.full((number, *column.shape[1:]), empty, dtype=column.dtype)
    spread[rows] = column
    return spread


def _differ(one: Floats, other: Floats) -> NDArray[np.bool_]:
    return (one != other) & ~(np.isnan(one) & np.isnan(other))
