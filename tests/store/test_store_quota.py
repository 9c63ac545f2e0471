"""The day's calls: one count for everybody, and never past the limit."""

import asyncio
from datetime import date

from renown.store import Store

DAY, NEXT = date(2026, 11, 22), date(2026, 11, 23)


async def test_calls_are_counted_by_provider_and_day(store):
    """Each provider has a count of its own each day; a limit of nothing allows nothing."""
    assert await store.take_calls("klout", DAY, 2)
    assert await store.take_calls("klout", DAY, 2)
    assert not await store.take_calls("klout", DAY, 2)
    assert await store.take_calls("klout", NEXT, 2)
    assert not await store.take_calls("kred", DAY, 0)
    counts = [await store.calls_taken(*what) for what in (("klout", DAY), ("klout", NEXT), ("kred", DAY))]
    assert counts == [2, 1, 0]
    assert await store.change() == 0


async def test_takers_at_the_same_time_never_pass_the_limit(store, empty_url):
    """Of forty takers through two stores at once, exactly as many as the limit get a call."""
    async with await Store.open(empty_url) as other:
        taken = await asyncio.gather(*(each.take_calls("klout", DAY, 25) for each in (store, other) for _ in range(20)))
    assert sum(taken) == 25
    assert await store.calls_taken("klout", DAY) == 25


async def test_the_count_survives_a_restart(store, empty_url):
    """A store opened anew goes on with the count."""
    await store.take_calls("klout", DAY, 1)
    await store.close()
    async with await Store.open(empty_url) as again:
        assert not await again.take_calls("klout", DAY, 1)


async def test_several_are_counted_at_once_or_not_at_all(store):
    """What would pass the limit counts nothing; what is given back can be taken again."""
    assert await store.take_calls("klout", DAY, 10, 8)
    assert not await store.take_calls("klout", DAY, 10, 3)
    assert not await store.take_calls("kred", DAY, 10, 11)
    assert await store.calls_taken("klout", DAY) == 8
    await store.give_back_calls("klout", DAY, 5)
    assert await store.take_calls("klout", DAY, 10, 7)
    assert await store.calls_taken("klout", DAY) == 10
