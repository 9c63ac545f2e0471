"""Blend: the one face of the method. Columns of scores and a recipe in; values, their parts and their ranges out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from renown.claims import Scale
from renown.errors import BadRecipe
from renown.scoring.arrays import Floats, Ints
from renown.scoring.choices import ADDITIVE, Combiner
from renown.scoring.combine import COMBINERS, unless_too_few
from renown.scoring.consensus import Standing, standing
from renown.scoring.explain import contributions, shapley_points, whole_points
from renown.scoring.normal import place_of
from renown.scoring.normalise import normalise_columns
from renown.scoring.recipe import Recipe
from renown.scoring.reference import Consensus, FrozenReference
from renown.scoring.weigh import coverage, effective_weights, fading, recipe_weights, who_counts

# A score off the end of its table is not infinitely good.
_FARTHEST = 1e-7

_AT_ONCE = 1 << 14


@dataclass(frozen=True, slots=True)
class Blend:
    """What a recipe makes of n voices and p providers.

    `normalised` [n, p], NaN where the provider has no score; `weights` [n, p] effective, a row adding up to 1;
    `values` [n] unrounded, NaN where unranked; `coverage` [n] 0-1; `answered` [n] the providers that count;
    `standing` the posterior of each voice, for the combiner CONSENSUS only.
    """

    normalised: Floats
    weights: Floats
    values: Floats
    coverage: Floats
    answered: Ints
    standing: Standing | None = None


def blend(
    scores: Floats,
    scales: Sequence[Scale],
    providers: Sequence[str],
    recipe: Recipe,
    reference: Floats | FrozenReference | None = None,
    *,
    ages_days: Floats | None = None,
    days: Floats | None = None,
) -> Blend:
    """Blend the scores [n, p], NaN where there is none, column j being of `providers[j]` on `scales[j]`.

    `reference` is what they are compared with, for normalisers that compare: scores [m, p], or the frozen tables.
    `ages_days` [n, p] count for a recipe with a half-life and for a consensus whose reference found that standings
    wander; `days` [n, p] since the epoch say which era of its provider each score is of.

    Raises:
        BadRecipe: a scale does not allow the normaliser, or it needs a reference and there is none.
        UnknownName: the recipe weighs a provider that is not among them.
    """
    normalised = normalise_columns(scores, scales, recipe, reference, providers, days=days)
    return reweigh(normalised, providers, recipe, reference, ages_days=ages_days)


def reweigh(
    normalised: Floats,
    providers: Sequence[str],
    recipe: Recipe,
    reference: Floats | FrozenReference | None = None,
    *,
    ages_days: Floats | None = None,
) -> Blend:
    """Blend columns [n, p] that the recipe's normaliser has been applied to already.

    Raises:
        BadRecipe: it needs the consensus of a frozen reference, and there is none (code NO_REFERENCE).
        UnknownName: the recipe weighs a provider that is not among them.
    """
    fitted = fitted_of(reference)
    weights = recipe_weights(recipe, providers, fitted)
    if recipe.combiner is not Combiner.CONSENSUS:
        return _in_pieces(normalised, weights, recipe, ages_days)
    counts = who_counts(normalised, weights)
    answered = counts.sum(axis=1)
    stands = _standing(normalised, counts, providers, fitted, ages_days)
    values = unless_too_few(stands.values, answered, recipe.minimum_providers)
    return Blend(normalised, stands.weights, values, coverage(weights, counts), answered, stands)


def points_of(
    blended: Blend,
    rows: Ints,
    providers: Sequence[str],
    recipe: Recipe,
    reference: Floats | FrozenReference | None = None,
    *,
    ages_days: Floats | None = None,
) -> Floats:
    """What each provider gave [k, p] to the values of ranked rows [k], whose scores are so old: `ages_days` [k, p]."""
    normalised, weights, values = blended.normalised[rows], blended.weights[rows], blended.values[rows]
    if recipe.combiner in ADDITIVE:
        return contributions(normalised, weights, values)
    any_number = replace(recipe, minimum_providers=1)

    def valued(coalitions: Floats, of: Ints) -> Floats:
        ages = None if ages_days is None else ages_days[of]
        return reweigh(coalitions, providers, any_number, reference, ages_days=ages).values

    return whole_points(shapley_points(normalised, valued, weights), weights, values)


def _in_pieces(normalised: Floats, weights: Floats, recipe: Recipe, ages: Floats | None) -> Blend:
    """The blend of so many rows at a time that what lies between stays near the processor; a row stands by itself."""
    rows = len(normalised)
    if rows <= _AT_ONCE:
        return _combined(normalised, weights, recipe, ages)
    # Column by column in memory, as every later step reads it.
    effective, answered = np.empty(normalised.shape[::-1]).T, np.empty(rows, dtype=np.intp)
    values, covered = np.empty(rows), np.empty(rows)
    for start in range(0, rows, _AT_ONCE):
        some = slice(start, start + _AT_ONCE)
        piece = _combined(normalised[some], weights, recipe, None if ages is None else ages[some])
        effective[some], values[some] = piece.weights, piece.values
        covered[some], answered[some] = piece.coverage, piece.answered
    return Blend(normalised, effective, values, covered, answered)


def _combined(normalised: Floats, weights: Floats, recipe: Recipe, ages: Floats | None) -> Blend:
    counts = who_counts(normalised, weights)
    answered = counts.sum(axis=1)
    effective = effective_weights(weights, fading(counts, recipe.half_life_days, ages))
    values = COMBINERS[recipe.combiner](normalised, effective)
    values = unless_too_few(values, answered, recipe.minimum_providers)
    return Blend(normalised, effective, values, coverage(weights, counts), answered)


def fitted_of(reference: Floats | FrozenReference | None) -> Consensus | None:
    """The consensus that a reference brings, if it is frozen tables with one."""
    return reference.consensus if isinstance(reference, FrozenReference) else None


def _standing(
    normalised: Floats, counts: np.ndarray, providers: Sequence[str], fitted: Consensus | None, ages: Floats | None
) -> Standing:
    if fitted is None:
        raise BadRecipe(
            "CONSENSUS needs a frozen reference, and none is held.",
            "Build one with `renown reference build` (30 voices a provider at least), or use the combiner MEAN.",
            code="NO_REFERENCE",
        )
    shares = np.clip(np.where(counts, normalised, np.nan) / 100.0, _FARTHEST, 1.0 - _FARTHEST)
    return standing(place_of(shares), providers, fitted, ages)
