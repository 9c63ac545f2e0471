"""Providers that fail: an absence with its reason or the last value flagged stale, and nothing unhandled."""

import asyncio
import gc
import logging

import pytest
from gateway_stage import FULL, SLUGS, settled
from structlog.testing import capture_logs

from renown.claims import AbsenceReason, Account, Claim, Freshness
from renown.gateway import Gateway, Tally
from renown.providers import ProviderState

REASONS = {"500": AbsenceReason.UNREACHABLE, "hang": AbsenceReason.TIMED_OUT, "html": AbsenceReason.INVALID_REPLY}
LONG = 30.0  # far below the time a hanging provider takes, which is for ever

# Each kind of failure meets each provider once.
TURNS = [
    dict(zip(SLUGS, kinds, strict=True))
    for kinds in (("500", "hang", "html"), ("hang", "html", "500"), ("html", "500", "hang"))
]
every_failure = pytest.mark.parametrize("fails", TURNS, ids=lambda fails: "-".join(fails.values()))


@pytest.fixture
def quiet(caplog, capfd):
    """Fails the test whose log holds an error or a traceback, also of a task that nobody awaited."""
    with capture_logs() as logged:
        yield
        gc.collect()  # a task nobody awaited complains when it is collected
    assert [record for record in caplog.records if record.levelno >= logging.ERROR or record.exc_info] == []
    assert [entry for entry in logged if entry["log_level"] in {"error", "critical"} or entry.get("exc_info")] == []
    assert "Traceback" not in "".join(capfd.readouterr())


def _settings(upstream, url):
    return upstream.settings(url, deadline_seconds=1.0)


def _states(gateway):
    return {gateway.provider_state(slug) for slug in SLUGS}


@every_failure
async def test_a_cold_voice_has_absences_with_the_reason(upstream, database_url, clock, quiet, fails):
    """A provider that fails leaves an absence that says how, and the query does not wait for the one that hangs."""
    upstream.behave(**fails)
    async with await Gateway.open(_settings(upstream, database_url), now=clock) as gateway:
        record = await asyncio.wait_for(gateway.voice(FULL), LONG)
        absences = {slug: gateway.score(record, slug) for slug in SLUGS}
        states = _states(gateway)
        assert await gateway.store.accounts() == []
    assert {slug: absence.reason for slug, absence in absences.items()} == {s: REASONS[f] for s, f in fails.items()}
    assert record.claims == {}
    assert states == {ProviderState.DEGRADED}


@every_failure
async def test_a_known_voice_keeps_its_last_values_flagged_stale(upstream, database_url, clock, quiet, fails):
    """While every provider fails the last values are served as STALE; once they answer again all is as it was."""
    upstream.behave()
    async with await Gateway.open(_settings(upstream, database_url), now=clock) as gateway:
        first = await gateway.voice(FULL)
        clock.move(days=2)
        upstream.behave(**fails)
        await asyncio.wait_for(gateway.voice(FULL), LONG)  # finds the values stale, and has them refreshed behind
        await settled(gateway)
        assert _states(gateway) == {ProviderState.DEGRADED}
        served = await asyncio.wait_for(gateway.voice(FULL), LONG)
        upstream.behave()
        clock.move(seconds=gateway.settings.retry_after_seconds + 1)
        await gateway.voice(FULL)
        await settled(gateway)
        assert _states(gateway) == {ProviderState.LIVE}
        recovered = (await gateway.records([FULL.key]))[FULL.key]
    for slug in SLUGS:
        assert gateway.score(served, slug) == gateway.score(first, slug)
        assert gateway.score(served, slug).provenance.freshness_at(clock()) is Freshness.STALE
        assert served.absences[slug].reason is REASONS[fails[slug]]
    assert recovered.absences == {}


async def test_a_new_gateway_serves_stale_values_too(upstream, database_url, clock, quiet):
    """A gateway that starts while providers fail serves what the store holds, within its deadline."""
    settings = _settings(upstream, database_url)
    upstream.behave()
    async with await Gateway.open(settings, now=clock) as gateway:
        first = await gateway.voice(FULL)
    clock.move(days=2)
    upstream.behave(**TURNS[0])
    async with await Gateway.open(settings, now=clock) as gateway:
        served = await asyncio.wait_for(gateway.voice(FULL), LONG)
    assert {slug: gateway.score(served, slug) for slug in SLUGS} == {s: gateway.score(first, s) for s in SLUGS}


