"""The watch over a method: quiet in quiet times whatever their noise, awake when all follow one curve."""

import numpy as np
import pytest

from renown.claims import Scale
from renown.scoring.method_change import Decision, Moved, Verdict, began_at, decide, moved, watch_batch
from renown.scoring.method_watch import MethodWatch, Rereading

SCALE = Scale(1, 100)
DAY = 86_400.0
PEOPLE = 300


def _noise(kind, chance, truth, scores):
    match kind:
        case "heavy tails":
            return scores + chance.standard_t(3, scores.size) * 0.8
        case "mostly still":
            return scores + np.where(chance.random(scores.size) < 0.6, 0, chance.standard_t(2, scores.size))
        case "measured anew":
            return truth + chance.normal(0, 2, scores.size)
        case "whole numbers":
            return np.rint(scores + chance.standard_t(3, scores.size) * 0.8)
    raise ValueError(kind)


def _days(kind, seed, days, method=lambda scores, _day: scores):
    """Rereadings of each day: from 30 people to all of them, each once."""
    chance = np.random.default_rng(seed)
    truth = np.clip(chance.normal(45, 15, PEOPLE), 1, 100)
    held, last, scores = truth.copy(), np.zeros(PEOPLE), truth
    for day in range(1, days + 1):
        scores = np.clip(_noise(kind, chance, truth, scores), 1, 100)
        said = method(scores, day)
        who = chance.permutation(PEOPLE)[: chance.integers(30, PEOPLE)]
        moments = day * DAY + np.sort(chance.random(who.size)) * DAY
        yield [
            Rereading(str(n), float(held[n]), float(last[n]), float(said[n]), float(at))
            for n, at in zip(who, moments, strict=True)
        ]
        held[who], last[who] = said[who], moments


@pytest.mark.parametrize("kind", ["heavy tails", "mostly still", "measured anew", "whole numbers"])
def test_quiet_days_raise_no_alarm(kind):
    """In 120 quiet days of each kind of noise nothing is suspected; the bench counts thousands of days."""
    for seed in range(3):
        watch = MethodWatch(SCALE)
        assert not any(watch.feed(day) for day in _days(kind, seed, 40))


@pytest.mark.parametrize("kind", ["heavy tails", "measured anew", "whole numbers"])
@pytest.mark.parametrize("exponent", [0.55, 1.6])
def test_a_change_is_seen_within_the_day_and_dated(kind, exponent):
    """Everybody follows a curve from the 20th day on: suspected that day, dated to it, and decided as a change."""
    watch = MethodWatch(SCALE)
    curve = lambda scores, day: 100 * (scores / 100) ** exponent if day >= 20 else scores  # noqa: E731 - one line says it
    for day, rereadings in enumerate(_days(kind, 7, 30, curve), 1):
        raised = watch.feed(rereadings)
        assert raised is (day == 20)
        if verdict := watch.verdict(is_everybody=False):
            break
    assert 20 <= watch.suspected / DAY < 20.2
    assert verdict.decision is Decision.CHANGED
    watch.settle(verdict)
    assert watch.breaks
    assert not any(watch.feed(day) for day in _days(kind, 8, 1))


def _decided_of_growth(kind, seed):
    """What is decided in a week in which everybody has 3 points more, as far as the scale allows."""
    watch, decided = MethodWatch(SCALE), []
    for rereadings in _days(kind, seed, 26, lambda scores, day: np.minimum(scores + 3, 100) if day >= 20 else scores):
        watch.feed(rereadings)
        if verdict := watch.verdict(is_everybody=False):
            decided.append(verdict.decision)
            watch.settle(verdict)
    return decided


@pytest.mark.parametrize("kind", ["heavy tails", "mostly still", "whole numbers"])
def test_growth_of_all_is_undecided(kind):
    """Growth of everybody by 3 points is seen, and is not called a change of method."""
    assert [_decided_of_growth(kind, seed) for seed in (3, 4)] == [[Decision.UNDECIDED]] * 2


def test_growth_hidden_in_noise_may_go_unseen_but_is_no_change():
    """Where each score is measured anew with an error of 2, the same growth is seen at some times and not at others."""
    decided = [tuple(_decided_of_growth("measured anew", seed)) for seed in range(9000, 9006)]
    assert set(decided) == {(), (Decision.UNDECIDED,)}


def test_a_shift_beyond_any_growth_is_a_change():
    """That all have 20 points more from one day to the next is no growth, though it has no shape."""
    old = np.linspace(10, 60, 100)
    assert decide(old, old + 20, SCALE).decision is Decision.CHANGED
    assert decide(old, old + 3, SCALE) == Verdict(Decision.UNDECIDED, pytest.approx(3.0), pytest.approx(0.0, abs=1e-9))


def test_a_suspicion_without_a_common_movement_is_dropped():
    """Pairs that move either way are quiet, however many were suspected."""
    chance = np.random.default_rng(0)
    old = chance.normal(45, 15, 200)
    assert decide(old, old + chance.standard_t(3, 200), SCALE).decision is Decision.QUIET


def test_who_had_a_lucky_day_does_not_count_as_falling():
    """Scores measured anew fall back from their extremes; by the middle of both readings that is no movement."""
    chance = np.random.default_rng(0)
    truth = chance.normal(45, 5, 3000)
    old, new = truth + chance.normal(0, 5, 3000), truth + chance.normal(0, 5, 3000)
    assert moved(old, new).surprise < 16.27
    lowest = old < np.quantile(old, 1 / 3)
    assert np.median((new - old)[lowest]) > 2


def test_few_pairs_say_nothing():
    """Under 30 pairs a batch is quiet; from 30 on, if all rise by a lot, it is not."""
    old = np.linspace(20, 60, 30)
    assert watch_batch(old[:29], old[:29] + 20, []) == (Decision.QUIET, 0.0)
    assert watch_batch(old, old + 20, []) == (Decision.SUSPECTED, pytest.approx(20.0))
    assert moved(old, old) == Moved(0.0, 0.0)


def test_a_provider_of_moods_is_not_suspected_for_one():
    """What its quiet batches show as well is no sign: 2 points are one beside 0.1, none beside 1."""
    old = np.linspace(20, 60, 60)
    assert watch_batch(old, old + 2, [0.1] * 20)[0] is Decision.SUSPECTED
    assert watch_batch(old, old + 2, [1.0] * 20)[0] is Decision.QUIET


def test_the_break_is_where_the_curve_begins_to_pay():
    """Of 100 pairs the last 40 follow a curve: it began with the 61st."""
    old, at = np.tile(np.linspace(20, 60, 20), 5), np.arange(100.0)
    new = np.where(at >= 60, old * 1.3, old + np.where(at % 2, 0.5, -0.5))
    assert began_at(old, new, at) == 60.0


def test_readings_across_a_known_break_are_passed_over():
    """Who is read for the first time since a change was settled raises no second suspicion."""
    watch = MethodWatch(SCALE, breaks=[10 * DAY])
    across = [Rereading(str(n), 20.0 + n / 4, 9 * DAY, 50.0 + n / 4, 11 * DAY + n) for n in range(100)]
    assert not watch.feed(across)
    assert watch.feed([each._replace(old_at=10.5 * DAY, at=each.at + DAY) for each in across])


def test_what_was_looked_at_before_is_only_learnt_from():
    """A new process raises no suspicion from what another has looked at."""
    rises = [Rereading(str(n), 20.0 + n / 4, 0.0, 50.0 + n / 4, DAY + n) for n in range(100)]
    assert not MethodWatch(SCALE).feed(rises, trusted_until=2 * DAY)
    assert MethodWatch(SCALE).feed(rises)
