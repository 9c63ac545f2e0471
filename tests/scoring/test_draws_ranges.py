import numpy as np
import pytest

from renown.claims import Scale
from renown.scoring import (
    Combiner,
    Normaliser,
    Recipe,
    Reference,
    Weighting,
    blend,
    odds,
    perturb,
    places_of,
    rank,
    tiers,
)
from renown.scoring import drawn_places as places_drawn
from renown.scoring.drawn_places import Among, drawn_places
from renown.scoring.drawn_values import Grid, values_of
from renown.scoring.interval import ends, ranges
from renown.scoring.sampling import NOBODY, Sample, sample
from renown.scoring.tier import REACH

NAN = np.nan


def _crowd(voices, seed=7):
    generator = np.random.default_rng(seed)
    scores = np.round(generator.normal(50, 15, (voices, 1)) + generator.normal(0, 6, (voices, 3))).clip(0, 100)
    scores[generator.random(scores.shape) < 0.25] = NAN
    return scores


SCALES = [Scale(0, 100)] * 3
PROVIDERS = ["klout", "kred", "peerindex"]


def test_the_same_recipe_draws_the_same():
    """The seed is the recipe's hash: the same question has the same answer, and another recipe draws anew."""
    crowd = _crowd(40)
    recipe = Recipe(reference=Reference.POPULATION, minimum_providers=1)
    other = Recipe(reference=Reference.WITHIN_LIST, minimum_providers=1)
    rows = rank(blend(crowd, SCALES, PROVIDERS, recipe).values).rows
    first, second, third = (
        perturb(crowd, SCALES, PROVIDERS, each, crowd, rows=rows) for each in (recipe, recipe, other)
    )
    assert np.array_equal(first.places, second.places)
    assert np.array_equal(first.value_low, second.value_low)
    assert not np.array_equal(first.places, third.places)


def test_leaving_out_is_skipped_where_nothing_would_be_left():
    """A draw without klout takes klout from a row that has others; one that has only klout keeps its value."""
    normalised = np.array([[80.0, 20.0], [80.0, NAN]])
    without_klout = Sample(np.array([0]), np.array([[0.0, 0.7]]), np.array([0]))
    grid = Grid.of(normalised, Combiner.MEAN, is_whole=True)
    values = values_of(normalised, (~np.isnan(normalised)).astype(float), without_klout.weights, grid).of_all()
    assert (values / grid.unit).tolist() == [[20.0, 80.0]]


def test_leaving_out_ignores_the_minimum():
    """A voice ranked on exactly two providers stays ranked in draws that leave one of them out."""
    scores = np.array([[90.0, 10.0], [50.0, 50.0]])
    drawn = perturb(scores, SCALES[:2], PROVIDERS[:2], Recipe(), None, rows=slice(None))
    assert drawn.value_low[0] == 10.0
    assert drawn.value_high[0] == 90.0
    assert (drawn.places >= 1).all()


def test_one_provider_leaves_no_doubt():
    """With a single provider nothing can be varied in its own unit: value and place are points."""
    scores = np.array([[90.0], [50.0], [50.0]])
    drawn = perturb(scores, SCALES[:1], PROVIDERS[:1], Recipe(minimum_providers=1), scores, rows=slice(None))
    assert drawn.value_low.tolist() == drawn.value_high.tolist() == [90, 50, 50]
    assert drawn.place_low.tolist() == drawn.place_high.tolist() == [1, 2, 2]


def test_the_choice_between_equal_normalisers_has_no_influence():
    """Drawing among two normalisers that give the same scores gives the very places that one of them gives."""
    columns = np.nan_to_num(_crowd(30), nan=50.0)
    present, rows = np.ones_like(columns), np.arange(30)
    alone, doubled = (sample(np.ones(3), choices, 100, seed=5) for choices in (1, 2))
    assert set(doubled.choice) == {0, 1}
    expected = drawn_places(alone, lambda _: Among(columns, present, rows, True))
    assert np.array_equal(drawn_places(doubled, lambda _: Among(columns, present, rows, True)), expected)


