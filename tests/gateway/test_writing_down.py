"""What providers said is written together, and nobody loses by another's mistake."""

import asyncio

import pytest

from making import NOON, claim
from renown.claims import Absence, AbsenceReason, Account
from renown.gateway.era_watch import EraWatch
from renown.gateway.writing_down import News, WritingDown
from renown.providers import Registry
from renown.settings import Settings, sqlite_url
from renown.store import Store


def _news(handle, *claims, absence=None):
    return News(claims=claims, absence=absence, stranger=Account("twitter", handle), first="klout.score")


@pytest.fixture
async def store(tmp_path):
    """A store of its own."""
    async with await Store.open(sqlite_url(tmp_path / "written.db")) as opened:
        yield opened


@pytest.fixture
async def writing(store):
    """What writes into it."""
    registry = Registry.load(Settings())
    writing = WritingDown(store, registry, EraWatch(store, registry, lambda: NOON), lambda: NOON)
    yield writing
    await writing.close()


async def test_what_comes_together_takes_few_changes(store, writing):
    """Twenty voices at once are all there when each write returns, and took fewer change numbers than voices."""
    news = [_news(f"voice{at}", claim(subject=f"twitter:voice{at}")) for at in range(20)]
    await asyncio.gather(*(writing.write(each, 0.0) for each in news))
    assert len(await store.accounts()) == len(await store.all_latest()) == 20
    assert await store.change() < 20


async def test_a_claim_that_cannot_be_written_costs_nobody_else_theirs(store, writing):
    """Of three written together the one with no finite number raises, and the two others are in the store."""
    values = {"one": 40.0, "two": float("nan"), "three": 60.0}
    news = [_news(name, claim(subject=f"twitter:{name}", value=value)) for name, value in values.items()]
    outcomes = await asyncio.gather(*(writing.write(each, 0.0) for each in news), return_exceptions=True)
    assert [type(each) for each in outcomes] == [type(None), ValueError, type(None)]
    assert {stored.account.handle for stored in await store.accounts()} == {"one", "three"}


async def test_an_absence_alone_brings_nobody_into_the_directory(store, writing):
    """Whom no provider knows is not held; why is."""
    why = Absence("twitter:nobody", "klout", AbsenceReason.UNKNOWN_TO_PROVIDER, "Klout does not know nobody.", NOON)
    await writing.write(_news("nobody", absence=why), 0.0)
    assert await store.accounts() == []
    assert await store.absences(["twitter:nobody"]) == [why]


async def test_news_wait_for_those_on_their_way(store, writing):
    """What comes while another provider is asked is written with its news, in one change; alone it goes at once."""
    with writing.expecting():
        early = asyncio.create_task(writing.write(_news("early", claim(subject="twitter:early")), 0.0))
        await asyncio.sleep(0)
        assert await store.change() == 0
    await asyncio.gather(early, writing.write(_news("late", claim(subject="twitter:late")), 0.0))
    assert await store.change() == 1
    await writing.write(_news("alone", claim(subject="twitter:alone")), 0.0)
    assert await store.change() == 2


async def test_news_do_not_wait_for_a_provider_that_hangs(store, writing):
    """Who never answers holds nobody else's news back for longer than a moment."""
    with writing.expecting():
        await writing.write(_news("early", claim(subject="twitter:early")), 0.0)
        assert await store.change() == 1
