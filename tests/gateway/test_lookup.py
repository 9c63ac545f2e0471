"""Looking voices up at the emulated providers: exactly the calls that are needed, once for all who ask."""

import asyncio
from collections import Counter
from urllib.parse import parse_qs, urlsplit

import pytest
from gateway_stage import CROWD, FULL, settled, values

from renown.claims import Claim, Freshness
from renown.errors import UnknownName
from renown.gateway import Gateway, Tally

COLD = {"klout": 2, "kred": 1, "peerindex": 2}


def _paths(emulator):
    return sorted(urlsplit(call).path for call in emulator.calls)


async def test_a_cold_voice_costs_each_provider_the_calls_it_needs(upstream, any_database_url, clock):
    """Klout is asked for identity and score, Kred once and polled once, PeerIndex for scores and topics."""
    upstream.behave(polls=1)
    tally = Tally()
    async with await Gateway.open(upstream.settings(any_database_url), now=clock) as gateway:
        record = await gateway.voice(FULL, tally)
        scores = {slug: gateway.score(record, slug) for slug in COLD}
    assert _paths(upstream.of["klout"]) == ["/v2/identity.json/twitter", "/v2/user.json/37436179756135399/score"]
    assert _paths(upstream.of["kred"]) == ["/kredscore", "/kredscore"]
    assert _paths(upstream.of["peerindex"]) == ["/1/actor/extended", "/1/actor/topic"]
    assert values(scores.values()) == {"klout.score": 61.25, "kred.influence": 733, "peerindex.peerindex": 58}
    assert tally == Tally(upstream_calls=6, cache_hits=0, cache_misses=3)


async def test_two_hundred_askers_cost_no_more_than_one(upstream, database_url, clock):
    """However many ask for one voice at the same time, each provider is asked once, and all get the same answer."""
    tallies = [Tally() for _ in range(200)]
    async with await Gateway.open(upstream.settings(database_url), now=clock) as gateway:
        records = await asyncio.gather(*(gateway.voice(FULL, tally) for tally in tallies))
    assert upstream.calls == COLD
    assert sum(tally.upstream_calls for tally in tallies) == sum(COLD.values())
    assert len({frozenset(claim.id for claim in record.claims.values()) for record in records}) == 1
    assert {"klout.score", "kred.influence", "peerindex.peerindex"} <= values(records[0].claims.values()).keys()


async def test_a_warm_voice_costs_nothing(upstream, any_database_url, clock):
    """A voice asked for again is answered from what is held, also by a gateway that was opened after."""
    settings, again, elsewhere = upstream.settings(any_database_url), Tally(), Tally()
    async with await Gateway.open(settings, now=clock) as gateway:
        first = await gateway.voice(FULL)
        upstream.forget_calls()
        assert await gateway.voice(FULL, again) == first
        async with await Gateway.open(settings, now=clock) as other:
            assert await other.voice(FULL, elsewhere) == first
    assert upstream.calls == {"klout": 0, "kred": 0, "peerindex": 0}
    assert again == Tally(upstream_calls=0, cache_hits=3, cache_misses=0)
    assert elsewhere == Tally(upstream_calls=0, cache_hits=0, cache_misses=3)


async def test_a_stale_voice_is_answered_at_once_and_refreshed_behind(upstream, database_url, clock):
    """Past its freshness a value is served flagged STALE; one refresh runs behind, for Klout by one call."""
    tally = Tally()
    async with await Gateway.open(upstream.settings(database_url), now=clock) as gateway:
        first = await gateway.voice(FULL)
        upstream.forget_calls()
        clock.move(days=2)
        records = await asyncio.gather(*(gateway.voice(FULL, tally) for _ in range(20)))
        served = {gateway.score(record, slug) for record in records for slug in COLD}
        await settled(gateway)
        refreshed = (await gateway.records([FULL.key]))[FULL.key]
    assert served == {gateway.score(first, slug) for slug in COLD}
    assert {claim.provenance.freshness_at(clock()) for claim in served} == {Freshness.STALE}
    assert _paths(upstream.of["klout"]) == ["/v2/user.json/37436179756135399/score"]
    assert upstream.calls == {"klout": 1, "kred": 1, "peerindex": 2}
    assert tally == Tally(upstream_calls=4, cache_hits=60, cache_misses=0)
    assert all(
        gateway.score(refreshed, slug).provenance.observed_at > gateway.score(first, slug).provenance.observed_at
        for slug in COLD
    )


async def test_thirty_voices_are_one_call_to_kred(upstream, database_url, clock):
    """Voices asked for together share Kred's call and its poll."""
    upstream.behave(polls=1)
    tally = Tally()
    async with await Gateway.open(upstream.settings(database_url, ["kred"]), now=clock) as gateway:
        found = await gateway.voices(CROWD, tally)
    questions = [parse_qs(urlsplit(call).query)["term"][0].split(",") for call in upstream.of["kred"].calls]
    assert [sorted(names) for names in questions] == [sorted(account.handle for account in CROWD)] * 2
    assert [each.account for each in found] == list(CROWD)
    assert all(isinstance(gateway.score(each.unwrap(), "kred"), Claim) for each in found)
    assert tally == Tally(upstream_calls=2, cache_hits=0, cache_misses=30)


async def test_voices_asked_for_apart_are_batched_too(upstream, database_url, clock):
    """Requests of different askers share a call where they come at the same time."""
    async with await Gateway.open(upstream.settings(database_url, ["kred"]), now=clock) as gateway:
        await asyncio.gather(*(gateway.voice(account) for account in CROWD))
    assert upstream.calls["kred"] == 1


async def test_an_age_that_is_asked_for_is_held(upstream, database_url, clock):
    """Who wants nothing older than an hour gets new values after two, and the same ones within the hour."""
    first, soon = Tally(), Tally()
    async with await Gateway.open(upstream.settings(database_url, ["peerindex"]), now=clock) as gateway:
        record = await gateway.voice(FULL)
        clock.move(hours=2)
        newer = await gateway.older_than(record, 3600, first)
        clock.move(seconds=-7200 + 60)
        assert await gateway.older_than(newer, 3600, soon) == newer
    assert (first.upstream_calls, soon.upstream_calls) == (2, 0)
    old, new = (gateway.score(each, "peerindex").provenance.observed_at for each in (record, newer))
    assert new > old


async def test_a_voice_asked_for_twice_at_once_is_one(upstream, database_url, clock):
    """The same account in two spellings is one voice, asked about once."""
    async with await Gateway.open(upstream.settings(database_url, ["peerindex"]), now=clock) as gateway:
        found = await gateway.voices([FULL, type(FULL)("twitter", "@SYNTHETIC_ONE"), FULL])
    assert len({each.record.key for each in found}) == 1
    assert Counter(upstream.calls) == Counter({"peerindex": 2, "klout": 0, "kred": 0})


async def test_a_network_that_is_not_known_is_an_error(empty):
    """A network nobody knows is named."""
    account = type(FULL)("myspace", "tom")
    with pytest.raises(UnknownName, match="There is no network 'myspace'") as refusal:
        await empty.voice(account)
    assert refusal.value.code == "UNKNOWN_NETWORK"
