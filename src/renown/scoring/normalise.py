"""Normalise: bring each provider's scores to one scale, 0-100, more being better.

Every function takes a column of float64 with NaN for missing and gives one of the same length with NaN in the same
places. A column in which the reference never varies says nothing of anybody: all of it becomes the middle, 50. A
reference without any score cannot place anybody: all of it becomes NaN.
"""

from collections.abc import Callable, Sequence

import numpy as np

from renown.claims import Scale
from renown.errors import BadRecipe
from renown.scoring.arrays import Floats, Ints
from renown.scoring.choices import BY_ORDER, STANDALONE, Combiner, Normaliser
from renown.scoring.frozen import against_tables
from renown.scoring.order import borda_points, rrf_points
from renown.scoring.recipe import Recipe
from renown.scoring.reference import FrozenReference

_MIDDLE = 0.5


def linear(values: Floats, scale: Scale) -> Floats:
    """Where each value lies between the ends of its declared scale, 0-100. Depends on nobody else.

    Raises:
        BadRecipe: the scale has no top.
    """
    if scale.maximum is None:
        raise BadRecipe(
            "The normaliser LINEAR needs a scale with a top, and one of the metrics has none.",
            "Use PERCENTILE with the reference POPULATION or WITHIN_LIST.",
        )
    share = _share_between(values, scale.minimum, scale.maximum)
    return 100.0 * (share if scale.higher_is_more else 1.0 - share)


def raw(values: Floats, scale: Scale) -> Floats:
    """The values themselves, in the provider's own unit.

    Raises:
        BadRecipe: less is more on this scale, so the values cannot be averaged as they are.
    """
    if not scale.higher_is_more:
        raise BadRecipe("The normaliser RAW cannot take a metric on which less is more.", "Use LINEAR or PERCENTILE.")
    return values.copy()


def percentile(values: Floats, reference: Floats) -> Floats:
    """The mid-rank percentile: the share of the reference that is below, equals counting half; 0-100."""
    # Over the distinct values: published scores have few, so this stays quick for a million voices.
    return percentile_among(values, *np.unique(_known(reference), return_counts=True))


def percentile_among(values: Floats, levels: Floats, counts: Ints) -> Floats:
    """The same where the reference is known by its distinct values, rising, and how often each occurs."""
    if not levels.size:
        return np.full_like(values, np.nan)
    below = np.concatenate(([0], np.cumsum(counts)))
    at = np.searchsorted(levels, values, side="left")
    nearest = np.minimum(at, levels.size - 1)
    equal = np.where(levels[nearest] == values, counts[nearest], 0)
    return np.where(np.isnan(values), np.nan, 100.0 * (below[at] + equal / 2) / below[-1])


def minmax(values: Floats, reference: Floats) -> Floats:
    """Where each value lies between the lowest (0) and the highest (1) of the reference; outside it, beyond."""
    held = _known(reference)
    if not held.size:
        return np.full_like(values, np.nan)
    return _share_between(values, held.min(), held.max())


def zscore(values: Floats, reference: Floats) -> Floats:
    """Standard deviations (of the population kind) from the mean of the reference."""
    # On the reference's own 0-1 range no square can overflow or vanish, and z-scores do not mind the change of unit.
    share, held = minmax(values, reference), minmax(_known(reference), reference)
    deviation = held.std() if held.size else np.nan
    return (share - (held.mean() if held.size else np.nan)) / (deviation or 1.0)


def minmax_score(values: Floats, reference: Floats) -> Floats:
    """`minmax` as 0-100; what lies outside the reference stops at its ends."""
    return np.clip(100.0 * minmax(values, reference), 0.0, 100.0)


def t_score(values: Floats, reference: Floats) -> Floats:
    """`zscore` as McCall's T-score, 50 + 10 z, held within 0-100 (five standard deviations either way).

    Source: W. A. McCall, How to Measure in Education, 1922.
    """
    return np.clip(50.0 + 10.0 * zscore(values, reference), 0.0, 100.0)


_AGAINST: dict[Normaliser, Callable[[Floats, Floats], Floats]] = {
    Normaliser.PERCENTILE: percentile,
    Normaliser.ZSCORE: t_score,
    Normaliser.MINMAX: minmax_score,
}


def normalise_columns(
    scores: Floats,
    scales: Sequence[Scale],
    recipe: Recipe,
    reference: Floats | FrozenReference | None,
    providers: Sequence[str] = (),
    *,
    days: Floats | None = None,
) -> Floats:
    """The scores [n, p] on the recipe's normaliser, one column a provider; see `normalise_as`.

    A combiner that goes by order (BORDA, RRF) puts points for places in their stead.
    """
    if recipe.combiner not in BY_ORDER:
        return normalise_as(recipe.normaliser, scores, scales, reference, providers, days=days)
    shares = normalise_as(Normaliser.PERCENTILE, scores, scales, reference, providers, days=days)
    return (
        borda_points(shares)
        if recipe.combiner is Combiner.BORDA
        else rrf_points(shares, _counted(scores, reference, providers))
    )


def normalise_as(
    normaliser: Normaliser,
    scores: Floats,
    scales: Sequence[Scale],
    reference: Floats | FrozenReference | None,
    providers: Sequence[str] = (),
    *,
    days: Floats | None = None,
) -> Floats:
    """The scores [n, p], column j on `scales[j]`, made comparable by one normaliser.

    They are compared with the scores [m, p] of the reference, or with the frozen tables of `providers` [p], each score
    in the era of its day (`days` [n, p] since the epoch; without, in the latest).

    Raises:
        BadRecipe: a scale does not allow the normaliser, or it needs a reference and there is none.
    """
    if normaliser in STANDALONE:
        step = linear if normaliser is Normaliser.LINEAR else raw
        columns = [step(scores[:, j], scale) for j, scale in enumerate(scales)]
    elif isinstance(reference, FrozenReference):
        return against_tables(normaliser, scores, scales, reference, providers, days=days)
    elif reference is None:
        raise BadRecipe(
            f"The normaliser {normaliser.value} has nobody to compare with.",
            "Use the reference POPULATION, or WITHIN_LIST with a list or filter.",
        )
    else:
        # Turned round, a scale on which less is more is one on which more is more.
        signs = [1.0 if scale.higher_is_more else -1.0 for scale in scales]
        step = _AGAINST[normaliser]
        columns = [step(sign * scores[:, j], sign * reference[:, j]) for j, sign in enumerate(signs)]
    # Column by column in memory, as every later step reads it.
    return np.array(columns).T if columns else np.empty_like(scores)


def _counted(scores: Floats, reference: Floats | FrozenReference | None, providers: Sequence[str]) -> Floats:
    """How many [p] each column's order is among."""
    if isinstance(reference, FrozenReference):
        tables = [reference.table(provider) for provider in providers]
        return np.array([1.0 if table is None else float(table.voices) for table in tables])
    compared = scores if reference is None else reference
    return np.maximum((~np.isnan(compared)).sum(axis=0), 1).astype(np.float64)


def _known(column: Floats) -> Floats:
    missing = np.isnan(column)
    return column[~missing] if missing.any() else column.ravel()


def _share_between(values: Floats, low: float, high: float) -> Floats:
    if low == high:
        return np.where(np.isnan(values), np.nan, _MIDDLE)
    return (values - low) / (high - low)
