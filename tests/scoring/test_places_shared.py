import numpy as np
import pytest

from renown.scoring import places_of, rank, rounded

NAN = np.nan


def test_places_are_counted_1224_and_the_unranked_left_out():
    """Equal values share a place, the next place is counted past them, and NaN has none."""
    ranking = rank(np.array([10.0, 30.0, NAN, 20.0, 30.0]))
    assert ranking.rows.tolist() == [1, 4, 3, 0]
    assert ranking.places.tolist() == [1, 1, 3, 4]
    assert ranking.shared.tolist() == [True, True, False, False]


def test_rank_comes_before_rounding():
    """Values that are shown alike still have places of their own if they differ."""
    values = np.array([50.0000001, 50.0000003])
    assert rank(values).rows.tolist() == [1, 0]
    assert rank(values).places.tolist() == [1, 2]
    assert len(set(rounded(values).tolist())) == 1


@pytest.mark.parametrize("denominator", [3, 7, 10, 64, 1000, 2**12, 3 * 2**11])
def test_noise_never_separates_equals(denominator):
    """Sums that are equal in arithmetic share a place though their last bits differ, also on decimal edges."""
    values = 100 * np.arange(denominator) / denominator
    noisy = np.concatenate([values, np.nextafter(values, -1), values * (1 + 4e-16)])
    ranking = rank(noisy)
    assert np.unique(ranking.places).size == denominator
    assert ranking.shared.all()


def test_inside_a_shared_place_the_given_order_holds():
    """Equal values stand by the caller's order, whatever order the rows came in."""
    values = np.array([5.0, 5.0, 9.0, 5.0])
    assert rank(values).rows.tolist() == [2, 0, 1, 3]
    assert rank(values, order=np.array([3, 2, 1, 0])).rows.tolist() == [2, 3, 1, 0]


@pytest.mark.parametrize("limit", [1, 2, 3, 5, 6, 50])
def test_a_limit_gives_the_beginning_of_the_whole(limit):
    """The first k rows with their places and shares are those of the full ranking, ties at the cut included."""
    values = np.array([4.0, 7.0, 7.0, NAN, 1.0, 7.0, 4.0])
    whole, part = rank(values), rank(values, limit=limit)
    assert part.rows.tolist() == whole.rows[:limit].tolist()
    assert part.places.tolist() == whole.places[:limit].tolist()
    assert part.shared.tolist() == whole.shared[:limit].tolist()


def test_places_of_some_rows_are_those_of_the_ranking():
    """Looking up the places of a few rows agrees with ranking all."""
    values = np.array([4.0, 7.0, 7.0, NAN, 1.0])
    assert places_of(values, np.array([4, 0, 1])).tolist() == [4, 3, 1]


def test_nobody_to_rank_is_an_empty_ranking():
    """No ranked row gives no places and no error."""
    for values in (np.array([]), np.array([NAN, NAN])):
        assert rank(values).rows.size == rank(values, limit=5).places.size == 0
