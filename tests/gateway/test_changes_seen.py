"""The change number in memory: when the store is asked for it, and when not."""

import pytest
from gateway_stage import Clock

from making import claim
from renown.claims import Account
from renown.gateway.changes import Changes
from renown.store import Store

PIRELLI = Account("twitter", "PirelliUK")


class Seconds:
    """A clock that is moved by hand."""

    def __init__(self):
        self.passed = 1000.0

    def __call__(self):
        """The seconds that have passed."""
        return self.passed


@pytest.fixture
def seconds():
    """What the change number's age is measured by."""
    return Seconds()


@pytest.fixture
async def stores(any_database_url):
    """Two stores on one database, as two processes have them."""
    async with await Store.open(any_database_url) as ours, await Store.open(any_database_url) as theirs:
        yield ours, theirs


async def test_our_own_write_is_seen_at_once(stores, clock, seconds):
    """After each write of this process the number is the one that the write took."""
    ours, _ = stores
    changes = Changes(ours, clock, 3600, clock=seconds)
    assert await changes.current() == 0
    for value in (1.0, 2.0):
        kept = await ours.append([claim(value=value, observed_at=clock())], [PIRELLI])
        assert changes.known() == kept == await changes.current()


async def test_our_own_write_after_another_process_s_is_asked_about(stores, clock, seconds):
    """What lies before a write of ours, or instead of it, is not taken for ours: the store is asked."""
    ours, theirs = stores
    changes = Changes(ours, clock, 3600, clock=seconds)
    assert await changes.current() == 0
    brief = claim(observed_at=clock(), keep_until=clock().replace(year=8000))
    await theirs.append([brief], [PIRELLI])
    assert await ours.append([brief], [PIRELLI]) == 1
    assert changes.known() is None
    assert await changes.current() == 1
    await theirs.append([claim(value=2.0)])
    await ours.append([claim(value=3.0)])
    assert changes.known() is None
    assert await changes.current() == 3


async def test_a_failed_write_is_asked_about(stores, clock, seconds):
    """Whether a write that raised was through is for the store to say."""
    ours, _ = stores
    changes = Changes(ours, clock, 3600, clock=seconds)
    assert await changes.current() == 0
    with pytest.raises(ValueError, match="JSON"):
        await ours.append([claim(value=float("nan"))])
    assert changes.known() is None
    assert await changes.current() == 0
    await ours.append([claim(observed_at=clock())])
    assert changes.known() == 1


async def test_the_licence_of_our_own_write_is_heeded(stores, seconds):
    """The number that a write of ours took is told until the first of its licences ends, and the store is not asked."""
    ours, _ = stores
    clock = Clock()
    changes = Changes(ours, clock, 9e9, clock=seconds)
    await changes.current()
    await ours.append([claim(observed_at=clock(), keep_until=clock().replace(year=8000))], [PIRELLI])
    assert changes.known() == 1
    clock.move(days=365 * 7000)
    assert changes.known() is None
    assert await changes.current() == 2


async def test_a_write_of_another_process_is_seen_within_the_stated_time(stores, clock, seconds):
    """It is not seen a moment before, and seen when the time is up."""
    ours, theirs = stores
    changes = Changes(ours, clock, 0.25, clock=seconds)
    assert await changes.current() == 0
    await theirs.append([claim()], [PIRELLI])
    seconds.passed += 0.24
    assert await changes.current() == 0
    seconds.passed += 0.02
    assert await changes.current() == 1


async def test_with_no_time_given_every_write_is_seen_at_once(stores, clock, seconds):
    """Where the setting is 0 the store is asked at every read."""
    ours, theirs = stores
    changes = Changes(ours, clock, 0, clock=seconds)
    assert await changes.current() == 0
    await theirs.append([claim()], [PIRELLI])
    assert changes.known() is None
    assert await changes.current() == 1


async def test_a_write_that_ends_while_the_number_is_read_is_not_missed(stores, clock, seconds, monkeypatch):
    """A number that was read before our write ended is not told after it."""
    ours, _ = stores
    changes = Changes(ours, clock, 3600, clock=seconds)
    read = ours.change

    async def overtaken():
        number = await read()
        monkeypatch.undo()
        await ours.append([claim()], [PIRELLI])
        return number

    monkeypatch.setattr(ours, "change", overtaken)
    await changes.current()
    assert await changes.current() == 1


async def test_the_end_of_a_licence_is_a_change(stores, clock, seconds):
    """When a licence ends, its claim is deleted before a number is told, and the number is another."""
    ours, _ = stores
    moment = clock()
    changes = Changes(ours, lambda: moment if seconds.passed < 2000 else moment.replace(year=9000), 9e9, clock=seconds)
    await ours.append([claim(observed_at=moment, keep_until=moment.replace(year=8000))], [PIRELLI])
    before = await changes.current()
    seconds.passed += 2000
    assert changes.known() is None
    assert await changes.current() == before + 1
    assert (await ours.latest([PIRELLI.key]))[PIRELLI.key] == []


async def test_a_licence_that_came_in_unseen_is_heeded(stores, seconds):
    """The end of a claim of another process that was read before its change was seen ends the number's life too."""
    ours, theirs = stores
    clock = Clock()
    changes = Changes(ours, clock, 9e9, clock=seconds)
    before = await changes.current()
    brief = claim(observed_at=clock(), keep_until=clock().replace(year=8000))
    await theirs.append([brief], [PIRELLI])
    assert await changes.current() == before
    changes.expires(brief.provenance.keep_until)
    clock.move(days=365 * 7000)
    assert await changes.current() == before + 2