def test_asking_for_some_rows_gives_their_part_of_the_whole(monkeypatch):
    """Rows set aside as out of reach, and drawing in small chunks, change no place."""
    crowd = _crowd(300)
    recipe = Recipe(reference=Reference.POPULATION, minimum_providers=1, draws=60)
    values = blend(crowd, SCALES, PROVIDERS, recipe).values
    rows = rank(values).rows
    whole = perturb(crowd, SCALES, PROVIDERS, recipe, crowd, rows=rows)
    monkeypatch.setattr(places_drawn, "_AT_ONCE", 500)
    for part in (slice(0, 5), slice(100, 110), slice(290, 300)):
        some = perturb(crowd, SCALES, PROVIDERS, recipe, crowd, rows=rows[part])
        assert np.array_equal(some.places, whole.places[:, part])
        assert np.array_equal(some.place_high, whole.place_high[part])


def test_drawn_places_are_those_of_ranking_each_draw():
    """The places of one draw are exactly those that ranking that draw's values gives."""
    crowd = np.nan_to_num(_crowd(50), nan=10.0)
    present, rows = np.ones_like(crowd), np.arange(50)
    varied = sample(np.ones(3), 1, 20, seed=3)
    places = drawn_places(varied, lambda _: Among(crowd, present, rows, True))
    grid = Grid.of(crowd, Combiner.MEAN, is_whole=True)
    for draw, values in enumerate(values_of(crowd, present, varied.weights, grid).of_all()):
        assert np.array_equal(places[draw], places_of(values, rows))


def test_weights_are_drawn_round_the_recipes():
    """Drawn weights average to the recipe's, spread evenly over nobody and each provider left out."""
    varied = sample(np.array([3.0, 1.0]), 4, 8000, seed=1)
    kept = varied.weights[varied.left_out == NOBODY]
    assert kept.mean(axis=0).tolist() == pytest.approx([0.75, 0.25], abs=0.01)
    assert np.bincount(varied.left_out + 1).tolist() == pytest.approx([8000 / 3] * 3, rel=0.06)
    assert np.bincount(varied.choice).tolist() == pytest.approx([2000] * 4, rel=0.08)


def test_the_value_range_keeps_the_recipes_unit():
    """A raw mean in thousands has a range in thousands, though other normalisers move its place."""
    scores = np.array([[9000.0, 7000.0], [4000.0, 8000.0], [1000.0, 2000.0]])
    recipe = Recipe(normaliser=Normaliser.RAW)
    drawn = perturb(scores, [Scale(0, None)] * 2, PROVIDERS[:2], recipe, scores, rows=slice(None))
    assert (drawn.value_low >= 1000).all()
    assert drawn.value_high[0] == 9000


def test_custom_weights_of_zero_never_speak():
    """A provider without weight is in no draw, not even when the others are left out."""
    scores = np.array([[50.0, 60.0, 0.0], [40.0, 30.0, 100.0]])
    recipe = Recipe(weighting=Weighting.CUSTOM, weights=(("klout", 1), ("kred", 1)))
    drawn = perturb(scores, SCALES, PROVIDERS, recipe, None, rows=slice(None))
    assert odds(drawn.places, 0, 1) == 1.0
    assert drawn.value_high[1] == 40.0


def test_the_least_of_weights_still_speaks_where_it_is_alone():
    """A voice that only a provider of next to no weight knows keeps its value in every draw."""
    scores = np.array([[50.0, NAN], [40.0, 30.0]])
    weights = (("klout", 0.000001), ("kred", 1_000_000))
    recipe = Recipe(weighting=Weighting.CUSTOM, weights=weights, minimum_providers=1)
    drawn = perturb(scores, SCALES[:2], PROVIDERS[:2], recipe, None, rows=slice(None))
    assert (drawn.value_low[0], drawn.value_high[0]) == (50.0, 50.0)


def test_an_unranked_row_has_no_range():
    """Asking for the range of an unranked row is a mistake of the caller and says so; asking for none is fine."""
    scores = np.array([[50.0, 60.0, NAN], [40.0, NAN, NAN]])
    with pytest.raises(ValueError, match="ranked"):
        perturb(scores, SCALES, PROVIDERS, Recipe(), None, rows=slice(None))
    assert perturb(scores, SCALES, PROVIDERS, Recipe(), None, rows=slice(0, 0)).places.shape == (200, 0)


def test_a_range_is_widened_to_hold_the_nominal():
    """Where no draw gives the nominal place or value the range still holds it; places stay whole."""
    always = np.full((100, 2), 4)
    drawn = ranges(always, ends(always * 10.0), np.array([2, 7]), np.array([41.5, 12.0]))
    assert (drawn.place_low.tolist(), drawn.place_high.tolist()) == ([2, 4], [4, 7])
    assert (drawn.value_low.tolist(), drawn.value_high.tolist()) == ([40.0, 12.0], [41.5, 40.0])


