"""The scores of some rows of the standings as a recipe normalises them, by tables that are kept with the snapshot."""

import numpy as np

from renown.gateway.standings import Columns, Standings
from renown.scoring import NO_REFERENCE, FrozenReference, Recipe, Reference, normalise_columns
from renown.scoring.arrays import Floats, Ints
from renown.scoring.choices import BY_ORDER, STANDALONE, Combiner, Normaliser
from renown.scoring.normalise import percentile_among

_SECONDS_A_DAY = 86_400


def normalised(standings: Standings, columns: Columns, recipe: Recipe, rows: Ints) -> Floats:
    """The scores [m, q] of these rows, one column each of `columns`: the same as if all were normalised anew.

    Raises:
        BadRecipe: a scale does not allow the recipe's normaliser.
    """
    found = np.empty((len(columns.numbers), rows.size)).T
    for at, column in enumerate(columns.numbers):
        if _takes_each_by_itself(standings, recipe, standings.providers[column]):
            found[:, at] = standings.levels(column).read(_table(standings, recipe, column), rows)
        else:
            found[:, at] = _anew(standings, recipe, column, rows)
    return found


def compared_with(
    standings: Standings, recipe: Recipe, rows: Ints, at: slice | list[int]
) -> Floats | FrozenReference | None:
    """What a recipe compares scores with: those of the candidates' `rows`, everybody's, or the frozen tables."""
    if recipe.reference is Reference.FROZEN:
        return standings.reference or NO_REFERENCE
    return standings.raw[:, at] if recipe.reference is Reference.POPULATION else standings.raw[rows][:, at]


def days_of(standings: Standings, rows: Ints, at: slice | list[int]) -> Floats | None:
    """The days [m, q] of the scores since the epoch, where a frozen table may be of an era; else nobody asks."""
    return standings.days[rows][:, at] if standings.reference is not None else None


def ages_of(standings: Standings, rows: Ints, at: slice | list[int]) -> Floats:
    """Days [m, q] from each score to the moment of the snapshot; without one, to the newest score in it."""
    moment = standings.newest if standings.as_of is None else standings.as_of.timestamp()
    return (moment - standings.observed[rows][:, at]) / _SECONDS_A_DAY


def _takes_each_by_itself(standings: Standings, recipe: Recipe, provider: str) -> bool:
    """Whether the level of a score alone says what becomes of it, whoever is asked for."""
    if recipe.reference is Reference.POPULATION:
        return not _stands_alone(recipe)
    if recipe.reference is not Reference.FROZEN or _stands_alone(recipe):
        return False
    # With tables of several eras the day decides as well.
    return sum(table.provider == provider for table in (standings.reference or NO_REFERENCE).tables) <= 1


def _stands_alone(recipe: Recipe) -> bool:
    """Whether a score is normalised so quickly that a table of levels saves nothing."""
    return recipe.normaliser in STANDALONE and recipe.combiner not in BY_ORDER


def _table(standings: Standings, recipe: Recipe, column: int) -> Floats:
    """What [u] becomes of each level of a column."""
    key = column, recipe.normaliser, recipe.reference, recipe.combiner if recipe.combiner in BY_ORDER else None
    found = standings.tables.get(key)
    if found is None:
        found = standings.tables[key] = _made(standings, recipe, column)
    return found


def _made(standings: Standings, recipe: Recipe, column: int) -> Floats:
    levels, scale = standings.levels(column), standings.scales[column]
    is_share = recipe.combiner is Combiner.BORDA or (
        recipe.normaliser is Normaliser.PERCENTILE and recipe.combiner is not Combiner.RRF
    )
    if is_share and recipe.reference is Reference.POPULATION:
        # How many have each level is known, so nobody's score need be looked at.
        held = np.flatnonzero(levels.counts)[:: 1 if scale.higher_is_more else -1]
        sign = 1.0 if scale.higher_is_more else -1.0
        return percentile_among(sign * levels.values, sign * levels.values[held], levels.counts[held])
    nobody = np.empty(0, dtype=np.intp)
    reference = compared_with(standings, recipe, nobody, [column])
    one = levels.values[:, np.newaxis], [scale]
    return normalise_columns(*one, recipe, reference, [standings.providers[column]])[:, 0]


def _anew(standings: Standings, recipe: Recipe, column: int, rows: Ints) -> Floats:
    one = [column]
    return normalise_columns(
        standings.raw[rows][:, one],
        [standings.scales[column]],
        recipe,
        compared_with(standings, recipe, rows, one),
        [standings.providers[column]],
        days=days_of(standings, rows, one),
    )[:, 0]
