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
    NO_REFERENCE,
    REACH,
    Blend,
    DrawResult,
    FrozenReference,
    IntervalKind,
    Part,
    Ranking,
    Recipe,
    Reference,
    blend,
    normalise_columns,
    parts_of,
    perturb,
    rank,
    rounded,
    stands_on,
    tiers,
)
from renown.scoring.choices import STANDALONE

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

    @property
    def interval_kind(self) -> IntervalKind:
        """What the ranges say: POSTERIOR under a consensus, else METHOD."""
        return IntervalKind.METHOD if self.blended.standing is None else IntervalKind.POSTERIOR

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
            _compared_with(standings, self.recipe, self.candidates, columns.at),
            rows=positions,
            alternatives=_alternatives(standings, self.recipe, self.candidates, columns.at),
            ages_days=_ages(standings, rows, columns.at),
            days=_days(standings, rows, columns.at),
        )

    def parts(self, row: int) -> tuple[Part, ...]:
        """What each of the columns gave to the value of one candidate's row."""
        at, mine = self.columns.at, self.candidates[row : row + 1]
        reference = _compared_with(self.standings, self.recipe, self.candidates, at)
        ages = _ages(self.standings, mine, at)[0]
        return parts_of(self.blended, row, self.columns.providers, self.recipe, reference, ages_days=ages)

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
            _compared_with(self.standings, self.recipe, self.candidates, [column]),
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
        days=_days(standings, candidates, columns.at),
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
    standings: Standings, recipe: Recipe, candidates: NDArray[np.intp], at: slice | list[int]
) -> Floats | FrozenReference | None:
    """What a recipe compares scores with: the list's, everybody's, or the frozen tables."""
    if recipe.reference is Reference.FROZEN:
        return standings.reference or NO_REFERENCE
    return standings.raw[:, at] if recipe.reference is Reference.POPULATION else standings.raw[:, at][candidates]


def _alternatives(
    standings: Standings, recipe: Recipe, candidates: NDArray[np.intp], at: slice | list[int]
) -> Floats | FrozenReference | None:
    """What a recipe's alternatives compare with, also where it does not compare itself."""
    if recipe.reference is Reference.FROZEN and standings.reference is None:
        return standings.raw[:, at]
    return _compared_with(standings, recipe, candidates, at)


def _days(standings: Standings, rows: NDArray[np.intp], at: slice | list[int]) -> Floats | None:
    """The days [m, p] of the scores since the epoch, where a frozen table may be of an era; else nobody asks."""
    return standings.days[:, at][rows] if standings.reference is not None else None


def _ages(standings: Standings, candidates: NDArray[np.intp], at: slice | list[int]) -> Floats:
    """Days [m, p] from each score to the moment of the snapshot; without one, to the newest score in it."""
    moment = (
        standings.as_of.timestamp()
        if isinstance(standings.as_of, datetime)
        else np.nanmax(standings.observed, initial=0.0)
    )
    return (moment - standings.observed[:, at][candidates]) / _SECONDS_A_DAY
