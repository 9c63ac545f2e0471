"""Normalised scores that are looked up by level are those that normalising everybody anew would give."""

from itertools import product

import numpy as np
import pytest

from renown.gateway import Filter
from renown.gateway.ranking import rank_standings
from renown.scoring import Combiner, Normaliser, Recipe, Reference, normalise_columns
from renown.scoring.choices import BY_ORDER

RECIPES = [
    (normaliser, combiner, reference)
    for normaliser, combiner, reference in product(
        Normaliser, (Combiner.MEAN, Combiner.BORDA, Combiner.RRF), (Reference.POPULATION, Reference.WITHIN_LIST)
    )
    if normaliser is not Normaliser.EQUATED and (combiner not in BY_ORDER or normaliser is Normaliser.PERCENTILE)
]


@pytest.mark.parametrize(("normaliser", "combiner", "reference"), RECIPES)
@pytest.mark.parametrize("asked", [Filter(), Filter(topics=("automotive",)), Filter(list="tyres")])
def test_a_level_stands_for_all_who_have_it(demo_standings, normaliser, combiner, reference, asked):
    """Bit for bit, for every normaliser and filter, the first time and when the tables are held already."""
    recipe = Recipe(normaliser=normaliser, combiner=combiner, reference=reference, minimum_providers=1)
    for _ in range(2):
        ranked = rank_standings(demo_standings, recipe, asked)
        raw = demo_standings.raw[:, ranked.columns.at]
        compared = raw if reference is Reference.POPULATION else raw[ranked.candidates]
        wanted = normalise_columns(
            raw[ranked.candidates], ranked.columns.scales, recipe, compared, ranked.columns.providers
        )
        assert ranked.blended.normalised.tobytes("F") == np.asarray(wanted).tobytes("F")
