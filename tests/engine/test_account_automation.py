"""The automation probability of accounts by their counts."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from renown.engine.account_automation import AUTOMATION_COLUMNS, automation_weights, programs_of

figures = st.floats(0, 1e9) | st.just(float("nan"))


def probability(programs=None, **given):
    """Of one account."""
    held = {column: np.array([value], np.float64) for column, value in given.items()}
    return float(automation_weights().probability(held, [None if programs is None else programs_of(programs)])[0])


def test_what_it_was_fitted_on_is_said():
    """In the weights themselves."""
    assert "ASONAM 2017" in automation_weights().fitted_on


@given(st.lists(figures, min_size=13, max_size=13), st.sampled_from([None, "[]", "[0]", "[1;2]", "[3; 4,6]"]))
def test_it_is_a_probability_of_whatever_figures(values, programs):
    """From 0 to 1, and none where all is missing."""
    found = probability(programs, **dict(zip(AUTOMATION_COLUMNS, values, strict=True)))
    if np.isnan(values).all() and programs is None:
        assert np.isnan(found)
    else:
        assert 0 <= found <= 1


def test_a_missing_figure_counts_as_average():
    """It moves the odds neither way, where a real one does."""
    busy = {"tweet_frequency": 60.0}
    assert probability("[0]", **busy) == probability("[0]", **busy, urls_count=np.nan)
    assert probability("[0]", **busy) != probability("[0]", **busy, urls_count=500)


def test_a_scheduler_that_posts_all_day_is_told_from_a_phone_that_likes():
    """Two made-up accounts of the plainest kind."""
    machine = probability("[0;4]", tweet_frequency=120, user_favourited=0, urls_count=300, user_tweeted=300)
    person = probability("[2]", tweet_frequency=3, user_favourited=4000, urls_count=0, user_tweeted=3)
    assert person < 0.2
    assert machine > 0.8


@pytest.mark.parametrize("cell", ["1;2", "[7]", "[12]", "[a]", "[-1]", "[²]"])
def test_what_is_no_list_of_programs_is_refused(cell):
    """With a reason to show."""
    with pytest.raises(ValueError, match="no list of kinds of programs"):
        programs_of(cell)
