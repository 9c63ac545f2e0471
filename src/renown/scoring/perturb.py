"""Perturb: how far a place moves when the method is changed within reason."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from renown.claims import Scale
from renown.scoring.arrays import Floats, Ints
from renown.scoring.blend import Blend, blend
from renown.scoring.choices import Normaliser
from renown.scoring.interval import DrawResult, drawn_places, drawn_values, ranges
from renown.scoring.normalise import normalise_as
from renown.scoring.places import places_of
from renown.scoring.recipe import Recipe
from renown.scoring.sampling import sample
from renown.scoring.weigh import fading, recipe_weights, who_counts


def perturb(
    scores: Floats,
    scales: Sequence[Scale],
    providers: Sequence[str],
    recipe: Recipe,
    reference: Floats | None = None,
    *,
    rows: slice | Ints,
    ages_days: Floats | None = None,
) -> DrawResult:
    """The ranges of some rows' places and values over the recipe's reasonable alternatives; arrays as for `blend`.

    Each of `recipe.draws` draws, seeded from the recipe's hash, takes one of the normalisers, weights round the
    recipe's, and leaves out nobody or one provider. Places are among all voices that the recipe itself ranks; the
    minimum does not count again. A provider without a say for any of them changes nothing.

    Raises:
        ValueError: a row is unranked.
        BadRecipe, UnknownName: as `blend`.
    """
    nominal = blend(scores, scales, providers, recipe, reference, ages_days=ages_days)
    asked = np.arange(len(scores))[rows]
    places, values = places_of(nominal.values, asked), nominal.values[asked]
    if np.isnan(values).any():
        raise ValueError("only a ranked row has a range")
    if not asked.size:
        return ranges(np.empty((recipe.draws, 0), np.intp), np.empty((recipe.draws, 0)), places, values)
    ranked = np.flatnonzero(~np.isnan(nominal.values))
    columns = _with_a_say(nominal, ranked, providers)
    field = _Field(
        scores=scores[np.ix_(ranked, columns)],
        scales=[scales[column] for column in columns],
        weights=recipe_weights(recipe, providers)[columns],
        reference=None if reference is None else reference[:, columns],
        ages_days=None if ages_days is None else ages_days[np.ix_(ranked, columns)],
    )
    return ranges(*_draw(field, recipe, np.searchsorted(ranked, asked)), places, values)


@dataclass(frozen=True, slots=True)
class _Field:
    """What the draws are made over: ranked voices only, providers with a say only."""

    scores: Floats
    scales: Sequence[Scale]
    weights: Floats
    reference: Floats | None
    ages_days: Floats | None

    def normalised(self, normaliser: Normaliser) -> Floats:
        return normalise_as(normaliser, self.scores, self.scales, self.reference)


def _draw(field: _Field, recipe: Recipe, rows: Ints) -> tuple[Ints, Floats]:
    """The drawn places and values [draws, k] of some rows of the field."""
    normalisers = _reasonable(recipe.normaliser, field.scales, field.reference)
    varied = sample(field.weights, len(normalisers), recipe.draws, recipe.seed)
    own = field.normalised(recipe.normaliser)
    faded = fading(who_counts(own, field.weights), recipe.half_life_days, field.ages_days)
    places = drawn_places(varied, lambda number: field.normalised(normalisers[number]), faded, rows)
    # Another normaliser's value has another unit: it moves places only. The value is drawn in the recipe's own.
    return places, drawn_values(own[rows], faded[rows], varied, np.arange(recipe.draws))


def _with_a_say(nominal: Blend, ranked: Ints, providers: Sequence[str]) -> Ints:
    """The columns that weigh for a ranked row, by slug: neither an empty column nor their order changes a draw."""
    weighing = np.flatnonzero((nominal.weights[ranked] > 0).any(axis=0)).tolist()
    return np.array(sorted(weighing, key=lambda column: providers[column]), dtype=np.intp)


def _reasonable(own: Normaliser, scales: Sequence[Scale], reference: Floats | None) -> tuple[Normaliser, ...]:
    """The recipe's own normaliser first, then the others that these scales and this reference allow."""
    others = [Normaliser.LINEAR] if all(scale.maximum is not None for scale in scales) else []
    if reference is not None:
        others += [Normaliser.PERCENTILE, Normaliser.ZSCORE, Normaliser.MINMAX]
    return tuple(dict.fromkeys((own, *others)))
