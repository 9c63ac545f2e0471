"""The day's quota in the gateway: polls count, a restart does not begin anew, midnight does."""

import asyncio
from contextlib import suppress
from datetime import timedelta

from gateway_stage import CROWD, FULL

from renown.claims import AbsenceReason, Claim
from renown.errors import QuotaExhausted
from renown.gateway import Gateway
from renown.settings import Settings
from renown.store import Store


def _settings(upstream, url, slug, quota, **more):
    settings = upstream.settings(url, [slug], **more)
    given = settings.providers[slug].model_copy(update={"quota": quota})
    return settings.model_copy(update={"providers": {slug: given}})


async def test_polls_count_and_a_restart_does_not_begin_anew(upstream, any_database_url, clock):
    """A job with one poll is two calls; the next gateway on the same store finds them used."""
    upstream.behave(polls=1)
    settings = _settings(upstream, any_database_url, "kred", 2)
    async with await Gateway.open(settings, now=clock) as gateway:
        await gateway.voice(FULL)
        assert (await gateway.quotas.of("kred")).used == 2
    async with await Gateway.open(settings, now=clock) as gateway:
        record = await gateway.voice(CROWD[0])
        absence, quota, said = (
            gateway.score(record, "kred"),
            await gateway.quotas.of("kred"),
            gateway.last_error("kred"),
        )
    assert upstream.calls["kred"] == 2
    assert absence.reason is AbsenceReason.QUOTA_EXHAUSTED
    assert absence.retry_at == quota.resets_at
    assert quota.resets_at - clock() <= timedelta(days=1)
    assert (quota.resets_at.hour, quota.resets_at.minute) == (0, 0)
    assert absence.message in said


async def test_the_next_day_begins_anew(upstream, database_url, clock):
    """After midnight (UTC) the same voice is asked about again, and the failure is forgotten."""
    async with await Gateway.open(_settings(upstream, database_url, "kred", 1), now=clock) as gateway:
        await gateway.voice(FULL)
        await gateway.voice(CROWD[0])
        assert gateway.last_error("kred")
        clock.move(days=1)
        assert isinstance(gateway.score(await gateway.voice(CROWD[0]), "kred"), Claim)
        assert gateway.last_error("kred") is None


async def test_a_refused_provider_is_left_alone_altogether(upstream, database_url, clock):
    """After one over-quota answer another voice costs no call."""
    upstream.behave(klout="over_rate")
    async with await Gateway.open(upstream.settings(database_url, ["klout"]), now=clock) as gateway:
        await gateway.voice(FULL)
        upstream.behave()
        record = await gateway.voice(CROWD[0])
        assert gateway.score(record, "klout").reason is AbsenceReason.QUOTA_EXHAUSTED
    assert upstream.calls["klout"] == 1


async def test_what_is_counted_ahead_is_given_back(upstream, any_database_url, clock):
    """One of a thousand calls takes five from the store: one is told of, and the others are there after closing."""
    settings = _settings(upstream, any_database_url, "kred", 1000)
    async with await Gateway.open(settings, now=clock) as gateway, await Store.open(any_database_url) as store:
        await gateway.voice(FULL)
        assert (await gateway.quotas.of("kred")).used == 1
        assert await store.calls_taken("kred", clock().date()) == 5
        await gateway.quotas.close()
        assert await store.calls_taken("kred", clock().date()) == 1


async def test_many_processes_never_pass_the_limit(database_url, clock):
    """Of three gateways that take calls as fast as they can, together exactly the limit gets any."""
    settings = Settings(_env_file=None, database_url=database_url, providers={"kred": {"quota": 1010}})

    async def take_all(gateway):
        taken = 0
        with suppress(QuotaExhausted):
            while True:
                await gateway.quotas.take("kred")
                taken += 1
        return taken

    gateways = [await Gateway.open(settings, now=clock) for _ in range(3)]
    assert sum(await asyncio.gather(*map(take_all, gateways))) == 1010
    for gateway in gateways:
        await gateway.close()
