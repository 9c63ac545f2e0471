"""What was read since the last change is read no more: no database, no waiting; and nothing that is gone is served."""

import asyncio
from datetime import timedelta

import pytest
from gateway_stage import FULL
from sqlalchemy import event

from making import claim
from renown.claims import AbsenceReason, Account
from renown.gateway import DEFAULT_RECIPE, Filter, Gateway, Tally
from renown.gateway.asked import ask_ranking
from renown.gateway.bounded import Bounded
from renown.gateway.held import Memory
from renown.gateway.rankings import Rankings
from renown.gateway.walking import find_claims
from renown.scoring import Recipe
from renown.settings import Settings

PIRELLI, MICHELIN = Account("twitter", "PirelliUK"), Account("twitter", "MichelinTyres")
UNNOTICED = 9e9  # seconds: of other processes nothing is noticed in a test


def _settings(url, **more):
    return Settings(_env_file=None, database_url=url, **{"notice_seconds": UNNOTICED, **more})


def at_once(work):
    """What a coroutine gives that must not suspend."""
    try:
        work.send(None)
    except StopIteration as done:
        return done.value
    work.close()
    pytest.fail("it suspended")


@pytest.fixture
async def held(demo_url, clock):
    """The demo's figures, in a gateway that sees no other process."""
    async with await Gateway.open(_settings(demo_url), now=clock) as gateway:
        yield gateway


@pytest.fixture
def statements(held):
    """All that is said to the database."""
    said = []
    for engine in (held.store._database._read, held.store._database._write):
        event.listen(engine, "before_cursor_execute", lambda *call: said.append(call[2]))
    return said


async def _look(gateway):
    """All that a client might read of the best voices, and their page's last claim."""
    asked = await ask_ranking(gateway, DEFAULT_RECIPE, asked=Filter(country="GB"), first=5)
    entries = await gateway.entries(asked.ranked, asked.page.start, asked.page.stop)
    found = await gateway.voices([entry.record.accounts[0] for entry in entries])
    composites = [await gateway.composite(each.unwrap()) for each in found]
    records = await gateway.records([entry.voice for entry in entries])
    ids = [part.score.id for part in entries[0].contributions if part.weight] + [entries[0].id]
    claims = await find_claims(gateway, ids)
    return [entry.claim for entry in entries], [each.claim for each in composites], records, claims


async def test_a_warm_read_asks_no_database_and_does_not_wait(held, statements):
    """A ranking, its page, its voices, their composites and claims: the second time all of it is in memory."""
    first = await _look(held)
    await held.recipes.saved()
    statements.clear()
    assert at_once(_look(held)) == first
    assert statements == []


async def test_a_warm_voice_asks_no_database_and_does_not_wait(upstream, database_url, clock):
    """A voice whose scores are all fresh is given as it is, and counted as served from the cache."""
    settings = upstream.settings(database_url, notice_seconds=UNNOTICED)
    async with await Gateway.open(settings, now=clock) as gateway:
        first = await gateway.voice(FULL)
        await gateway.voice(FULL)
        calls, tally = upstream.calls, Tally()
        assert at_once(gateway.voice(FULL, tally)) == first
        assert upstream.calls == calls
        assert (tally.upstream_calls, tally.cache_hits, tally.cache_misses) == (0, 3, 0)


async def test_our_own_write_is_in_the_next_answer(held):
    """A claim that is kept is at once in the record, in the columns, in the entry and found by its id."""
    await _look(held)
    ranked = await held.rank(Filter(list="tyres"))
    before = (await held.entries(ranked, 0, 1))[0]
    changed = claim(before.voice, "klout.score", 99.0, observed_at=held.now())
    await held.keep([changed], [])
    assert (await held.records([before.voice]))[before.voice].shown("klout.score") == changed
    assert await find_claims(held, [changed.id]) == [changed]
    ranked = await held.rank(Filter(list="tyres"))
    after = (await held.entries(ranked, ranked.positions[before.voice], ranked.positions[before.voice] + 1))[0]
    assert after.scores["klout"] == changed
    assert after.value > before.value


async def test_a_page_of_an_older_snapshot_shows_what_is_held_today(held):
    """The entries of a ranking that is asked for again after a change are made anew, of its own scores."""
    ranked = await held.rank(Filter(list="tyres"))
    (before,) = await held.entries(ranked, 0, 1)
    name = claim(before.voice, "name", "Another name", observed_at=held.now())
    await held.keep([name], [])
    (after,) = await held.entries(ranked, 0, 1)
    assert after.record.shown("name") == name
    assert after.claim == before.claim


