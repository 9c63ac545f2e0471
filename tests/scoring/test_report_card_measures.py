"""The measures of a report card are what their definitions say, and absent where too few voices are known."""

import numpy as np
import pytest

from renown.scoring import report_card as card
from renown.scoring.report_grades import DEFINITIONS, FEWEST, JUMP_RATE, Definition, Grade

N = 40
SCORES = np.arange(float(N))
NOBODY = np.full(N, np.nan)


def few(*measures):
    """That each of these measures is absent with a reason, and has no grade."""
    return all(m.figure is None and m.grade is None and m.reason and m.reason.endswith(".") for m in measures)


def test_coverage_is_the_share_that_is_scored():
    """Thirty of forty known voices are scored: 0.75, a B."""
    measure = card.coverage(np.arange(N) < 30)
    assert (measure.figure, measure.n, measure.grade) == (0.75, N, Grade.B)


def test_freshness_and_age_are_of_the_newest_scores():
    """The share within its life, and the median of the ages."""
    assert card.freshness(np.arange(N) < 4).figure == pytest.approx(0.1)
    assert card.age(SCORES).figure == pytest.approx(19.5)
    assert card.age(SCORES).grade is Grade.C


def test_agreement_is_the_median_over_the_others():
    """One like it, one reversed, one half covered and like it: the median is 1. One known of too few is left out."""
    half = np.where(SCORES < FEWEST, SCORES * 2, np.nan)
    little = np.where(SCORES < FEWEST - 1, -SCORES, np.nan)
    measure = card.agreement(SCORES, {"like": SCORES**2, "reversed": -SCORES, "half": half, "little": little})
    assert measure.figure == pytest.approx(1.0)
    assert measure.n == N
    assert measure.remark == "like 1.00 over 40, reversed -1.00 over 40, half 1.00 over 30"


def test_herding_is_the_closest_of_the_others():
    """Changes that are another's are herding of 1, however different a third provider's changes are."""
    noise = np.random.default_rng(1).normal(size=N)
    measure = card.herding({"copied": (SCORES, SCORES * 3), "other": (SCORES, noise)})
    assert measure.figure == pytest.approx(1.0)
    assert measure.grade is Grade.E


def test_jumps_are_steps_over_a_tenth_of_the_scale():
    """On a scale 99 wide a step of 9.9 is none, one of 10 in either direction is; forty voices with a step each."""
    steps = np.zeros(N)
    steps[:3] = 9.9, 10.0, -10.0
    measure = card.jump_rate(steps, np.arange(N), 99.0)
    assert (measure.figure, measure.n, measure.remark) == (0.05, N, "40 re-reads")
    assert few(card.jump_rate(steps, np.arange(N) // 2, 99.0), card.jump_rate(steps, np.arange(N), None))


def test_monotonicity_is_the_share_of_pairs_in_the_order_of_the_others():
    """In the order of the others' consensus 1, reversed 0, with two neighbours exchanged one pair less."""
    others = [SCORES * 2, SCORES + 5]
    assert card.monotonicity(SCORES, others).figure == 1.0
    assert card.monotonicity(-SCORES, others).figure == 0.0
    exchanged = SCORES.copy()
    exchanged[[3, 4]] = exchanged[[4, 3]]
    assert card.monotonicity(exchanged, others).figure == pytest.approx(1 - 1 / (N * (N - 1) / 2))


def test_a_consensus_takes_two_others():
    """One other provider is no consensus, and voices that only one other scores are left out."""
    half = np.where(SCORES < FEWEST, SCORES, np.nan)
    assert few(card.monotonicity(SCORES, [SCORES]), card.monotonicity(SCORES, []))
    assert card.monotonicity(SCORES, [SCORES, half]).n == FEWEST


def test_under_thirty_voices_nothing_is_measured():
    """Each measure over 29 voices or none is absent, with a reason, and never zero."""
    some = SCORES[: FEWEST - 1]
    none = np.empty(0)
    assert few(card.coverage(some > 3), card.freshness(some > 3), card.age(some))
    assert few(card.agreement(some, {"like": some}), card.agreement(SCORES, {"nobody": NOBODY}))
    assert few(card.agreement(SCORES, {}), card.herding({}), card.herding({"none": (none, none)}))
    assert few(card.jump_rate(some, np.arange(some.size), 99.0), card.monotonicity(some, [some, some]))


def test_who_says_the_same_of_all_cannot_be_compared():
    """A provider that never varies has no correlation and orders no pair: absent, not zero."""
    flat = np.ones(N)
    assert few(card.agreement(flat, {"like": SCORES}), card.monotonicity(flat, [SCORES, SCORES]))


def test_a_limit_is_reached_by_what_is_right_at_it():
    """Grades rise and fall at the limits, whichever direction is better."""
    rising, falling = JUMP_RATE, Definition("x", "x", (0.8, 0.6, 0.4, 0.2))
    assert [rising.grade(each) for each in (0, 0.01, 0.011, 0.05, 0.1, 0.2)] == ["A", "A", "B", "C", "D", "E"]
    assert [falling.grade(each) for each in (1, 0.8, 0.79, 0.4, 0.2, -1)] == ["A", "A", "B", "C", "D", "E"]


@pytest.mark.parametrize("definition", DEFINITIONS, ids=lambda each: each.name)
def test_limits_run_one_way_from_best_to_worst(definition):
    """The limits of each measure rise or fall strictly, and its text is made of sentences."""
    limits = list(definition.limits)
    assert limits == sorted(set(limits), reverse=definition.more_is_better)
    assert definition.text.endswith(".")


def test_the_overall_grade_is_the_median_of_those_given():
    """Of two in the middle the worse; none under three measures."""
    of = {grade: card.Measure(Definition("x", "x", (4, 3, 2, 1)), 4.0 - at, N) for at, grade in enumerate(Grade)}
    absent = card.Measure(JUMP_RATE, None, 0, "No voice.")
    assert card.overall([of[Grade.A], of[Grade.B], of[Grade.E], absent]) is Grade.B
    assert card.overall([of[Grade.A], of[Grade.B], of[Grade.C], of[Grade.D]]) is Grade.C
    assert card.overall([of[Grade.A], of[Grade.B], absent]) is None
