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
from renown.scoring.explain import Part, contributions, in_parts, shapley_points
from renown.scoring.normal import place_of
from renown.scoring.normalise import normalise_columns
from renown.scoring.recipe import Recipe
from renown.scoring.reference import Consensus, FrozenReference
from renown.scoring.weigh import coverage, effective_weights, fading, recipe_weights, who_counts

# A score off the end of its table is not infinitely good.
_FARTHEST = 1e-7


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
    counts = who_counts(normalised, weights)
    answered = counts.sum(axis=1)
    stands = None
    if recipe.combiner is Combiner.CONSENSUS:
        stands = _standing(normalised, counts, providers, fitted, ages_days)
        effective, values = stands.weights, stands.values
    else:
        effective = effective_weights(weights, fading(counts, recipe.half_life_days, ages_days))
        values = COMBINERS[recipe.combiner](normalised, effective)
    values = unless_too_few(values, answered, recipe.minimum_providers)
    return Blend(normalised, effective, values, coverage(weights, counts), answered, stands)


def parts_of(
    blended: Blend,
    row: int,
    providers: Sequence[str],
    recipe: Recipe,
    reference: Floats | FrozenReference | None = None,
    *,
    ages_days: Floats | None = None,
) -> tuple[Part, ...]:
    """What each provider [p] gave to the value of one ranked row, whose scores are so old: `ages_days` [p]."""
    normalised, weights, value = blended.normalised[row], blended.weights[row], float(blended.values[row])
    if recipe.combiner in ADDITIVE:
        return contributions(normalised, weights, value)
    any_number = replace(recipe, minimum_providers=1)

    def valued(rows: Floats) -> Floats:
        ages = None if ages_days is None else np.broadcast_to(ages_days, rows.shape)
        return reweigh(rows, providers, any_number, reference, ages_days=ages).values

    return in_parts(shapley_points(normalised, valued, weights), weights, ~np.isnan(normalised), value)


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
