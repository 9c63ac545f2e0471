"""MC4 and Kemeny's order: against slow ways to the same, and laws that both keep."""

from itertools import combinations, pairwise, permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from renown.errors import BadRequest
from renown.scoring.majority import MOST_FOR_KEMENY, MOST_FOR_MC4, kemeny, mc4

NAN = np.nan


@st.composite
def lists(draw):
    """Up to five voices and four providers; few levels, so that equals are many; some silence."""
    voices, providers = draw(st.integers(1, 5)), draw(st.integers(1, 4))
    score = st.sampled_from([0.0, 25.0, 50.0, 100.0, NAN])
    rows = draw(st.lists(st.lists(score, min_size=providers, max_size=providers), min_size=voices, max_size=voices))
    return np.array(rows)


def judgements(scores, one, other):
    """How many providers put one voice above another."""
    return sum(a > b for a, b in zip(scores[one], scores[other], strict=True))


def contradicted(scores, order):
    """How many judgements of pairs an order speaks against."""
    return sum(judgements(scores, behind, ahead) for ahead, behind in combinations(order, 2))


@settings(max_examples=60, deadline=None)
@given(lists())
def test_kemeny_is_the_first_of_the_best_permutations(scores):
    """No permutation of those who are known contradicts fewer judgements; of the best it is the first by rows."""
    known = [row for row in range(len(scores)) if not np.isnan(scores[row]).all()]
    best = min(permutations(known), key=lambda order: contradicted(scores, order))
    assert tuple(kemeny(scores).tolist()) == best


@settings(max_examples=25, deadline=None)
@given(lists())
def test_mc4_is_where_a_long_walk_is(scores):
    """The values are the shares of a walk by the rules, step by step; who is not known to anybody has none."""
    known = [row for row in range(len(scores)) if not np.isnan(scores[row]).all()]
    values = mc4(scores)
    assert np.isnan(np.delete(values, known)).all()
    if not known:
        return
    share = dict.fromkeys(known, 1 / len(known))
    for _ in range(250):
        after = dict.fromkeys(known, 0.05 / len(known))
        for here in known:
            for there in known:
                goes = judgements(scores, there, here) > judgements(scores, here, there)
                after[there if goes else here] += 0.95 * share[here] / len(known)
        share = after
    assert values[known] == pytest.approx(list(share.values()), abs=1e-5)


@settings(max_examples=30, deadline=None)
@given(st.permutations(range(7)), st.integers(1, 4))
def test_an_order_that_all_agree_on_is_kept(order, providers):
    """Where every provider has the same order, with scores of its own, both methods give that order."""
    scores = np.empty((len(order), providers))
    for provider in range(providers):
        scores[order, provider] = np.arange(len(order), 0.0, -1.0) ** (provider + 1)
    assert kemeny(scores).tolist() == order
    values = mc4(scores)[order]
    assert all(ahead > behind for ahead, behind in pairwise(values))


def test_a_pair_is_judged_by_those_who_know_both():
    """A provider that knows one of two voices says nothing of the pair, however low its score of that one is."""
    scores = np.array([[10.0, NAN], [20.0, 90.0], [NAN, 80.0], [NAN, NAN]])
    assert kemeny(scores).tolist() == [1, 0, 2]  # nobody knows both 0 and 2: they keep the order they came in
    values = mc4(scores)
    assert values[1] > values[0] == pytest.approx(values[2])
    assert np.isnan(values[3])


def test_who_beats_each_other_one_by_one_is_first():
    """The Condorcet winner is first by both, though its mean score is not the highest."""
    scores = np.array([[50.0, 50.0, 50.0], [49.0, 49.0, 100.0], [10.0, 20.0, 30.0]])
    assert scores.mean(axis=1).argmax() == 1
    assert kemeny(scores).tolist() == [0, 1, 2]
    assert mc4(scores).argmax() == 0


@pytest.mark.parametrize(("method", "most"), [(mc4, MOST_FOR_MC4), (kemeny, MOST_FOR_KEMENY)])
def test_longer_lists_are_refused(method, most):
    """The longest list that is taken has an order; one voice more is refused, with what to do."""
    assert len(method(np.arange(most, dtype=np.float64)[:, np.newaxis])) == most
    with pytest.raises(BadRequest, match=f"up to {most} voices, and these are {most + 1}") as refused:
        method(np.zeros((most + 1, 2)))
    assert "shorter list" in refused.value.next_step


def test_nobody_has_no_order():
    """An empty list, and one that no provider knows, have neither values nor an order."""
    assert kemeny(np.empty((0, 2))).size == mc4(np.empty((0, 2))).size == 0
    assert kemeny(np.full((2, 2), NAN)).size == 0
    assert np.isnan(mc4(np.full((2, 2), NAN))).all()
