import hashlib
import json
import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renown.errors import BadRecipe
from renown.scoring import Combiner, Normaliser, Recipe, Reference, Weighting


def _custom(*weights, **choices):
    return Recipe(weighting=Weighting.CUSTOM, weights=weights, **choices)


WEIGHTS = st.dictionaries(st.sampled_from(["klout", "kred", "peerindex", "renown"]), st.integers(1, 1000), min_size=1)


def test_the_hash_is_the_sha256_of_the_canonical_json():
    """Anybody can check a hash: it is the sha256 of the sorted, tight JSON of `canonical`."""
    recipe = _custom(("kred", 1), ("klout", 2), half_life_days=30.0)
    text = json.dumps(recipe.canonical, sort_keys=True, separators=(",", ":"))
    assert text == recipe.canonical_text
    assert recipe.hash == hashlib.sha256(text.encode()).hexdigest()
    assert recipe.canonical["weights"] == {"klout": 2, "kred": 1}


def test_the_default_recipe_keeps_its_hash():
    """The hash of the default recipe is fixed: locks and seeds of the past depend on it."""
    assert Recipe().hash == "89bfc4879d397f74f98f7273654cbad6d66932694dd4504c08cb2718419e319b"


@given(WEIGHTS, st.integers(1, 900))
def test_only_the_proportions_of_weights_count(weights, factor):
    """Scaled or reordered weights, whole or decimal, are the same recipe with the same hash."""
    plain = _custom(*weights.items())
    scaled = _custom(*((provider, float(weight * factor)) for provider, weight in reversed(weights.items())))
    assert plain == scaled
    assert plain.hash == scaled.hash


def test_numbers_have_one_form_and_zero_weights_none():
    """30 and 30.0 days, decimal tenths and whole numbers, a zero weight and none: alike in hash."""
    assert Recipe(half_life_days=30).hash == Recipe(half_life_days=30.0).hash
    assert _custom(("klout", 0.1), ("kred", 0.2)).hash == _custom(("klout", 1), ("kred", 2)).hash
    assert _custom(("klout", 1.001), ("kred", 2.002)).hash == _custom(("klout", 1), ("kred", 2)).hash
    assert _custom(("klout", 1), ("kred", 0)).hash == _custom(("klout", 5)).hash


@given(WEIGHTS, st.none() | st.floats(0.01, 1e6), st.integers(1, 9), st.sampled_from(list(Reference)))
def test_a_recipe_comes_back_from_its_canonical_json(weights, half_life, minimum, reference):
    """Writing a recipe down and reading it again gives the same recipe and hash."""
    recipe = _custom(*weights.items(), half_life_days=half_life, minimum_providers=minimum, reference=reference)
    again = Recipe.from_canonical(recipe.canonical_text)
    assert again == recipe
    assert again.hash == recipe.hash


def test_every_choice_changes_the_hash():
    """Recipes that differ in one choice never share a hash."""
    recipes = [
        Recipe(),
        Recipe(normaliser=Normaliser.RAW),
        Recipe(reference=Reference.POPULATION),
        Recipe(minimum_providers=1),
        Recipe(half_life_days=1),
        Recipe(draws=100),
        _custom(("klout", 1)),
        _custom(("kred", 1)),
    ]
    assert len({recipe.hash for recipe in recipes}) == len(recipes)


@pytest.mark.parametrize(
    ("choices", "words"),
    [
        ({"weights": (("klout", math.nan),)}, "'klout' is not a finite number"),
        ({"weights": (("klout", math.inf),)}, "'klout' is not a finite number"),
        ({"weights": (("klout", -1),)}, "negative"),
        ({"weights": (("klout", 1e-9),)}, "outside 0.000001"),
        ({"weights": (("klout", 1e13),)}, "outside 0.000001"),
        ({"weights": (("klout", 0), ("kred", 0.0))}, "All weights are zero"),
        ({"weights": (("klout", 1), ("klout", 2))}, "two weights"),
        ({"weights": ()}, "has no weights"),
        ({"weights": (("klout", 1),), "weighting": Weighting.EQUAL}, "weighting is EQUAL"),
        ({"weights": (("klout", 1),), "minimum_providers": 0}, "0 providers"),
        ({"weights": (("klout", 1),), "half_life_days": 0}, "half-life"),
        ({"weights": (("klout", 1),), "half_life_days": -3.0}, "half-life"),
        ({"weights": (("klout", 1),), "half_life_days": math.nan}, "half-life"),
        ({"weights": (("klout", 1),), "half_life_days": math.inf}, "half-life"),
        ({"weights": (("klout", 1),), "draws": 0}, "0 draws"),
    ],
)
def test_nonsense_is_refused_in_words(choices, words):
    """Each recipe that makes no sense is refused with the code BAD_RECIPE, a sentence and a next step."""
    with pytest.raises(BadRecipe, match=re.escape(words)) as refusal:
        Recipe(**{"weighting": Weighting.CUSTOM, **choices})
    assert refusal.value.code == "BAD_RECIPE"
    assert refusal.value.next_step


@pytest.mark.parametrize(
    ("choices", "possible"),
    [
        ({"normaliser": Normaliser.EQUATED, "reference": Reference.POPULATION}, "reference FROZEN"),
        ({"combiner": Combiner.CONSENSUS}, "normaliser EQUATED and the weighting RELIABILITY"),
        ({"combiner": Combiner.CONSENSUS, "normaliser": Normaliser.EQUATED}, "weighting RELIABILITY"),
        ({"combiner": Combiner.CONSENSUS, "weighting": Weighting.RELIABILITY}, "normaliser EQUATED"),
    ],
)
def test_choices_that_exclude_one_another_name_what_goes_together(choices, possible):
    """Choices that cannot be had together are refused as BAD_RECIPE, and the next step says what can."""
    with pytest.raises(BadRecipe) as refusal:
        Recipe(**choices)
    assert refusal.value.code == "BAD_RECIPE"
    assert possible in refusal.value.next_step


@pytest.mark.parametrize("text", ["", "[]", "{}", "null", '{"normaliser":"LINEAR"}', "not json"])
def test_what_is_no_recipe_is_refused(text):
    """Text that is not a recipe's canonical JSON is a BadRecipe, not a stack trace."""
    with pytest.raises(BadRecipe, match="canonical JSON"):
        Recipe.from_canonical(text)


@pytest.mark.parametrize("part", ["weights", "normaliser", "draws", "half_life_days"])
def test_a_recipe_with_a_broken_part_is_refused(part):
    """A canonical JSON in which one part has a wrong type is a BadRecipe."""
    broken = {**Recipe().canonical, part: "x"}
    with pytest.raises(BadRecipe, match="canonical JSON"):
        Recipe.from_canonical(json.dumps(broken))


@pytest.mark.parametrize("normaliser", [each for each in Normaliser if each is not Normaliser.EQUATED])
def test_the_explanation_is_two_plain_sentences(normaliser):
    """A recipe explains itself in two sentences that name its numbers."""
    recipe = _custom(
        ("kred", 1), ("klout", 2), normaliser=normaliser, reference=Reference.POPULATION, half_life_days=45, draws=50
    )
    assert len(re.findall(r"\.(?:\s|$)", recipe.explanation)) == 2
    for words in ("klout 2, kred 1", "2 providers", "50 draws", "45 days"):
        assert words in recipe.explanation
    assert "1 provider to" in Recipe(minimum_providers=1).explanation
