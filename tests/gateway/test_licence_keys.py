"""What the licence ends is gone from every answer, and a provider's key is in none."""

from pathlib import Path

import pytest
from gateway_stage import APP_ID, FULL, KEY, SLUGS, find_claim
from sqlalchemy import make_url
from structlog.testing import capture_logs

from making import claim
from renown.claims import Absence, AbsenceReason, Account
from renown.errors import RenownError
from renown.gateway import Filter, Gateway
from renown.gateway.asked import ask_ranking
from renown.gateway.recipes import DEFAULT_RECIPE

ALL = Filter()


async def _first(gateway):
    ranked = await gateway.rank(ALL)
    return (await gateway.entries(ranked, 0, 1))[0]


async def test_past_its_licence_a_score_is_served_nowhere(upstream, any_database_url, clock):
    """After seven days Klout's claims are deleted: an absence says so, and the next ranking is made without them."""
    settings = upstream.settings(any_database_url)
    async with await Gateway.open(settings, now=clock) as gateway:
        klout = gateway.score(await gateway.voice(FULL), "klout")
        before = await _first(gateway)
        assert klout.id in before.claim.provenance.inputs
    clock.move(days=7, seconds=1)
    async with await Gateway.open(settings.model_copy(update={"providers": {}}), now=clock) as gateway:
        assert not [said for said in (await gateway.voice(FULL)).claims.values() if said.field == "klout.score"]
        after = await _first(gateway)
        record = await gateway.voice(FULL)
        assert gateway.score(record, "klout").reason is AbsenceReason.LICENCE_EXPIRED
        assert await find_claim(gateway, klout.id) is None
    assert after.ranked.standings.snapshot != before.ranked.standings.snapshot
    assert klout.id not in after.claim.provenance.inputs
    part = next(part for part in after.contributions if part.provider == "klout")
    assert isinstance(part.score, Absence)
    assert (part.score.reason, part.weight, part.points) == (AbsenceReason.LICENCE_EXPIRED, None, 0)


async def test_what_was_made_of_it_goes_with_it(empty, clock):
    """In the gateway that ranked an expired score, neither its snapshot nor what it computed gives it any more."""
    now = clock()
    account = Account("twitter", "PirelliUK")
    klout = claim(observed_at=now, keep_until=now.replace(year=now.year + 1))
    await empty.keep([klout, claim(field="peerindex.peerindex", value=40, observed_at=now)], [account])
    asked = await ask_ranking(empty, DEFAULT_RECIPE)
    composite = (await empty.entries(asked.ranked, 0, 1))[0].claim
    assert await find_claim(empty, composite.id) == composite
    clock.move(days=366)
    assert await find_claim(empty, composite.id) is None
    with pytest.raises(RenownError) as refusal:
        await ask_ranking(empty, DEFAULT_RECIPE, after=asked.cursor(-1))
    assert refusal.value.code == "EMPTY_RANKING"
    assert not (await empty.snapshots.named(asked.ranked.standings.snapshot)).claims[0, 0]


async def test_every_expiry_is_seen_to(empty, clock):
    """Claims that came in and expired between two rankings are deleted too, and leave their absence."""
    account = Account("twitter", "PirelliUK")
    await empty.rank(ALL)
    await empty.keep([claim(observed_at=clock(), keep_until=clock())], [account])
    clock.move(hours=1)
    await empty.rank(ALL)
    assert [absence.reason for absence in await empty.store.absences()] == [AbsenceReason.LICENCE_EXPIRED]
    assert await empty.store.next_expiry() is None


async def test_no_key_is_written_anywhere(upstream, database_url, clock, caplog, capfd):
    """A provider's key is in no claim, absence, log line or error, and in no byte of the database."""
    secrets = (KEY, APP_ID)
    said = []
    with capture_logs() as logged, caplog.at_level("DEBUG"):
        async with await Gateway.open(upstream.settings(database_url, breaker_failures=100), now=clock) as gateway:
            record = await gateway.voice(FULL)
            said += [*record.claims.values(), *record.absences.values()]
            for kind in ("500", "html", "over_rate"):
                upstream.behave(**dict.fromkeys(SLUGS, kind))
                record = await gateway.voice(Account("twitter", f"failed_by_{kind}"))
                said += [gateway.score(record, slug) for slug in SLUGS]
            upstream.behave()
            clock.move(days=2)  # whose quota was used up is left alone until then
            with pytest.raises(RenownError) as refusal:
                await gateway.voice(Account("twitter", "nobody_here"))
            said += [refusal.value, await gateway.store.absences(), gateway.upstream.failing, gateway.settings]
    written = b"".join(path.read_bytes() for path in Path(make_url(database_url).database).parent.iterdir())
    # The emulated server's access log is not ours: pytest switches it on, as it does all loggers.
    log = repr([record.getMessage() for record in caplog.records if record.name != "uvicorn.access"])
    terminal = "".join(capfd.readouterr())
    assert b"klout.score" in written
    for secret in secrets:
        assert secret.encode() not in written
        for where, text in {"said": repr(said), "logged": repr(logged), "log": log, "terminal": terminal}.items():
            assert secret not in text, where