async def test_a_failure_is_remembered_for_a_moment(upstream, database_url, clock):
    """A provider that failed is not asked again until it is time to, then it is."""
    upstream.behave(klout="html")
    async with await Gateway.open(upstream.settings(database_url, ["klout"]), now=clock) as gateway:
        await gateway.voice(FULL)
        await gateway.voice(FULL, tally := Tally())
        assert upstream.calls["klout"] == 1
        assert tally == Tally(cache_hits=1)
        upstream.behave()
        clock.move(seconds=gateway.settings.retry_after_seconds + 1)
        assert isinstance(gateway.score(await gateway.voice(FULL), "klout"), Claim)


async def test_after_a_failed_refresh_nobody_waits_again(upstream, database_url, clock):
    """Who asks for a voice whose provider hangs and of whom a value is held gets it at once, every time."""
    upstream.behave()
    async with await Gateway.open(
        upstream.settings(database_url, ["klout"], deadline_seconds=0.5), now=clock
    ) as gateway:
        first = await gateway.voice(FULL)
        clock.move(days=2)
        upstream.behave(klout="hang")
        for _ in range(3):
            tally = Tally()
            assert gateway.score(await gateway.voice(FULL, tally), "klout") == gateway.score(first, "klout")
            assert (tally.cache_hits, tally.cache_misses) == (1, 0)
            await settled(gateway)
            clock.move(seconds=gateway.settings.retry_after_seconds + 1)


async def test_a_failure_that_cannot_be_written_in_time_is_still_told(upstream, database_url, clock, monkeypatch):
    """Where the store is too slow to keep the absence before the query ends, the answer says TIMED_OUT all the same."""
    upstream.behave(klout="hang")
    settings = upstream.settings(database_url, ["klout"], deadline_seconds=0.5)
    async with await Gateway.open(settings, now=clock) as gateway:
        written, record_absences = asyncio.Event(), gateway.store.record_absences

        async def slow(absences):
            await written.wait()
            return await record_absences(absences)

        monkeypatch.setattr(gateway.store, "record_absences", slow)
        record = await asyncio.wait_for(gateway.voice(FULL), LONG)
        written.set()
        await settled(gateway)
    assert gateway.score(record, "klout").reason is AbsenceReason.TIMED_OUT


async def test_closing_while_a_provider_hangs_leaves_nothing_behind(upstream, database_url, clock, quiet):
    """A gateway closed in the middle of a refresh stops it: no task stays, and no failure is kept that was none."""
    upstream.behave()
    settings = upstream.settings(database_url, ["klout", "kred"])
    async with await Gateway.open(settings, now=clock) as gateway:
        await gateway.voice(FULL)
        clock.move(days=2)
        upstream.behave(klout="hang", kred="hang")
        await gateway.voice(FULL)
        await upstream.until(klout=3, kred=2)
    assert asyncio.all_tasks() == {asyncio.current_task()}
    async with await Gateway.open(settings, now=clock) as gateway:
        assert await gateway.store.absences() == []


async def test_an_asker_who_leaves_takes_nobody_along(upstream, database_url, clock, quiet):
    """One of two askers is cancelled; the other gets the answer, of the same calls."""
    upstream.behave(polls=1)
    async with await Gateway.open(upstream.settings(database_url, ["kred"]), now=clock) as gateway:
        leaving, staying = (asyncio.create_task(gateway.voice(FULL)) for _ in range(2))
        await upstream.until(kred=1)
        leaving.cancel()
        assert isinstance(gateway.score(await staying, "kred"), Claim)
    assert leaving.cancelled()
    assert upstream.calls["kred"] == 2


async def test_a_store_that_fails_gives_one_error(upstream, database_url, clock, quiet, monkeypatch):
    """What breaks within is raised once, to the asker; no other task is left to complain."""
    async with await Gateway.open(upstream.settings(database_url), now=clock) as gateway:

        async def broken(*_args):
            raise OSError("the disk is gone")

        monkeypatch.setattr(gateway.store, "held_on", broken)
        with pytest.raises(OSError, match="the disk is gone"):
            await gateway.voices([FULL, Account("twitter", "only_kred")])
