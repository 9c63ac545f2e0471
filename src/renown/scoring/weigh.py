"""Weigh: how much say each provider has, in the recipe and for each voice."""

from collections.abc import Sequence

import numpy as np

from renown.errors import UnknownName
from renown.scoring.arrays import Flags, Floats
from renown.scoring.choices import Weighting
from renown.scoring.published import published_loading
from renown.scoring.recipe import Recipe
from renown.scoring.reference import Consensus

# So few numbers numpy adds in turn, wherever they lie; more of them in eights where they lie side by side.
_SUMMED_IN_TURN = 7


def recipe_weights(recipe: Recipe, providers: Sequence[str], fitted: Consensus | None = None) -> Floats:
    """The recipe's weight of each provider [p], as proportions: whole numbers, so that their sums are exact.

    RELIABILITY takes it from the `fitted` consensus, or from published figures where nothing is fitted.

    Raises:
        UnknownName: the recipe weighs a provider that is not there (UNKNOWN_PROVIDER).
    """
    if recipe.weighting is Weighting.EQUAL:
        return np.ones(len(providers))
    if recipe.weighting is Weighting.RELIABILITY:
        return reliability_weights(providers, fitted)
    given = dict(recipe.weights)
    for provider in given:
        if provider not in providers:
            raise UnknownName("provider", provider, providers)
    return np.array([given.get(provider, 0.0) for provider in providers], dtype=np.float64)


def reliability_weights(providers: Sequence[str], fitted: Consensus | None) -> Floats:
    """Weights [p] in thousandths of the largest: loading / (1 - loading^2), shared out among near-copies.

    The best weights for witnesses of one thing whose noises are their own. A provider that has no part in the fit has
    its published reliability. Source: M. S. Bartlett, "The statistical conception of mental factors", British Journal
    of Psychology 28, 1937.
    """
    if fitted is None:
        loadings, copies = np.array([published_loading(slug) for slug in providers]), np.ones(len(providers))
    else:
        found = [fitted.loading(slug) for slug in providers]
        loadings = np.array(
            [published_loading(slug) if load is None else load for slug, load in zip(providers, found, strict=True)]
        )
        copies = np.array([len(set(fitted.copies(slug)) & set(providers)) or 1 for slug in providers])
    say = loadings / (1.0 - loadings**2) / copies
    return np.rint(1000.0 * say / (say.max(initial=0.0) or 1.0))


def who_counts(normalised: Floats, weights: Floats) -> Flags:
    """Where [n, p] a provider answered and has a say at all."""
    return ~np.isnan(normalised) & (weights > 0)


def fading(counts: Flags, half_life_days: float | None, ages_days: Floats | None) -> Floats:
    """What is left [n, p] of each weight: 1 for a voice's youngest score, half for one a half-life older, ...

    Only how much older matters, as the weights of a voice are shared out anew; measured from the youngest, a voice of
    whom all is long ago keeps a value. Zero where nobody counts. An age that is unknown (NaN) or ahead is taken as 0.
    """
    if half_life_days is None or ages_days is None:
        return counts.astype(np.float64)
    ages = np.maximum(np.nan_to_num(ages_days), 0.0)
    youngest = np.min(ages, axis=1, initial=np.inf, where=counts, keepdims=True)
    older = np.where(counts, ages - np.where(np.isinf(youngest), 0.0, youngest), 0.0)
    return np.where(counts, 0.5 ** (older / half_life_days), 0.0)


def effective_weights(weights: Floats, faded: Floats) -> Floats:
    """Each voice's weights [n, p], shared out over those that count: every row adds up to 1, or is all zero."""
    say = faded * weights
    total = across(say)
    return say / np.where(total > 0, total, 1.0)[:, np.newaxis]


def coverage(weights: Floats, counts: Flags) -> Floats:
    """The share [n] of the recipe's weight that answered, 0-1. Age takes nothing from it: an old answer is one."""
    total = weights.sum()
    return across(counts * weights) / (total if total > 0 else 1.0)


def across(matrix: Floats) -> Floats:
    """Sums [n] over the providers, one after the other: the same bytes for a row whatever rows stand beside it."""
    if matrix.shape[1] <= _SUMMED_IN_TURN:
        return np.add.reduce(matrix, axis=1)
    total = np.zeros(len(matrix))
    for column in matrix.T:
        total += column
    return total
