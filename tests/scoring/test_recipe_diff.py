"""Differences of recipes, in words; and what a recipe says of itself."""

import re
from contextlib import suppress
from itertools import product

from renown.errors import BadRecipe
from renown.scoring import Combiner, Normaliser, Recipe, Reference, Weighting
from renown.scoring.recipe_diff import differences, in_words, label_of


def test_a_recipe_does_not_differ_from_itself():
    """Nor from one that means the same."""
    one = Recipe(weighting=Weighting.CUSTOM, weights=(("klout", 2), ("kred", 4)))
    other = Recipe(weighting=Weighting.CUSTOM, weights=(("kred", 2), ("klout", 1)))
    assert differences(one, other) == ()


def test_every_choice_that_differs_is_told_with_both_values():
    """Weights, the weighting and the half-life, in the order of the method; nothing else."""
    plain = Recipe(normaliser=Normaliser.LINEAR, half_life_days=None)
    other = Recipe(
        normaliser=Normaliser.LINEAR,
        combiner=plain.combiner,
        weighting=Weighting.CUSTOM,
        weights=(("klout", 2), ("kred", 1)),
        half_life_days=30.0,
    )
    assert [(each.field, each.after) for each in differences(plain, other) if each.field != "reference"] == [
        ("weighting", "custom"),
        ("weights", "klout 2, kred 1"),
        ("half_life_days", "30"),
    ]
    assert [each.before for each in differences(plain, other) if each.field == "half_life_days"] == ["none"]


def test_every_field_of_a_recipe_has_words():
    """No choice of a recipe is told by the bare name of its field."""
    bare = [field for field in Recipe().canonical if label_of(field) == field.replace("_", " ").capitalize()]
    assert bare == []
    assert label_of("new_choice") == "New choice"
    assert in_words("WITHIN_LIST") == "within list"


def _recipes():
    choices = product(Normaliser, Reference, Combiner, Weighting, (None, 1.5))
    for normaliser, reference, combiner, weighting, half_life in choices:
        weights = (("klout", 0.5), ("kred", 0.25)) if weighting is Weighting.CUSTOM else ()
        with suppress(BadRecipe):
            yield Recipe(
                normaliser=normaliser,
                reference=reference,
                combiner=combiner,
                weighting=weighting,
                weights=weights,
                half_life_days=half_life,
            )


def test_every_recipe_is_explained_in_exactly_two_sentences():
    """Whatever the choices, two sentences, each of which begins with a capital and ends with a full stop."""
    explained = [recipe.explanation for recipe in _recipes()]
    assert len(explained) > 10
    odd = [said for said in explained if not re.fullmatch(r"[A-Z](?:[^.]|\.(?! ))*\. [A-Z](?:[^.]|\.(?=\S))*\.", said)]
    assert odd == []
