"""The score that lasts: it moves with the audience, and hardly with silence."""

from dataclasses import replace

import numpy as np
import pytest
from engine_worlds import DAY, UNTIL, lasting, log, world

from renown.engine.interactions import Kind


def four_weeks():
    """The world's two weeks, and the same again."""
    once = world()
    columns = {name: np.concatenate([getattr(once, name)] * 2) for name in ("actor", "target", "kind", "post")}
    return replace(once, at=np.concatenate([once.at, once.at + UNTIL]), **columns)


def test_a_log_that_ended_stands_still_for_two_weeks():
    """Nobody knows of anything since: nobody's score moves at all."""
    assert np.array_equal(lasting(world(), UNTIL).score, lasting(world(), UNTIL + 14 * DAY).score)


@pytest.mark.parametrize("place", [0, 1, 5, 20, 100, 500, 1000, 2000])
def test_two_silent_weeks_move_a_voice_by_less_than_its_range(place):
    """While everybody else goes on as before."""
    before = lasting(world(), UNTIL)
    voice = np.flatnonzero(before.heard)[np.argsort(-before.score[before.heard])][place]
    events = four_weeks()
    silent = events.where((events.target != voice) | (events.at < UNTIL))
    after = lasting(silent, 2 * UNTIL)
    assert 2 * UNTIL - after.last[voice] >= 14 * DAY
    assert abs(after.score[voice] - before.score[voice]) < after.high[voice] - after.low[voice]


def test_momentum_follows_events_within_a_day():
    """The other score of the same voice falls by many points where nobody passes it on any more."""
    before = lasting(world(), UNTIL)
    voice = int(np.argmax(before.momentum))
    silent = world().where((world().target != voice) | (world().at < UNTIL - DAY))
    after = lasting(silent, UNTIL)
    assert after.momentum[voice] < before.momentum[voice] - 5
    assert abs(after.score[voice] - before.score[voice]) < 1


def test_years_of_silence_fade_a_score():
    """It never rises again by itself, and its range stays around it."""
    past = [lasting(world(), UNTIL + days * DAY) for days in (0, 60, 365, 3650)]
    top = int(np.argmax(past[0].score))
    scores = [each.score[top] for each in past]
    assert scores == sorted(scores, reverse=True)
    assert scores[-1] < scores[0] - 20
    assert all((each.low <= each.score).all() and (each.score <= each.high).all() for each in past)


def test_who_was_only_followed_was_not_heard():
    """A follow says nothing of an audience where others react."""
    found = lasting(log([("a", "b", 10, Kind.REPOST), ("a", "c", 20, Kind.FOLLOW)]), DAY)
    assert found.heard.tolist() == [False, True, False]
    assert found.voices.tolist() == [0, 1, 1]
    assert found.last[1] == 10


def test_a_machine_stays_in_the_lower_half():
    """However many pass on an hourly clock."""
    clock = [("clock", "star", hour * 3600, Kind.REPOST) for hour in range(200)]
    fans = [(f"fan{at}", "clock", 500 * at, Kind.REPOST) for at in range(400)]
    small = [(f"fan{at}", f"small{at % 100}", 700 * at, Kind.REPOST) for at in range(300)]
    found = lasting(log([*clock, *fans, *small]), 10 * DAY)
    names = log([*clock, *fans, *small]).names
    machine = int(np.flatnonzero(names == "clock")[0])
    assert found.automation[machine] > 0.9
    assert found.score[machine] <= np.median(found.score[found.heard])
