"""The laws of the method, each over many generated lists."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from renown.claims import Scale
from renown.scoring import (
    Combiner,
    Normaliser,
    Recipe,
    Reference,
    Weighting,
    blend,
    contributions,
    perturb,
    points_of,
    rank,
    rounded,
)

PROVIDERS = ["klout", "kred", "peerindex"]
SCALES = [Scale(0, 100), Scale(0, 1000), Scale(0, 100)]
COMPUTABLE = [each for each in Normaliser if each is not Normaliser.EQUATED]
NORMALISERS = st.sampled_from(COMPUTABLE)
COMBINERS = st.sampled_from([each for each in Combiner if each is not Combiner.CONSENSUS])
CELL = st.none() | st.integers(0, 100) | st.floats(0, 100, allow_subnormal=False)
LISTS = st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=8).map(lambda rows: np.array(rows, dtype=np.float64))
WEIGHTS = st.fixed_dictionaries({provider: st.floats(0.01, 10) for provider in PROVIDERS})
FEW = settings(max_examples=60, deadline=None)


def _recipe(normaliser, *, minimum=1, **choices):
    return Recipe(normaliser=normaliser, reference=Reference.POPULATION, minimum_providers=minimum, draws=30, **choices)


def _values(scores, recipe, reference=None):
    return blend(scores, SCALES, PROVIDERS, recipe, scores if reference is None else reference).values


@FEW
@given(LISTS, LISTS, st.tuples(NORMALISERS, COMBINERS), st.integers(0, 2), st.floats(0, 50))
def test_better_on_a_provider_is_never_worse_overall(scores, reference, choices, provider, gain):
    """Monotone in every provider: raising a score lowers no value, against a reference that stands."""
    raised = scores.copy()
    raised[:, provider] += gain
    recipe = _recipe(choices[0], combiner=choices[1])
    before, after = (_values(each, recipe, reference) for each in (scores, raised))
    held = ~np.isnan(before)
    assert (after[held] >= before[held] - 1e-9).all()


@FEW
@given(LISTS, st.integers(0, 2), st.sampled_from([0.001, 3.0, 1024.0]), st.integers(-5, 5))
def test_a_providers_units_do_not_matter_to_percentiles(scores, provider, factor, shift):
    """Unaffected by a provider's units: any change of unit that keeps the order keeps every value."""
    scores = np.round(scores)
    changed = scores.copy()
    changed[:, provider] = changed[:, provider] * factor + shift
    recipe = _recipe(Normaliser.PERCENTILE)
    assert np.array_equal(_values(scores, recipe), _values(changed, recipe), equal_nan=True)


