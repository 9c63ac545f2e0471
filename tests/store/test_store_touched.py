"""Which voices a change touched: those of whom something came, was refreshed or went."""

from datetime import timedelta

from making import NOON, claim
from renown.claims import Account

ONE, OTHER = Account("twitter", "one"), Account("twitter", "other")


async def _touched(store, change):
    found = await store.touched_since(change)
    return [stored.account.key for stored in found.accounts], found.held


async def test_what_came_and_was_refreshed_is_touched(store):
    """New claims touch their subjects and no others, and so does a licence that is longer now; nothing new does not."""
    first = await store.append([claim(ONE.key), claim(OTHER.key)], [ONE, OTHER])
    assert await _touched(store, first - 1) == ([ONE.key, OTHER.key], 2)
    assert await _touched(store, first) == ([], 2)
    second = await store.append([claim(ONE.key, value=41.0)])
    assert await _touched(store, first) == ([ONE.key], 2)
    await store.append([claim(OTHER.key, keep_until=NOON + timedelta(days=9))])
    assert await _touched(store, second) == ([OTHER.key], 2)
    third = await store.change()
    await store.append([claim(OTHER.key, keep_until=NOON + timedelta(days=9))])
    assert await _touched(store, third) == ([], 2)


async def test_an_account_that_is_spelt_anew_is_touched(store):
    """The owner's own spelling of a handle is something new of the account."""
    change = await store.append([claim(ONE.key)], [ONE])
    await store.append([], [Account("twitter", "One")])
    assert await _touched(store, change) == ([ONE.key], 1)


async def test_whoever_loses_a_claim_is_touched(store):
    """A licence that ended touches those whose claims were deleted."""
    ending = claim(ONE.key, keep_until=NOON + timedelta(days=1))
    change = await store.append([ending, claim(OTHER.key)], [ONE, OTHER])
    assert await store.expire(NOON + timedelta(days=2)) == 1
    assert await _touched(store, change) == ([ONE.key], 2)
