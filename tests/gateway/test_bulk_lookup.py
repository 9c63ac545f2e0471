"""One lookup of many voices: exactly the calls that are needed, in batches, and none twice after an interruption."""

import asyncio
import time
from collections import Counter
from contextlib import asynccontextmanager
from urllib.parse import parse_qs, urlsplit

import pytest
from gateway_stage import SLUGS, upstream_of

from renown.claims import AbsenceReason, Account
from renown.emulators import Dataset
from renown.gateway import Gateway
from renown.gateway.bulk import Bulk

VOICES = 60
FEW = 20
HIGH_PACE = 500.0


@pytest.fixture(scope="module")
def invented():
    """Sixty voices, known in part to each provider."""
    return Dataset.synthetic(VOICES, seed=7)


@pytest.fixture
async def emulated(invented):
    """Three emulators that know them."""
    async with upstream_of(invented) as upstream:
        yield upstream


@asynccontextmanager
async def _gateway(emulated, invented, url, clock, pace=HIGH_PACE, **quotas):
    settings = emulated.settings(url)
    providers = {
        slug: given.model_copy(
            update={
                "key": type(given.key)(invented.key),
                "app_id": type(given.key)(invented.app_id) if slug == "kred" else None,
                "pace": pace,
                "quota": quotas.get(slug),
            }
        )
        for slug, given in settings.providers.items()
    }
    async with await Gateway.open(settings.model_copy(update={"providers": providers}), now=clock) as gateway:
        yield gateway


def _accounts(invented, most=None):
    return [Account("twitter", account.handle) for account in invented.accounts[:most]]


def _by_slug(bulk):
    return {part.provider.declaration.slug: part for part in bulk.parts}


async def _done(gateway, accounts):
    bulk = await Bulk.plan(gateway, accounts)
    await bulk.run()
    return _by_slug(bulk)


async def test_sixty_voices_cost_the_calls_they_need(emulated, invented, database_url, clock):
    """Kred is asked in batches of fifty; every voice gets a score or an absence of each; a second run makes no call."""
    async with _gateway(emulated, invented, database_url, clock) as gateway:
        parts = await _done(gateway, _accounts(invented))
        first = dict(emulated.calls)
        quotas = {slug: await gateway.quotas.of(slug) for slug in SLUGS}
        scored = Counter(claim.field for claim in await gateway.store.all_latest())
        again = await _done(gateway, _accounts(invented))
    terms = [parse_qs(urlsplit(call).query)["term"][0].split(",") for call in emulated.of["kred"].calls]
    assert sorted(len(names) for names in terms) == [10, 50]
    assert first == {slug: part.calls for slug, part in parts.items()} == emulated.calls
    on_klout = sum(account.klout is not None for account in invented.accounts)
    assert first["klout"] == VOICES + on_klout
    assert scored["klout.score"] == on_klout == parts["klout"].answered
    assert all(part.answered + part.absences.total() == part.done == VOICES for part in parts.values())
    assert (quotas["klout"].used, quotas["peerindex"].used) == (first["klout"], first["peerindex"])
    assert quotas["kred"] is None
    assert {slug: (part.total, part.calls) for slug, part in again.items()} == dict.fromkeys(SLUGS, (0, 0))


async def test_interrupted_it_goes_on_where_it_stopped(emulated, invented, database_url, clock):
    """Cancelled after the first answers were kept, the same lookup asks about the others, and nobody kept twice."""
    accounts = _accounts(invented, FEW)
    async with _gateway(emulated, invented, database_url, clock, pace=100.0) as gateway:
        bulk = await Bulk.plan(gateway, accounts)
        kept = asyncio.Event()
        under_way = asyncio.create_task(bulk.run(lambda _part, _count: kept.set()))
        await kept.wait()
        under_way.cancel()
        with pytest.raises(asyncio.CancelledError):
            await under_way
    interrupted = _by_slug(bulk)
    assert 0 < sum(part.done for part in bulk.parts) < 3 * FEW
    emulated.forget_calls()
    async with _gateway(emulated, invented, database_url, clock) as gateway:
        held = {a.key for a in accounts} - {
            a.key for part in (await Bulk.plan(gateway, accounts)).parts for a in part.waiting
        }
        parts = await _done(gateway, accounts)
    assert {s: part.held for s, part in parts.items()} == {s: part.done for s, part in interrupted.items()}
    assert all(part.held + part.done == FEW for part in parts.values())
    asked = "".join(call.casefold() + "&" for call in emulated.of["klout"].calls)
    assert not [key for key in held if f"screenname={key.partition(':')[2]}&" in asked]


async def test_a_quota_that_is_too_small_stops_that_provider_alone(emulated, invented, database_url, clock):
    """PeerIndex gets ten calls and no more, all its other voices QUOTA_EXHAUSTED; Klout and Kred are complete."""
    async with _gateway(emulated, invented, database_url, clock, peerindex=10) as gateway:
        parts = await _done(gateway, _accounts(invented, FEW))
        quota = await gateway.quotas.of("peerindex")
        said = gateway.last_error("peerindex")
    assert (emulated.calls["peerindex"], quota.used, quota.limit) == (10, 10, 10)
    assert parts["peerindex"].absences[AbsenceReason.QUOTA_EXHAUSTED] >= FEW - 10
    assert parts["peerindex"].stopped.retry_at == quota.resets_at
    assert "the 10 calls of the day are used up" in said
    assert parts["peerindex"].done == parts["klout"].done == parts["kred"].done == FEW
    assert parts["klout"].stopped is parts["kred"].stopped is None


class _Stamped(list):
    """Calls, and the moment at which each came to the emulator."""

    def __init__(self):
        super().__init__()
        self.moments = []

    def append(self, call):
        """One more."""
        self.moments.append(time.monotonic())
        super().append(call)

    def most_within_a_second(self):
        """The most calls in any second, wherever it begins."""
        return max(
            sum(start <= moment < start + 1 for moment in self.moments[at : at + 100])
            for at, start in enumerate(self.moments)
        )


@pytest.mark.soak
async def test_a_thousand_voices_keep_within_pace_and_quota(database_url, clock, capsys):
    """1,000 voices at 10 calls a second: no second has more than 10 calls, and no call is missing from the count."""
    thousand = Dataset.synthetic(1_000, seed=11)
    async with upstream_of(thousand) as emulated:
        for emulator in emulated.of.values():
            emulator.app.state.calls = _Stamped()
        began = time.monotonic()
        async with _gateway(emulated, thousand, database_url, clock, pace=10.0, peerindex=500) as gateway:
            parts = await _done(gateway, _accounts(thousand))
            quotas = {slug: await gateway.quotas.of(slug) for slug in SLUGS}
        took = time.monotonic() - began
        most = {slug: emulator.calls.most_within_a_second() for slug, emulator in emulated.of.items()}
    with capsys.disabled():
        told = {slug: (part.calls, part.answered, dict(part.absences)) for slug, part in parts.items()}
        print(f"\n{took:.0f} s; most calls within a second {most}; calls, answered, absences {told}")  # noqa: T201 - the figures
    assert all(count <= 10 for count in most.values()), most
    assert emulated.calls == {slug: part.calls for slug, part in parts.items()}
    assert quotas["klout"].used == emulated.calls["klout"] <= quotas["klout"].limit
    assert quotas["peerindex"].used == emulated.calls["peerindex"] == 500
    assert emulated.calls["kred"] == 20
    assert parts["klout"].absences.keys() <= {AbsenceReason.UNKNOWN_TO_PROVIDER, AbsenceReason.NO_SCORE_YET}
    assert all(part.done == 1_000 for part in parts.values())
