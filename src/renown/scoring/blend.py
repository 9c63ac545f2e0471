"""Blend: the one face of the method. Columns of scores and a recipe in; values, their parts and their ranges out."""

from collections.abc import Sequence
from dataclasses import dataclass

from renown.claims import Scale
from renown.scoring.arrays import Floats, Ints
from renown.scoring.combine import unless_too_few, weighted_mean
from renown.scoring.normalise import normalise_columns
from renown.scoring.recipe import Recipe
from renown.scoring.weigh import coverage, effective_weights, fading, recipe_weights, who_counts


@dataclass(frozen=True, slots=True)
class Blend:
    """What a recipe makes of n voices and p providers.

    `normalised` [n, p], NaN where the provider has no score; `weights` [n, p] effective, a row adding up to 1;
    `values` [n] unrounded, NaN where unranked; `coverage` [n] 0-1; `answered` [n] the providers that count.
    """

    normalised: Floats
    weights: Floats
    values: Floats
    coverage: Floats
    answered: Ints


def blend(
    scores: Floats,
    scales: Sequence[Scale],
    providers: Sequence[str],
    recipe: Recipe,
    reference: Floats | None = None,
    *,
    ages_days: Floats | None = None,
) -> Blend:
    """Blend the scores [n, p], NaN where there is none, column j being of `providers[j]` on `scales[j]`.

    `reference` [m, p] holds the scores they are compared with, for normalisers that compare; `ages_days` [n, p] counts
    for a recipe with a half-life.

    Raises:
        BadRecipe: a scale does not allow the normaliser, or it needs a reference and there is none.
        UnknownName: the recipe weighs a provider that is not among them.
    """
    return reweigh(normalise_columns(scores, scales, recipe, reference), providers, recipe, ages_days=ages_days)


def reweigh(normalised: Floats, providers: Sequence[str], recipe: Recipe, *, ages_days: Floats | None = None) -> Blend:
    """Blend columns [n, p] that the recipe's normaliser has been applied to already.

    Raises:
        UnknownName: the recipe weighs a provider that is not among them.
    """
    weights = recipe_weights(recipe, providers)
    counts = who_counts(normalised, weights)
    effective = effective_weights(weights, fading(counts, recipe.half_life_days, ages_days))
    answered = counts.sum(axis=1)
    values = unless_too_few(weighted_mean(normalised, effective), answered, recipe.minimum_providers)
    return Blend(normalised, effective, values, coverage(weights, counts), answered)
