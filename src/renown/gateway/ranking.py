"""Ranks a snapshot: mask, blend, places; and only when somebody looks at them, ranges and tiers."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from renown.errors import BadRecipe
from renown.gateway.filtering import Filter
from renown.gateway.standings import Columns, Floats, Standings
from renown.scoring import (
    REACH,
    Blend,
    DrawResult,
    Ranking,
    Recipe,
    Reference,
    blend,
    normalise_columns,
    perturb,
    rank,
    rounded,
    tiers,
)

_SECONDS_A_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Exclusion:
    """How many were left out, for one reason."""

    reason: str
    count: int


@dataclass(frozen=True)
class Ranked:
    """A whole ranking of one snapshot under one recipe and filter, best first.

    `rows` [k] are rows of the standings; `values` [k] are rounded once, to 1e-6, after ranking. `blended` has the m
    rows of `candidates` (all that match the filter), `order` [k] leads from a position into them, and a column for
    each of `columns`: the providers the recipe counts. `considered` voices were looked at; `excluded` says why each of
    the others is not here.
    """

    standings: Standings
    recipe: Recipe
    filter: Filter
    columns: Columns
    candidates: NDArray[np.intp]
    blended: Blend
    ranking: Ranking
    considered: int
    excluded: tuple[Exclusion, ...]

    def __len__(self) -> int:
        return len(self.ranking.rows)

    @cached_property
    def values(self) -> Floats:
        """The values [k] as they are shown."""
        return rounded(self.blended.values[self.ranking.rows])

    @cached_property
    def voices(self) -> tuple[str, ...]:
        """The voice keys [k], best first."""
        return tuple(self.standings.voices[row] for row in self.candidates[self.ranking.rows].tolist())

    @cached_property
    def positions(self) -> dict[str, int]:
        """Where each ranked voice stands, from 0."""
        return {voice: position for position, voice in enumerate(self.voices)}

    @cached_property
    def unranked(self) -> tuple[str, ...]:
        """Voices that match the filter and have too few providers."""
        lacking = self.candidates[np.isnan(self.blended.values)]
        return tuple(self.standings.voices[row] for row in lacking.tolist())

    def draws(self, positions: slice) -> DrawResult:
        """The ranges of the places and values at these positions, over the recipe's reasonable alternatives."""
        standings, columns, rows = self.standings, self.columns, self.candidates[self.ranking.rows]
        return perturb(
            standings.raw[:, columns.at][rows],
            columns.scales,
            columns.providers,
            self.recipe,
            _compared_with(standings, self.recipe, self.candidates, columns.at, alternatives=True),
            rows=positions,
            ages_days=_ages(standings, rows, columns.at),
        )

    def normalise(self, provider: str, value: float) -> float:
        """Any value of a provider on the common scale, compared with those this ranking compares with.

        Raises:
            BadRecipe: the scale does not allow the recipe's normaliser.
        """
        column = self.standings.column(provider)
        normalised = normalise_columns(
            np.array([[value]]),
            [self.standings.scales[column]],
            self.recipe,
            _compared_with(self.standings, self.recipe, self.candidates, [column]),
        )
        return float(normalised[0, 0])

    def tiers(self, stop: int) -> NDArray[np.intp]:
        """The tiers, from 1, of the positions before `stop`."""
        drawn = self.draws(slice(0, stop + REACH))
        return tiers(drawn.places, self.ranking.places[: stop + REACH])[:stop]


def rank_standings(standings: Standings, recipe: Recipe, asked: Filter) -> Ranked:
    """Everybody who matches the filter and has enough providers, ranked; and a count of everybody else, by reason.

    Raises:
        BadRecipe, UnknownName: the recipe or the filter cannot be computed on these columns.
    """
    left = np.ones(len(standings.voices), dtype=bool)
    excluded = []
    for reason, mask in asked.steps(standings):
        excluded.append(Exclusion(reason, int((left & ~mask).sum())))
        left &= mask
    candidates = np.flatnonzero(left)
    columns = standings.columns_for(provider for provider, _ in recipe.weights)
    blended = blend(
        standings.raw[:, columns.at][candidates],
        columns.scales,
        columns.providers,
        recipe,
        _compared_with(standings, recipe, candidates, columns.at),
        ages_days=_ages(standings, candidates, columns.at),
    )
    lacking = int(np.isnan(blended.values).sum())
    excluded.append(Exclusion(f"fewer than {recipe.minimum_providers} providers have a score", lacking))
    values = blended.values
    if asked.minimum_score is not None:
        low = values < asked.minimum_score
        excluded.append(Exclusion(f"composite below {asked.minimum_score:g}", int(low.sum())))
        values = np.where(low, np.nan, values)
    return Ranked(
        standings=standings,
        recipe=recipe,
        filter=asked,
        columns=columns,
        candidates=candidates,
        blended=blended,
        ranking=rank(values),
        considered=len(standings.voices),
        excluded=tuple(exclusion for exclusion in excluded if exclusion.count),
    )


def alone(standings: Standings, recipe: Recipe, voice: str) -> Ranked:
    """The ranking of one voice by itself: its composite, outside any list.

    Raises:
        BadRecipe: the recipe compares within a list, and there is none here.
    """
    if recipe.reference is Reference.WITHIN_LIST:
        raise BadRecipe(
            "WITHIN_LIST compares a voice with the others of a list, and here is no list.",
            "Use POPULATION, or ask for a ranking with a filter.",
        )
    return rank_standings(standings, recipe, Filter(voices=(voice,)))


def _compared_with(
    standings: Standings,
    recipe: Recipe,
    candidates: NDArray[np.intp],
    at: slice | list[int],
    *,
    alternatives: bool = False,
) -> Floats | None:
    """The scores that a recipe compares with. Its alternatives compare even where it does not itself."""
    if recipe.reference is Reference.WITHIN_LIST:
        return standings.raw[:, at][candidates]
    return standings.raw[:, at] if alternatives or recipe.reference is Reference.POPULATION else None


def _ages(standings: Standings, candidates: NDArray[np.intp], at: slice | list[int]) -> Floats:
    """Days [m, p] from each score to the moment of the snapshot; without one, to the newest score in it."""
    moment = (
        standings.as_of.timestamp()
        if isinstance(standings.as_of, datetime)
        else np.nanmax(standings.observed, initial=0.0)
    )
    return (moment - standings.observed[:, at][candidates]) / _SECONDS_A_DAY
