"""What gives a machine away in its own events, and what does not."""

import numpy as np
import pytest
from engine_worlds import DAY, HOUR, log

from renown.engine.automation import automation
from renown.engine.interactions import Kind
from renown.engine.rhythm import rhythm_of
from renown.engine.shape import shape_of
from renown.engine.summary import summary_of


def of_all(events):
    """How likely each account is a machine."""
    return automation(summary_of(events, 1e9, shape_of(events)), rhythm_of(events))


def probability(rows, name="it"):
    """How likely this account is a machine."""
    events = log(rows)
    found = of_all(events)
    return float(found[events.names.tolist().index(name)])


def acts(times, kind=Kind.REPOST):
    """One act at each of these times, of the account in question, to somebody else each time."""
    return [("it", f"other {number}", int(at), kind) for number, at in enumerate(times)]


def test_an_hourly_clock_is_recognised():
    """Also where it is some seconds late each time, and where it pauses at night."""
    chance = np.random.default_rng(7)
    hours = np.arange(200)
    late = chance.integers(0, 90, 200)
    assert probability(acts(hours * HOUR)) > 0.9
    assert probability(acts(hours * HOUR + late)) > 0.9
    by_day = hours % 24 > 7
    assert probability(acts((hours * HOUR + late)[by_day])) > 0.9


@pytest.mark.parametrize("seed", range(20))
def test_who_acts_at_random_is_no_clock(seed):
    """Nor who acts in bursts; with as few acts as are asked about at all."""
    chance = np.random.default_rng(seed)
    gaps = chance.exponential(HOUR, 30)
    assert probability(acts(np.cumsum(gaps))) < 0.2
    assert probability(acts(np.cumsum(np.where(chance.random(30) < 0.5, 60 * gaps, gaps)))) < 0.2


def test_too_few_acts_tell_nothing():
    """Twelve evenly spaced acts, eleven gaps, may be chance."""
    assert probability(acts(np.arange(12) * HOUR)) == 0


def test_faster_than_hands():
    """Forty reposts in a second are a machine's, forty people named in one post are not."""
    assert probability(acts(np.full(40, DAY))) > 0.8
    assert probability(acts(np.full(40, DAY), Kind.MENTION)) == 0
    pairs = np.repeat(np.cumsum(np.random.default_rng(1).exponential(HOUR, 20)), 2)
    assert probability(acts(pairs)) == 0


def test_a_ring_is_suspected():
    """Twelve that react to each other only; one who is reacted to by many others as well is not suspected."""
    members = ["it", *(f"member {number}" for number in range(11))]
    ring = [(one, other, DAY, Kind.REPLY) for one in members for other in members if one != other]
    spread = [(one, other, at * 7919 % DAY, kind) for at, (one, other, _, kind) in enumerate(ring)]
    fans = [(f"fan {number}", "it", DAY + number, Kind.REPLY) for number in range(10)]
    assert probability(spread) == pytest.approx(0.5)
    assert probability(spread + fans) == 0


def test_an_empty_log_has_no_machines():
    """Nothing to tell from, nobody to tell of."""
    events = log([], names=["a"])
    assert of_all(events).tolist() == [0]