@pytest.mark.parametrize("notice_seconds", [0, UNNOTICED])
async def test_another_process_is_noticed_as_the_setting_says(demo_url, clock, notice_seconds):
    """With 0 seconds its write is in the next answer, else not before the time is up."""
    async with (
        await Gateway.open(_settings(demo_url, notice_seconds=notice_seconds), now=clock) as ours,
        await Gateway.open(_settings(demo_url), now=clock) as theirs,
    ):
        before = (await ours.records([PIRELLI.key]))[PIRELLI.key].shown("klout.score")
        changed = claim(PIRELLI.key, "klout.score", 99.0, observed_at=clock())
        await theirs.keep([changed], [])
        shown = (await ours.records([PIRELLI.key]))[PIRELLI.key].shown("klout.score")
        assert shown == (before if notice_seconds else changed)


async def test_an_expired_claim_is_served_from_no_memory(empty, clock):
    """A moment past its licence a claim is in no record, entry or ranking, and is not found by its id."""
    now = clock()
    brief = claim(observed_at=now, keep_until=now + timedelta(hours=1))
    figures = [brief, claim(field="peerindex.peerindex", value=40, observed_at=now)]
    await empty.keep(figures, [PIRELLI])
    ranked = await empty.rank(Filter())
    (entry,) = await empty.entries(ranked, 0, 1)
    assert entry.scores["klout"] == brief
    assert await find_claims(empty, [brief.id, entry.id]) == [brief, entry.claim]
    clock.move(hours=2)
    record = (await empty.records([PIRELLI.key]))[PIRELLI.key]
    assert record.shown("klout.score") is None
    assert record.absences["klout"].reason is AbsenceReason.LICENCE_EXPIRED
    assert await find_claims(empty, [brief.id, entry.id]) == [None, None]
    (again,) = await empty.entries(ranked, 0, 1)
    assert again.scores["klout"].reason is AbsenceReason.LICENCE_EXPIRED
    assert len(await empty.rank(Filter())) == 0


async def test_what_was_read_before_a_write_is_not_served_after_it(held, monkeypatch):
    """A read that a write overtakes leaves nothing behind for those who ask after the write."""
    read, reading, go_on = held.store.held_on, asyncio.Event(), asyncio.Event()

    async def slow(*arguments):
        found = await read(*arguments)
        reading.set()
        await go_on.wait()
        return found

    monkeypatch.setattr(held.store, "held_on", slow)
    early = asyncio.create_task(held.records([PIRELLI.key]))
    await reading.wait()
    monkeypatch.undo()
    changed = claim(PIRELLI.key, "klout.score", 99.0, observed_at=held.now())
    await held.keep([changed], [])
    go_on.set()
    await early
    assert (await held.records([PIRELLI.key]))[PIRELLI.key].shown("klout.score") == changed


async def test_what_is_missing_is_read_beside_what_is_held(held, statements):
    """Of two voices of which one was read before, both are given, and only the other is read."""
    await held.records([PIRELLI.key])
    statements.clear()
    assert set(await held.records([PIRELLI.key, MICHELIN.key, "twitter:nobody"])) == {PIRELLI.key, MICHELIN.key}
    assert len([said for said in statements if "FROM latest" in said or "JOIN latest" in said]) == 1


async def test_memory_is_bounded(held):
    """However much is read, at most so many of each kind are kept; all that is asked for is given all the same."""
    memory = Memory(held.store, held.changes, held.now, most=3)
    voices = list((await held.snapshots.current()).voices)
    assert set(await memory.records(voices)) == set(voices)
    assert set(await memory.records(voices, asked=True)) == set(voices)
    kept = [each for each in vars(memory).values() if isinstance(each, Bounded)]
    assert [len(each) for each in kept] == [3] * 5


async def test_rankings_are_bounded_by_what_they_take(held):
    """The rankings used last are kept, with their pages; one that is larger than the bound is kept alone."""
    rankings, standings = Rankings(most_rows=1000), await held.snapshots.current()
    recipes = [Recipe(minimum_providers=1, draws=number) for number in range(100, 130)]
    ranked = [await rankings.ranked(standings, recipe, Filter()) for recipe in recipes]
    assert await rankings.ranked(standings, recipes[-1], Filter()) is ranked[-1]
    assert await rankings.ranked(standings, recipes[0], Filter()) is not ranked[0]
    entries = await held.entries(ranked[-1], 0, 10)
    for start in range(100):
        rankings.keep_page(ranked[-1], start, start + 10, entries)
    assert rankings.page(ranked[-1], 99, 109) is entries
    assert rankings.page(ranked[-2], 0, 10) is None
    rankings.forget_pages()
    assert rankings.page(ranked[-1], 99, 109) is None
