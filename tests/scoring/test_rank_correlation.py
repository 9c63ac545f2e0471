"""Rank correlations are those of their definitions, with equals."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from renown.scoring.rank_correlation import Pairs, kendall, pairs, spearman

COLUMNS = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=25)


@settings(max_examples=60)
@given(COLUMNS)
def test_pairs_are_those_that_are_counted_one_by_one(rows):
    """Same, opposite and level pairs are what comparing each with each gives."""
    one, other = (np.array([row[at] for row in rows], dtype=float) for at in (0, 1))
    signs = [np.sign(one[i] - one[j]) * np.sign(other[i] - other[j]) for i, j in combinations(range(len(rows)), 2)]
    assert pairs(one, other) == Pairs(signs.count(1), signs.count(-1), signs.count(0))


@pytest.mark.parametrize(
    ("one", "other", "tau", "rho"),
    [
        ([1, 2, 3, 4], [10, 20, 30, 99], 1.0, 1.0),
        ([1, 2, 3, 4], [4, 3, 2, 1], -1.0, -1.0),
        # Of ten pairs one is level in the first column and another in the second: 8 / 9. Ranks 1 2 3 4.5 4.5 and
        # 1.5 1.5 3 5 4, with deviations whose product is 9 and whose squares are 9.5 each.
        ([1, 2, 3, 4, 4], [1, 1, 2, 4, 3], 8 / 9, 9 / 9.5),
    ],
)
def test_correlations_are_those_worked_out_by_hand(one, other, tau, rho):
    """Tau-b and rho of small columns, with equals on both sides."""
    columns = np.array(one, dtype=float), np.array(other, dtype=float)
    assert kendall(*columns) == pytest.approx(tau)
    assert spearman(*columns) == pytest.approx(rho)


@pytest.mark.parametrize("size", [0, 1, 5])
def test_a_column_that_never_varies_has_no_correlation(size):
    """Nothing, not zero, where a column says the same of all."""
    assert kendall(np.ones(size), np.arange(float(size))) is None
    assert spearman(np.arange(float(size)), np.ones(size)) is None