def test_nine_draws_in_ten_lie_in_the_range():
    """The ends are the 5 % and 95 % points by nearest rank: draws 5 and 95 of a hundred in order."""
    order = np.arange(1, 101)[::-1, np.newaxis]
    drawn = ranges(order, ends(order.astype(float)), np.array([50]), np.array([50.0]))
    assert (drawn.place_low[0], drawn.place_high[0]) == (5, 95)
    assert (drawn.value_low[0], drawn.value_high[0]) == (5.0, 95.0)


def test_odds_count_equal_places_half():
    """Above in one draw, equal in one, below in two: 1.5 of 4."""
    places = np.array([[1, 2], [1, 1], [2, 1], [2, 1]])
    assert odds(places, 0, 1) == 0.375
    assert odds(places, 1, 0) == 0.625


def test_a_tier_begins_where_all_above_beat_all_below():
    """One pair that is not sure, across any distance, holds the rows between it together."""
    sure = np.tile(np.arange(1, 6), (8, 1))
    assert tiers(sure, np.arange(1, 6)).tolist() == [1, 2, 3, 4, 5]
    swapped = sure.copy()
    swapped[:3, [1, 3]] = swapped[:3, [3, 1]]
    assert tiers(swapped, np.arange(1, 6)).tolist() == [1, 2, 2, 2, 3]


@pytest.mark.parametrize(("apart", "expected"), [(REACH, 1), (REACH + 1, REACH + 2)])
def test_rows_are_compared_as_far_as_the_reach_goes(apart, expected):
    """One unsure pair holds all between it together if it is `REACH` apart, and is not looked at if farther."""
    line = np.arange(1, apart + 2)
    drawn = np.tile(line, (4, 1))
    drawn[0] = [apart + 1, *line[:-1]]  # in one draw the first falls to the end,
    drawn[1] = [*line[1:], 1]  # in another the last rises to the top: only these two are unsure of each other
    assert tiers(drawn, line)[-1] == expected


def test_a_shared_place_is_never_cut():
    """Rows of the same nominal place stay in one tier though the draws part them."""
    sure = np.tile(np.arange(1, 5), (4, 1))
    assert tiers(sure, np.array([1, 2, 2, 4])).tolist() == [1, 2, 2, 3]


def test_tiers_do_not_depend_on_where_the_page_ends():
    """With the promised reach past the page's end its tiers are those of the whole ranking."""
    crowd = _crowd(400)
    recipe = Recipe(reference=Reference.POPULATION, minimum_providers=1, draws=40)
    ranking = rank(blend(crowd, SCALES, PROVIDERS, recipe).values)
    drawn = perturb(crowd, SCALES, PROVIDERS, recipe, crowd, rows=ranking.rows).places
    whole = tiers(drawn, ranking.places)
    assert whole[-1] > 1
    for end in (1, 20, 100):
        part = tiers(drawn[:, : end + REACH], ranking.places[: end + REACH])
        assert np.array_equal(part[:end], whole[:end])


def test_no_rows_have_no_tiers():
    """An empty page has no tiers, and one row has one."""
    assert tiers(np.empty((5, 0), np.intp), np.array([], np.intp)).size == 0
    assert tiers(np.ones((5, 1), np.intp), np.array([1])).tolist() == [1]


def test_the_age_of_a_score_is_varied_where_it_can_matter():
    """A voice whose high score is three years older than its low one may stand lower; of one age, nothing is varied."""
    scores = np.array([[90.0, 40.0, NAN], [60.0, 62.0, NAN], [50.0, 52.0, NAN]])
    recipe = Recipe(reference=Reference.POPULATION, minimum_providers=1, draws=400)
    known, same = np.array([[1095.0, 0, 0]] * 3), np.full((3, 3), 1095.0)
    plain, alike, varied = (
        perturb(scores, SCALES, PROVIDERS, recipe, scores, rows=slice(None), ages_days=ages)
        for ages in (None, same, known)
    )
    assert np.array_equal(plain.places, alike.places)
    assert (
        varied.value_low[0] < plain.value_low[0] or (varied.places[:, 0] > 1).mean() > (plain.places[:, 0] > 1).mean()
    )
    assert (varied.places[:, 0] > 1).mean() > (plain.places[:, 0] > 1).mean() + 0.05