@FEW
@given(LISTS, NORMALISERS, COMBINERS, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_is_irrelevant(scores, normaliser, combiner, random):
    """Shuffled input gives each voice the same value, place and range."""
    shuffled = list(range(len(scores)))
    random.shuffle(shuffled)
    recipe = _recipe(normaliser, combiner=combiner)
    before, after = _values(scores, recipe), _values(scores[shuffled], recipe)
    assert np.allclose(before[shuffled], after, atol=1e-9, equal_nan=True)
    rows = np.flatnonzero(~np.isnan(before))
    where = np.array([shuffled.index(row) for row in rows], dtype=np.intp)
    first = perturb(scores, SCALES, PROVIDERS, recipe, scores, rows=rows)
    second = perturb(scores[shuffled], SCALES, PROVIDERS, recipe, scores[shuffled], rows=where)
    assert np.array_equal(first.places, second.places)


@FEW
@given(LISTS, NORMALISERS, st.permutations(range(3)))
def test_the_order_of_the_providers_is_irrelevant(scores, normaliser, columns):
    """Providers in another order give the same values and the same draws."""
    recipe = _recipe(normaliser)
    rows = np.flatnonzero(~np.isnan(_values(scores, recipe)))
    first = perturb(scores, SCALES, PROVIDERS, recipe, scores, rows=rows)
    moved = scores[:, columns]
    second = perturb(moved, [SCALES[c] for c in columns], [PROVIDERS[c] for c in columns], recipe, moved, rows=rows)
    assert np.array_equal(first.places, second.places)
    assert np.allclose(first.value_low, second.value_low, atol=2e-6)


@FEW
@given(LISTS, LISTS)
def test_under_linear_nobodys_score_depends_on_who_else_is_there(scores, others):
    """Adding or removing other voices leaves each value as it was, to the last bit."""
    together = np.vstack([scores, others])
    recipe = _recipe(Normaliser.LINEAR)
    assert np.array_equal(_values(scores, recipe), _values(together, recipe)[: len(scores)], equal_nan=True)


@FEW
@given(LISTS, NORMALISERS, WEIGHTS, st.integers(1, 3))
def test_the_range_holds_the_nominal_place_and_value(scores, normaliser, weights, minimum):
    """Whatever the draws say, the range holds the place and the rounded value that are shown."""
    recipe = _recipe(normaliser, minimum=minimum, weighting=Weighting.CUSTOM, weights=tuple(weights.items()))
    values = _values(scores, recipe)
    ranking = rank(values)
    drawn = perturb(scores, SCALES, PROVIDERS, recipe, scores, rows=ranking.rows)
    shown = rounded(values[ranking.rows])
    assert (drawn.place_low <= ranking.places).all()
    assert (ranking.places <= drawn.place_high).all()
    assert (drawn.value_low <= shown).all()
    assert (shown <= drawn.value_high).all()


@FEW
@given(LISTS, NORMALISERS)
def test_equal_scores_share_a_place_in_every_draw(scores, normaliser):
    """Two voices with the same scores have the same place, nominally and in each draw."""
    twins = np.vstack([scores, scores])
    recipe = _recipe(normaliser)
    ranking = rank(_values(twins, recipe))
    assert ranking.shared.all()
    drawn = perturb(twins, SCALES, PROVIDERS, recipe, twins, rows=np.sort(ranking.rows))
    half = ranking.rows.size // 2
    assert np.array_equal(drawn.places[:, :half], drawn.places[:, half:])


@FEW
@given(LISTS, NORMALISERS, COMBINERS, WEIGHTS)
def test_contributions_add_up_to_the_last_decimal(scores, normaliser, combiner, weights):
    """The printed points of all providers add up exactly to the printed value; the absent have none and no weight."""
    choices = {"combiner": combiner, "weighting": Weighting.CUSTOM, "weights": tuple(weights.items())}
    recipe = _recipe(normaliser, **choices)
    blended = blend(scores, SCALES, PROVIDERS, recipe, scores)
    rows = rank(blended.values).rows
    points = points_of(blended, rows, PROVIDERS, recipe, scores)
    for of_one, row in zip(points.tolist(), rows, strict=True):
        shown = Decimal(str(float(rounded(blended.values[row]))))
        assert sum(Decimal(str(each)) for each in of_one) == shown
    absent = np.isnan(scores[rows])
    assert not points[absent].any()
    assert not blended.weights[rows][absent].any()


@FEW
@given(LISTS, NORMALISERS, COMBINERS)
def test_a_page_is_explained_as_each_of_its_rows_is(scores, normaliser, combiner):
    """The points of many voices together are, to the bit, those of each voice by itself."""
    recipe = _recipe(normaliser, combiner=combiner)
    blended = blend(scores, SCALES, PROVIDERS, recipe, scores)
    rows = rank(blended.values).rows
    together = points_of(blended, rows, PROVIDERS, recipe, scores)
    alone = [points_of(blended, rows[[at]], PROVIDERS, recipe, scores)[0] for at in range(rows.size)]
    assert np.array_equal(together, np.array(alone).reshape(together.shape))


def test_the_units_that_rounding_leaves_go_to_the_largest_remainders():
    """Three equal thirds of 100 are 33.333334, 33.333333 and 33.333333: the first of equals gets the unit."""
    points = contributions(np.full((1, 3), 100.0), np.full((1, 3), 1 / 3), np.array([100.0]))
    assert points.tolist() == [[33.333334, 33.333333, 33.333333]]


def test_a_larger_remainder_goes_before_an_earlier_provider():
    """Of 0.5 and 0.7 millionths left over, the one unit to give goes to the second."""
    points = contributions(np.array([[10.000001, 10.0000014]]), np.array([[0.5, 0.5]]), np.array([10.0000012]))
    assert points.tolist() == [[5.0, 5.000001]]


def test_a_provider_without_say_has_no_points():
    """A provider that answered but has no weight adds nothing."""
    points = contributions(np.array([[40.0, 99.0]]), np.array([[1.0, 0.0]]), np.array([40.0]))
    assert points.tolist() == [[40.0, 0.0]]


@pytest.mark.parametrize("normaliser", [each for each in COMPUTABLE if each is not Normaliser.RAW])
def test_values_stay_within_0_and_100(normaliser):
    """Every normaliser that brings scores to one scale keeps the blend on it."""
    scores = np.random.default_rng(3).random((200, 3)) * [100, 1000, 100]
    values = _values(scores, _recipe(normaliser))
    assert values.min() >= 0
    assert values.max() <= 100
