"""Perturb: how far a place moves when the method is changed within reason."""

from collections.abc import Sequence
from itertools import product

import numpy as np

from renown.claims import Scale
from renown.scoring.above import Places
from renown.scoring.arrays import Flags, Floats, Ints
from renown.scoring.blend import Blend, blend, fitted_of
from renown.scoring.choices import BY_ORDER, Normaliser
from renown.scoring.drawing import drawn_standings
from renown.scoring.drawn_ends import Drawn, value_ends
from renown.scoring.drawn_field import Field
from renown.scoring.drawn_places import Among, drawn_places
from renown.scoring.interval import DrawResult, Ends, ranges
from renown.scoring.places import places_of
from renown.scoring.recipe import Recipe
from renown.scoring.reference import FrozenReference
from renown.scoring.sampling import sample
from renown.scoring.weigh import fading, recipe_weights, who_counts

# A recipe in which age counts for nothing is also tried with this half-life, in days.
_ALSO_TRIED = 365.0


def perturb(
    scores: Floats,
    scales: Sequence[Scale],
    providers: Sequence[str],
    recipe: Recipe,
    reference: Floats | FrozenReference | None = None,
    *,
    rows: slice | Ints,
    alternatives: Floats | FrozenReference | None = None,
    ages_days: Floats | None = None,
    days: Floats | None = None,
    blended: Blend | None = None,
) -> DrawResult:
    """The ranges of some rows' places and values over the recipe's reasonable alternatives; arrays as for `blend`.

    Each of `recipe.draws` draws, seeded from the recipe's hash, takes one of the normalisers (those that are not the
    recipe's compare with `alternatives`, by default the same reference), one of the half-lives (the recipe's, half and
    twice as long; a year where it has none), weights round the recipe's, and leaves out nobody or one provider. Places
    are among all voices that the recipe itself ranks; the minimum does not count again. A provider without a say for
    any of them changes nothing. Under CONSENSUS the draws are of the posterior instead. `blended` is what `blend` makes
    of the same, for callers who have it; a row whose value there is NaN is not ranked.

    Raises:
        ValueError: a row is unranked.
        BadRecipe, UnknownName: as `blend`.
    """
    nominal = blended or blend(scores, scales, providers, recipe, reference, ages_days=ages_days, days=days)
    asked = np.arange(len(scores))[rows]
    places, values = places_of(nominal.values, asked), nominal.values[asked]
    if np.isnan(values).any():
        raise ValueError("only a ranked row has a range")
    if not asked.size:
        nothing = np.empty(0)
        return ranges(np.empty((recipe.draws, 0), np.int32), Ends(nothing, nothing), places, values)
    ranked = np.flatnonzero(~np.isnan(nominal.values))
    if nominal.standing is not None:
        drawn = drawn_standings(nominal.standing, ranked, asked, recipe.draws, recipe.seed)
        return ranges(*drawn, places, values)
    columns = _with_a_say(nominal, ranked, providers)

    def drawn_of(table: Floats) -> Floats:
        # All that is asked of everybody is not copied.
        is_whole = ranked.size == len(scores) and columns.tolist() == list(range(len(providers)))
        return table if is_whole else table[np.ix_(ranked, columns)]

    weights, own = recipe_weights(recipe, providers, fitted_of(reference))[columns], drawn_of(nominal.normalised)
    fadings = _fadings(who_counts(own, weights), recipe, None if ages_days is None else drawn_of(ages_days))
    field = Field(
        own=own,
        scores=drawn_of(scores),
        fadings=fadings,
        rows=np.searchsorted(ranked, asked),
        scales=[scales[column] for column in columns],
        providers=tuple(str(providers[column]) for column in columns),
        columns=columns.tolist(),
        alternatives=reference if alternatives is None else alternatives,
        days=None if days is None else drawn_of(days),
    )
    return ranges(*_draw(field, weights, recipe), places, values)


def _draw(field: Field, weights: Floats, recipe: Recipe) -> tuple[Places, Ends]:
    """The drawn places [draws, k] of the asked rows, and the ends [k] of their drawn values."""
    normalisers = _reasonable(recipe, field.scales, field.alternatives)
    choices = list(product(normalisers, range(len(field.fadings))))
    varied = sample(weights, len(choices), recipe.draws, recipe.seed)

    def among(number: int) -> Among:
        return field.among(*choices[number], recipe, varied.weights[varied.choice == number])

    is_alone = len(field.own) == 1  # and the first of one in every draw
    places = np.ones((recipe.draws, 1), np.int32) if is_alone else drawn_places(varied, among, recipe.combiner)
    # Another normaliser's value has another unit: it moves places only. The value is drawn in the recipe's own.
    faded_by = varied.choice % len(field.fadings)
    drawn = [
        Drawn(faded[field.rows], is_whole, varied.weights[faded_by == at])
        for at, (faded, is_whole) in enumerate(zip(field.fadings, field.are_whole, strict=True))
    ]
    return places, value_ends(field.own[field.rows], drawn, recipe.combiner)


def _fadings(counts: Flags, recipe: Recipe, ages: Floats | None) -> list[Floats]:
    """What is left of each weight [n, p] by the recipe's half-life, then by others, where they make a difference."""
    half_life = recipe.half_life_days
    others = (_ALSO_TRIED,) if half_life is None else (half_life / 2, half_life * 2)
    own = fading(counts, half_life, ages)
    faded = (fading(counts, each, ages) for each in others)
    return [own, *(each for each in faded if not np.array_equal(each, own))]


def _with_a_say(nominal: Blend, ranked: Ints, providers: Sequence[str]) -> Ints:
    """The columns that weigh for a ranked row, by slug: neither an empty column nor their order changes a draw."""
    weighing = [column for column, weights in enumerate(nominal.weights.T) if (weights > 0)[ranked].any()]
    return np.array(sorted(weighing, key=lambda column: providers[column]), dtype=np.intp)


def _reasonable(
    recipe: Recipe, scales: Sequence[Scale], alternatives: Floats | FrozenReference | None
) -> tuple[Normaliser, ...]:
    """The recipe's own normaliser first, then the others that these scales and this reference allow."""
    if recipe.combiner in BY_ORDER:
        return (recipe.normaliser,)
    others = [Normaliser.LINEAR] if all(scale.maximum is not None for scale in scales) else []
    if alternatives is not None:
        others += [Normaliser.PERCENTILE, Normaliser.ZSCORE, Normaliser.MINMAX]
    if isinstance(alternatives, FrozenReference):
        others.append(Normaliser.EQUATED)
    return tuple(dict.fromkeys((recipe.normaliser, *others)))
