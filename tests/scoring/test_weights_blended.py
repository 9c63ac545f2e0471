import numpy as np
import pytest

from renown.claims import Scale
from renown.errors import UnknownName
from renown.scoring import Recipe, Weighting, agreement, blend, reweigh

NAN = np.nan
PROVIDERS = ["klout", "kred", "peerindex"]
SCORES = np.array([[60.0, 30.0, 90.0], [60.0, NAN, 90.0], [NAN, NAN, 40.0], [NAN, NAN, NAN]])
ANY = [Scale(0, 100)] * 3


def _custom(**weights):
    return Recipe(weighting=Weighting.CUSTOM, weights=tuple(weights.items()), minimum_providers=1)


def test_the_mean_is_over_those_that_answered():
    """Weights are shared out anew among the providers that answered; nobody is filled in, least of all with zero."""
    blended = blend(SCORES, ANY, PROVIDERS, Recipe(minimum_providers=1))
    assert blended.values.tolist() == pytest.approx([60, 75, 40, NAN], nan_ok=True)
    assert blended.weights[1].tolist() == [0.5, 0, 0.5]
    assert blended.weights.sum(axis=1).tolist() == pytest.approx([1, 1, 1, 0])


def test_coverage_and_answers_are_counted():
    """Coverage is the share of the recipe's weight that answered; exactly 1 where all did."""
    blended = blend(SCORES, ANY, PROVIDERS, _custom(klout=1, kred=2, peerindex=1))
    assert blended.coverage.tolist() == [1, 0.5, 0.25, 0]
    assert blended.answered.tolist() == [3, 2, 1, 0]


def test_below_the_minimum_is_unranked():
    """With a minimum of two a voice that one provider knows has no value; its coverage still stands."""
    blended = blend(SCORES, ANY, PROVIDERS, Recipe())
    assert np.isnan(blended.values).tolist() == [False, False, True, True]
    assert blended.coverage[2] == pytest.approx(1 / 3)


def test_a_provider_without_weight_does_not_count_as_an_answer():
    """A provider that custom weights do not name has no say, no coverage and helps nobody over the minimum."""
    recipe = Recipe(weighting=Weighting.CUSTOM, weights=(("klout", 1), ("kred", 1)))
    blended = blend(SCORES, ANY, PROVIDERS, recipe)
    assert blended.answered.tolist() == [2, 1, 0, 0]
    assert blended.values.tolist() == pytest.approx([45, NAN, NAN, NAN], nan_ok=True)


def test_a_weight_for_nobody_we_know_is_refused():
    """A weight for an unknown provider names it and suggests the nearest, so that a typo is not a silent zero."""
    with pytest.raises(UnknownName, match="klout") as refusal:
        blend(SCORES, ANY, PROVIDERS, _custom(klot=1))
    assert refusal.value.code == "UNKNOWN_PROVIDER"


def test_a_half_life_halves_the_weight():
    """A score one half-life older than the voice's youngest has half its weight: (60 + 90/2) / 1.5."""
    recipe = Recipe(half_life_days=30)
    ages = np.array([[5.0, NAN, 35.0]])
    blended = blend(np.array([[60.0, NAN, 90.0]]), ANY, PROVIDERS, recipe, ages_days=ages)
    assert blended.weights[0].tolist() == pytest.approx([2 / 3, 0, 1 / 3])
    assert blended.values[0] == pytest.approx(70)
    assert blended.coverage[0] == pytest.approx(2 / 3)


def test_a_voice_of_long_ago_keeps_its_value():
    """Where all scores are many half-lives old their proportions still hold: nothing vanishes by underflow."""
    ages = np.array([[1e6, 1e6, 1e6]])
    blended = blend(SCORES[:1], ANY, PROVIDERS, Recipe(half_life_days=0.5), ages_days=ages)
    assert blended.values[0] == pytest.approx(60)


def test_an_unknown_age_is_taken_as_none_and_no_half_life_ignores_ages():
    """A score whose age is unknown keeps its weight; without a half-life every score does."""
    scores = np.array([[10.0, 30.0, 80.0]])
    faded = blend(scores, ANY, PROVIDERS, Recipe(half_life_days=1), ages_days=np.array([[NAN, 0.0, -3.0]]))
    plain = blend(scores, ANY, PROVIDERS, Recipe(), ages_days=np.array([[0.0, 500.0, 9.0]]))
    assert faded.values.tolist() == plain.values.tolist() == pytest.approx([40])


def test_reweighing_normalised_columns_is_the_same_as_blending():
    """Columns that were normalised once can be weighed again and again."""
    recipe = _custom(klout=3, peerindex=1)
    blended = blend(SCORES, ANY, PROVIDERS, recipe)
    again = reweigh(blended.normalised, PROVIDERS, recipe)
    assert np.array_equal(again.values, blended.values, equal_nan=True)


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ([50, 50], 1),
        ([0, 100], 0),
        ([0, 100, 100], 0),
        ([0, 0, 100, 100], 0),
        ([40, 60], 0.8),
        ([40, NAN, 60], 0.8),
        ([7], None),
        ([7, NAN], None),
        ([], None),
        ([0, 5000], 0),
    ],
)
def test_agreement_runs_from_as_far_apart_as_can_be_to_all_the_same(scores, expected):
    """1 where all say the same, 0 where they are as far apart as 0-100 allows, NaN with fewer than two."""
    (found,) = agreement(np.array([scores], dtype=np.float64))
    assert found == pytest.approx(NAN if expected is None else expected, nan_ok=True)
