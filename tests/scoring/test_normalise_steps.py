import numpy as np
import pytest

from renown.claims import Scale
from renown.errors import BadRecipe
from renown.scoring import Normaliser, Recipe, Reference, normalise_as, normalise_columns
from renown.scoring.normalise import linear, minmax_score, percentile, t_score, zscore

NAN = np.nan
COMPARING = [percentile, minmax_score, t_score]


def _column(*values):
    return np.array(values, dtype=np.float64)


def test_linear_reads_the_declared_scale():
    """A value lies where its scale says, 0-100, and a missing one stays missing."""
    assert linear(_column(0, 500, 1000, NAN), Scale(0, 1000)).tolist() == pytest.approx([0, 50, 100, NAN], nan_ok=True)
    assert linear(_column(1, 10), Scale(1, 10, higher_is_more=False)).tolist() == [100, 0]


def test_linear_needs_a_top():
    """A scale with an open top is refused under LINEAR, with another normaliser as the next step."""
    with pytest.raises(BadRecipe, match="a scale with a top") as refusal:
        linear(_column(5), Scale(0, None))
    assert "PERCENTILE" in refusal.value.next_step


def test_raw_takes_the_providers_own_number():
    """RAW changes nothing, and refuses a metric on which less is more, as a mean would turn it upside down."""
    scores = np.array([[3.0, 700.0]])
    assert normalise_as(Normaliser.RAW, scores, [Scale(0, 10), Scale(0, None)], None).tolist() == [[3.0, 700.0]]
    with pytest.raises(BadRecipe, match="less is more"):
        normalise_as(Normaliser.RAW, scores, [Scale(0, 10), Scale(0, None, higher_is_more=False)], None)


def test_the_percentile_counts_equals_half():
    """Mid-rank: the share below plus half the share that is equal, also for values the reference does not hold."""
    reference = _column(10, 20, 20, 40, NAN)
    values = _column(5, 10, 20, 30, 40, 50, NAN)
    expected = [0, 12.5, 50, 75, 87.5, 100, NAN]
    assert percentile(values, reference).tolist() == pytest.approx(expected, nan_ok=True)


@pytest.mark.parametrize("normaliser", [Normaliser.PERCENTILE, Normaliser.ZSCORE, Normaliser.MINMAX])
def test_where_less_is_more_the_order_turns(normaliser):
    """On a scale on which less is more the smaller value gets the higher score, mirrored round 50."""
    scores = _column(1, 2, 5)[:, np.newaxis]
    up = normalise_as(normaliser, scores, [Scale(0, None)], scores)
    down = normalise_as(normaliser, scores, [Scale(0, None, higher_is_more=False)], scores)
    assert (100 - down).ravel().tolist() == pytest.approx(up.ravel().tolist())


@pytest.mark.parametrize("step", COMPARING)
def test_a_reference_that_never_varies_says_nothing(step):
    """Against a constant reference everybody is in the middle: 50. One person is such a reference."""
    assert step(_column(0.1, 0.1, NAN), _column(0.1, 0.1, 0.1)).tolist() == pytest.approx([50, 50, NAN], nan_ok=True)
    assert step(_column(7), _column(7)).tolist() == [50]


def test_a_scale_without_width_says_nothing():
    """On a declared scale of a single point everybody is in the middle."""
    assert linear(_column(3, 3), Scale(3, 3)).tolist() == [50, 50]


@pytest.mark.parametrize("step", COMPARING)
def test_an_empty_reference_places_nobody(step):
    """Where the reference holds no score there is no place to give: missing, not a made-up middle."""
    for reference in (_column(), _column(NAN, NAN)):
        assert np.isnan(step(_column(1, 2, NAN), reference)).all()


@pytest.mark.parametrize("step", COMPARING)
def test_what_lies_outside_the_reference_stays_within_0_and_100(step):
    """Values far outside the reference are held at the ends of 0-100."""
    reference = np.linspace(40, 60, 30)
    assert step(_column(-1e6, 1e6), reference).tolist() == [0, 100]


def test_a_t_score_is_50_and_10_a_standard_deviation():
    """One population standard deviation above the mean is 60, one below 40."""
    reference = _column(2, 4, 4, 4, 5, 5, 7, 9)  # mean 5, standard deviation 2
    assert zscore(_column(7, 3, 5), reference).tolist() == pytest.approx([1, -1, 0])
    assert t_score(_column(7, 3, 5), reference).tolist() == pytest.approx([60, 40, 50])


def test_z_scores_survive_extreme_units():
    """Squares that would overflow or vanish in the provider's unit do not in ours."""
    for unit in (1e-200, 1e200):
        column = _column(1, 2, 3) * unit
        assert zscore(column, column).tolist() == pytest.approx([-1.2247449, 0, 1.2247449])


@pytest.mark.parametrize("normaliser", [Normaliser.PERCENTILE, Normaliser.ZSCORE, Normaliser.MINMAX])
def test_comparing_with_nobody_is_refused(normaliser):
    """A normaliser that compares, given no reference, is a BadRecipe that says what to use."""
    recipe = Recipe(normaliser=normaliser, reference=Reference.WITHIN_LIST)
    with pytest.raises(BadRecipe, match="nobody to compare with") as refusal:
        normalise_columns(np.ones((2, 1)), [Scale(0, 1)], recipe, None)
    assert "POPULATION" in refusal.value.next_step


def test_no_providers_and_no_voices_are_no_error():
    """Empty arrays keep their shape."""
    assert normalise_as(Normaliser.LINEAR, np.empty((3, 0)), [], None).shape == (3, 0)
    assert normalise_as(Normaliser.LINEAR, np.empty((0, 1)), [Scale(0, 1)], None).shape == (0, 1)
