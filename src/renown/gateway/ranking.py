"""Ranks a snapshot: mask, blend, places; and only when somebody looks at them, ranges and tiers."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from renown.errors import BadRecipe
from renown.gateway.filtering import Filter
from renown.gateway.normalised import ages_of, compared_with, days_of, normalised
from renown.gateway.standings import Columns, Standings
from renown.gateway.texts import Picked
from renown.scoring import (
    NO_REFERENCE,
    REACH,
    Blend,
    DrawResult,
    FrozenReference,
    IntervalKind,
    Ranking,
    Recipe,
    Reference,
    normalise_columns,
    perturb,
    points_of,
    rank,
    reweigh,
    rounded,
    stands_on,
    tiers,
)
from renown.scoring.arrays import Floats
from renown.scoring.choices import STANDALONE, Combiner

_SECONDS_A_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Exclusion:
    """How many were left out, for one reason."""

    reason: str
    count: int


@dataclass(frozen=True)
class Ranked:
    """A whole ranking of one snapshot under one recipe and filter, best first.

    `candidates` [m] are the rows of the standings that match the filter; `blended` has a row for each of them, and a
    column for each of `columns`: the providers the recipe counts. `ordered` [m] is what they are ranked by, NaN where
    one is not. `values` [k] are rounded once, to 1e-6, after ranking. `considered` voices were looked at; `excluded`
    says why each of the others is not here.
    """

    standings: Standings
    recipe: Recipe
    filter: Filter
    columns: Columns
    candidates: NDArray[np.intp]
    blended: Blend
    ordered: Floats
    considered: int
    excluded: tuple[Exclusion, ...]

    def __len__(self) -> int:
        return self._size

    @cached_property
    def _size(self) -> int:
        return self.ordered.size - _unranked(self.ordered)

    @cached_property
    def ranking(self) -> Ranking:
        """The whole order: rows of `candidates` from first to last, and their places."""
        return rank(self.ordered)

    @cached_property
    def values(self) -> Floats:
        """The values [k] as they are shown."""
        return rounded(self.blended.values[self.ranking.rows])

    @property
    def interval_kind(self) -> IntervalKind:
        """What the ranges say: POSTERIOR under a consensus, else METHOD."""
        return IntervalKind.METHOD if self.blended.standing is None else IntervalKind.POSTERIOR

    @cached_property
    def voices(self) -> Picked:
        """The voice keys [k], best first."""
        return Picked(self.standings.voices, self.candidates[self.ranking.rows])

    @cached_property
    def positions(self) -> dict[str, int]:
        """Where each ranked voice stands, from 0."""
        return {voice: position for position, voice in enumerate(self.voices)}

    @cached_property
    def unranked(self) -> Picked:
        """Voices that match the filter and have too few providers."""
        return Picked(self.standings.voices, self.candidates[np.isnan(self.blended.values)])

    def draws(self, positions: slice) -> DrawResult:
        """The ranges of the places and values at these positions, over the recipe's reasonable alternatives."""
        standings, candidates, at = self.standings, self.candidates, self.columns.at
        return perturb(
            standings.raw[:, at][candidates],
            self.columns.scales,
            self.columns.providers,
            self.recipe,
            compared_with(standings, self.recipe, candidates, at),
            rows=self.ranking.rows[positions],
            alternatives=_alternatives(standings, self.recipe, candidates, at),
            ages_days=ages_of(standings, candidates, at),
            days=days_of(standings, candidates, at),
            blended=replace(self.blended, values=self.ordered),
        )

    def points(self, rows: NDArray[np.intp]) -> Floats:
        """What each of the columns gave [k, q] to the values of some candidates, whose `rows` [k] these are."""
        at, mine = self.columns.at, self.candidates[rows]
        reference = compared_with(self.standings, self.recipe, self.candidates, at)
        ages = ages_of(self.standings, mine, at) if _asks_for_ages(self.recipe) else None
        return points_of(self.blended, rows, self.columns.providers, self.recipe, reference, ages_days=ages)

    def stands_on(self, provider: str) -> str:
        """What a provider's normalised scores stand on, where that is not the recipe's to say; else empty."""
        if self.recipe.reference is not Reference.FROZEN or self.recipe.normaliser in STANDALONE:
            return ""
        return f"; {stands_on(self.recipe.normaliser, provider, self.standings.reference or NO_REFERENCE)}"

    def normalise(self, provider: str, value: float, observed_at: datetime | None = None) -> float:
        """Any value of a provider, of the era of that moment, on the common scale of this ranking.

        Raises:
            BadRecipe: the scale does not allow the recipe's normaliser.
        """
        column = self.standings.column(provider)
        normalised = normalise_columns(
            np.array([[value]]),
            [self.standings.scales[column]],
            self.recipe,
            compared_with(self.standings, self.recipe, self.candidates, [column]),
            [provider],
            days=None if observed_at is None else np.array([[observed_at.timestamp() // _SECONDS_A_DAY]]),
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
    left, many = standings.everybody, len(standings.voices)
    excluded = []
    for reason, meeting in asked.steps(standings):
        left, before = left & meeting, many
        many = len(left)
        excluded.append(Exclusion(reason, before - many))
    candidates = left.rows
    columns = standings.columns_for(provider for provider, _ in recipe.weights)
    blended = reweigh(
        normalised(standings, columns, recipe, candidates),
        columns.providers,
        recipe,
        compared_with(standings, recipe, candidates, columns.at),
        ages_days=ages_of(standings, candidates, columns.at) if _asks_for_ages(recipe) else None,
    )
    values = blended.values
    excluded.append(Exclusion(f"fewer than {recipe.minimum_providers} providers have a score", _unranked(values)))
    if asked.minimum_score is not None:
        low = values < asked.minimum_score
        excluded.append(Exclusion(f"composite below {asked.minimum_score:g}", int(np.count_nonzero(low))))
        values = np.where(low, np.nan, values)
    return Ranked(
        standings=standings,
        recipe=recipe,
        filter=asked,
        columns=columns,
        candidates=candidates,
        blended=blended,
        ordered=values,
        considered=len(standings.voices),
        excluded=tuple(exclusion for exclusion in excluded if exclusion.count),
    )


def _unranked(values: Floats) -> int:
    return int(np.count_nonzero(np.isnan(values)))


def _asks_for_ages(recipe: Recipe) -> bool:
    return recipe.half_life_days is not None or recipe.combiner is Combiner.CONSENSUS


def refuse_alone(recipe: Recipe) -> None:
    """Refuses a recipe that says nothing of a voice by itself.

    Raises:
        BadRecipe: the recipe compares within a list, and there is none here.
    """
    if recipe.reference is Reference.WITHIN_LIST:
        raise BadRecipe(
            "WITHIN_LIST compares a voice with the others of a list, and here is no list.",
            "Use POPULATION, or ask for a ranking with a filter.",
        )


def _alternatives(
    standings: Standings, recipe: Recipe, candidates: NDArray[np.intp], at: slice | list[int]
) -> Floats | FrozenReference | None:
    """What a recipe's alternatives compare with, also where it does not compare itself."""
    if recipe.reference is Reference.FROZEN and standings.reference is None:
        return standings.raw[:, at]
    return compared_with(standings, recipe, candidates, at)
