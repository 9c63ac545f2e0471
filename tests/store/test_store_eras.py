"""Eras are appended step by step, each with its change number; and what was said again is found beside what was."""

from dataclasses import replace
from datetime import timedelta

from making import NOON, claim
from renown.store import EraStep

STEP = EraStep(
    provider="klout", number=1, state="SUSPECTED", began_at=NOON, at=NOON, pairs=31, link=None, statement="Perhaps."
)
LATER = NOON + timedelta(days=1)


async def test_a_step_is_a_change_and_is_written_once(store):
    """A step takes the next change number; the same state of the same era again takes none and changes nothing."""
    opened = replace(STEP, state="OPEN", link="{}", at=LATER)
    assert await store.add_era_step(STEP) == 1
    assert await store.add_era_step(replace(STEP, statement="Again.")) == 1
    assert await store.add_era_step(opened) == 2
    assert await store.era_steps() == [STEP, opened]
    assert await store.era_steps(upto_change=1) == [STEP]
    assert await store.era_steps(provider="kred") == []


async def test_what_was_said_again_comes_with_what_was_said_before(store):
    """Each reading with an earlier one of the same subject, in the order of keeping; published figures are none."""
    published = claim("twitter:contiuk", value=50.0, frozen=True)
    await store.append([claim(value=39.0), published])
    last, none = await store.rereadings("klout.score", 0, 10)
    await store.append([claim(value=41.0, observed_at=LATER), claim("twitter:contiuk", value=52.0, observed_at=LATER)])
    assert (last, none) == (2, [])
    assert await store.rereadings("klout.score", last, 10) == (4, [("twitter:pirelliuk", 39.0, NOON, 41.0, LATER)])
    assert await store.rereadings("klout.score", 4, 10) == (4, [])
    assert await store.rereadings("kred.influence", 0, 10) == (4, [])


async def test_who_is_still_to_be_read_again(store):
    """Those count whose latest value is of before; whose it is of after do not."""
    await store.append([claim(value=39.0), claim("twitter:contiuk", value=52.0, observed_at=LATER)])
    assert await store.not_reread("klout.score", LATER) == 1
    assert await store.not_reread("klout.score", NOON) == 0


async def test_the_last_before_a_moment(store):
    """The newest claim of each subject observed before a moment, by what was known at a change."""
    first, second = claim(value=39.0), claim(value=40.0, observed_at=NOON + timedelta(hours=1))
    await store.append([first])
    await store.append([second, claim(value=70.0, observed_at=LATER)])
    assert await store.last_before("klout.score", LATER) == {first.subject: second}
    assert await store.last_before("klout.score", LATER, upto_change=1) == {first.subject: first}
    assert await store.last_before("klout.score", LATER, NOON) == {first.subject: first}
    assert await store.last_before("klout.score", NOON) == {}
