"""The short ways through the draws lead to the same places as the long one."""

import numpy as np
import pytest

from renown.claims import Scale
from renown.scoring import Combiner, Normaliser, Recipe, Reference, blend, odds, perturb, places_of, rank
from renown.scoring.above import Tally, put_places
from renown.scoring.consensus import Standing
from renown.scoring.drawing import drawn_standings
from renown.scoring.normal import share_below

SCALES, PROVIDERS = [Scale(0, 100)] * 3, ["klout", "kred", "peerindex"]


def _crowd(voices):
    chance = np.random.default_rng(3)
    scores = np.round(chance.normal(50, 15, (voices, 1)) + chance.normal(0, 6, (voices, 3))).clip(0, 100)
    scores[:, 2][chance.random(voices) < 0.4] = np.nan
    return scores


@pytest.mark.parametrize("rows", [50, 9000])
@pytest.mark.parametrize("outlier", [10.0, 1e12])
def test_one_sort_gives_the_places(rows, outlier):
    """Places are those of a ranking, in 32 bits and in 64, also where one value is so far out that cells hold many.

    Equal ones share theirs.
    """
    values = np.floor(np.random.default_rng(1).random((3, rows)) * 200) / 7
    values[0, 3] = outlier
    expected = np.array([places_of(line, np.arange(rows)) for line in values])
    assert np.array_equal(put_places(values), expected)


def test_a_tally_counts_what_is_above_in_the_same_draw():
    """Keys count in their own draw only, equal ones do not count, and the order in which they come is irrelevant."""
    tally = Tally(np.array([[5.0, 7.0], [5.0, 7.0]]))
    tally.add(np.array([1, 0, 0]), np.array([8.0, 6.0, 5.0]))
    tally.add(np.array([0]), np.array([9.0]))
    assert tally.count.tolist() == [[2, 1], [1, 1]]


@pytest.mark.parametrize("combiner", [Combiner.MEAN, Combiner.GEOMETRIC, Combiner.MEDIAN, Combiner.RRF])
@pytest.mark.parametrize("normaliser", [Normaliser.LINEAR, Normaliser.PERCENTILE])
def test_a_few_rows_have_the_places_they_have_among_all(combiner, normaliser):
    """At the top, in the middle and at the end: comparing with who is near gives what putting all in order gives."""
    crowd = _crowd(400)
    recipe = Recipe(normaliser=normaliser, reference=Reference.POPULATION, combiner=combiner, draws=30)
    rows = rank(blend(crowd, SCALES, PROVIDERS, recipe, crowd).values).rows
    whole = perturb(crowd, SCALES, PROVIDERS, recipe, crowd, rows=rows)
    for part in (slice(0, 6), slice(200, 206), slice(394, 400)):
        some = perturb(crowd, SCALES, PROVIDERS, recipe, crowd, rows=rows[part])
        assert np.array_equal(some.places, whole.places[:, part])
        assert np.array_equal(some.value_low, whole.value_low[part])


def test_ages_change_nothing_about_that():
    """The same with weights that fade with age."""
    crowd = _crowd(300)
    ages = np.random.default_rng(5).random(crowd.shape) * 900
    recipe = Recipe(half_life_days=90, draws=30)
    rows = rank(blend(crowd, SCALES, PROVIDERS, recipe, ages_days=ages).values).rows
    asked = {"alternatives": crowd, "ages_days": ages}
    whole = perturb(crowd, SCALES, PROVIDERS, recipe, rows=rows, **asked)
    assert np.array_equal(perturb(crowd, SCALES, PROVIDERS, recipe, rows=rows[:5], **asked).places, whole.places[:, :5])


def _standing(voices):
    chance = np.random.default_rng(8)
    mean, deviation = chance.normal(0, 1, voices), chance.uniform(0.2, 0.6, voices)
    mean[1], deviation[1] = mean[0], deviation[0]
    return Standing(mean, deviation, np.ones((voices, 1)), deviation**2)


def test_who_else_is_asked_for_changes_no_posterior_draw():
    """A page of a consensus has the places and ranges that the whole ranking has; the same standings share theirs."""
    standing, every = _standing(200), np.arange(200)
    whole, ends = drawn_standings(standing, every, every, 50, 7)
    assert np.array_equal(whole[:, 0], whole[:, 1])
    for rows in (np.array([3, 0, 150]), np.array([77])):
        some, some_ends = drawn_standings(standing, every, rows, 50, 7)
        assert np.array_equal(some, whole[:, rows])
        assert np.array_equal(some_ends.high, ends.high[rows])


def test_posterior_draws_are_what_the_posterior_says():
    """The odds of two voices are the normal probability of the one standing higher, and nine values in ten lie within.

    Also where there are more voices than the pool of noise has stretches that do not overlap.
    """
    standing, draws = _standing(600), 4000
    rows = np.array([10, 20, 30])
    places, ends = drawn_standings(standing, np.arange(600), rows, draws, 11)
    for first, second in ((0, 1), (1, 2)):
        apart = standing.mean[rows[first]] - standing.mean[rows[second]]
        spread = np.hypot(standing.deviation[rows[first]], standing.deviation[rows[second]])
        assert odds(places, first, second) == pytest.approx(float(share_below(apart / spread)), abs=0.03)
    expected = 100 * share_below(standing.mean[rows] + 1.645 * standing.deviation[rows])
    assert ends.high.tolist() == pytest.approx(expected.tolist(), abs=1.5)


def test_one_draw_of_the_posterior_is_a_ranking():
    """In every draw each place is held once, apart from the two voices of whom the same is known."""
    standing = _standing(40)
    places, _ = drawn_standings(standing, np.arange(40), np.arange(40), 5, 1)
    assert np.array_equal(places, np.array([places_of(-line.astype(float), np.arange(40)) for line in places]))
    assert {len(set(line.tolist())) for line in places} == {39}
