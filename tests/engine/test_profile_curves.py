"""The profile score of figures: whatever columns are there, it never falls, and knows less where less is given."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from renown.engine.profile_score import PROFILE_COLUMNS, profile_weights

RECEIVED = ("followers", "listed", "mentions_received", "retweets_received")
SUBSETS = [each for size in range(1, 9) for each in combinations(PROFILE_COLUMNS, size)]
subsets = st.sampled_from(SUBSETS)
counts = st.floats(0, 1e9)


def scores(**figures):
    """The scores of profiles with these figures."""
    return profile_weights().scores({column: np.array(each, np.float64) for column, each in figures.items()})


def test_no_shipped_slope_is_below_zero_and_all_say_what_they_were_fitted_on():
    """Followers and listings have slopes above zero all the way: who has more of them is never tied."""
    weights = profile_weights()
    assert "PeerIndex" in weights.fitted_on
    assert min(min(slopes) for slopes in weights.slopes.values()) >= 0
    assert min(*weights.slopes["followers"], *weights.slopes["listed"]) > 0
    assert {"following", "posts"}.isdisjoint(weights.slopes)


@settings(max_examples=200)
@given(subsets, st.data())
def test_more_of_anything_known_never_lowers_a_score(columns, data):
    """Of any column, in any subset of them: score, low and high, all of them from 0 to 100 and in order."""
    figures = {column: data.draw(counts) for column in columns}
    risen, more = data.draw(st.sampled_from(columns)), data.draw(counts)
    found = scores(**{column: [each, each + more * (column == risen)] for column, each in figures.items()})
    for each in (found.score, found.low, found.high):
        assert each[1] >= each[0] - 1e-9
    assert (found.low >= 0).all()
    assert (found.low <= found.score).all()
    assert (found.score <= found.high).all()
    assert (found.high <= 100).all()


def test_a_missing_column_is_not_zero():
    """Beside many followers, no word on listings is better than none at all, and the range is wider."""
    found = scores(followers=[1e6, 1e6], listed=[np.nan, 0])
    assert found.score[0] > found.score[1] + 10
    assert found.high[0] - found.low[0] > found.high[1] - found.low[1]


def test_every_further_column_makes_the_range_narrower_or_leaves_it():
    """For all 255 subsets of the columns, at figures in the middle of the scale."""
    middle = dict(zip(PROFILE_COLUMNS, np.expm1(profile_weights().means), strict=True))
    found = {each: scores(**{column: [middle[column]] for column in each}) for each in SUBSETS}
    width = {frozenset(each): float((found.high - found.low)[0]) for each, found in found.items()}
    for known, wide in width.items():
        for column in set(PROFILE_COLUMNS) - known:
            assert width[known | {column}] <= wide + 1e-9


@pytest.mark.parametrize("known", [each for each in SUBSETS if "posts" in each and set(each) & set(RECEIVED)], ids=len)
def test_ten_times_the_posts_never_make_three_points(known):
    """Whatever else that is received is known; and nothing at all where every column is."""
    middle = dict(zip(PROFILE_COLUMNS, np.expm1(profile_weights().means), strict=True))
    for posts in (0.1, 1, 10, 1000):
        figures = {column: [middle[column]] * 2 for column in known} | {"posts": [posts, 10 * posts]}
        before, after = scores(**figures).score
        assert after - before < (3 if len(known) < 8 else 1e-9)


def test_a_row_does_not_depend_on_the_others_and_the_unknown_has_no_score():
    """Alone or in a file, the same; NaN where every cell is missing."""
    rows = {"followers": [100, np.nan, 5], "listed": [np.nan, np.nan, 2]}
    together = scores(**rows)
    for at in range(3):
        alone = scores(**{column: each[at : at + 1] for column, each in rows.items()})
        np.testing.assert_allclose(alone.score, together.score[at : at + 1])
    assert np.isnan([together.score[1], together.low[1], together.high[1]]).all()
