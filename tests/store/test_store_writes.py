"""Appending: what is new, what is known already, and what happens when it fails or happens at once."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import StatementError

from making import NOON, claim
from renown.claims import Absence, AbsenceReason, Account, Claim, ProvenanceKind
from renown.store import Store, tables

HOUR = timedelta(hours=1)


async def _rows(store: Store, table) -> int:
    counted = select(func.count()).select_from(table)
    return await store._database.read(lambda connection: connection.scalar(counted))


def _anew(said: Claim) -> Claim:
    """The same claim without the id it was read with, so that its id is worked out again."""
    return Claim(subject=said.subject, field=said.field, value=said.value, provenance=said.provenance)


async def test_read_back_equals_written(store):
    """A claim of any kind of value is read back equal, of the same type and with the same id."""
    for value in (39, 39.0, -0.1, 1e300, 2**60, True, False, "", 'Zoë "x"\n€🏎', "39"):
        said = _with_everything(value)
        await store.append([said])
        held = await store.claim(said.id)
        assert held == said
        assert type(held.value) is type(value)
        assert _anew(held).id == said.id


def _with_everything(value) -> Claim:
    return claim(
        value=value,
        observed_at=NOON.replace(microsecond=123457),
        fetched_at=NOON,
        fresh_until=NOON + HOUR,
        keep_until=NOON.replace(year=3000),
        frozen=True,
        attribution="Klout",
        kind=ProvenanceKind.DERIVED,
        inputs=("b" * 32, "a" * 32),
    )


async def test_read_back_without_anything_optional(store):
    """A claim of no provider, with nothing optional, is read back equal."""
    said = claim(field="country", value="GB", digest=None)
    await store.append([said])
    held = await store.claim(said.id)
    assert held == said
    assert held.provenance.provider is None


async def test_appending_again_takes_no_row_and_no_number(store):
    """Appending the same claims again adds no row, and as nothing changes, no change number."""
    said = [claim(), claim(field="kred.influence", value=600)]
    assert await store.append(said) == 1
    assert await store.append(said) == 1
    assert await store.append([*said, *said]) == await store.change() == 1
    assert await _rows(store, tables.claim) == await _rows(store, tables.latest) == 2


async def test_appending_again_refreshes_the_life(store):
    """A known claim fetched again keeps its row and takes its new life; one fetched earlier changes nothing."""
    first = claim(fetched_at=NOON, fresh_until=NOON + HOUR)
    again = claim(fetched_at=NOON + HOUR, fresh_until=NOON + 2 * HOUR, keep_until=NOON.replace(year=3000))
    assert first.id == again.id
    assert [await store.append([each]) for each in (first, again, first)] == [1, 2, 2]
    assert await store.claim(first.id) == again
    assert await _rows(store, tables.claim) == 1


async def test_latest_moves_forward_only(store):
    """An older observation goes into the log and leaves `latest` alone; a newer and an equally old one move it."""
    for value, at in ((39.0, NOON), (38.0, NOON - HOUR), (40.0, NOON), (41.0, NOON + HOUR)):
        await store.append([claim(value=value, observed_at=at)])
    held, total = await store.history("twitter:pirelliuk", ["klout.score"])
    assert [said.value for _, said in held] == [38.0, 39.0, 40.0, 41.0]
    assert total == 4
    assert [said.value for said in await store.all_latest(upto_change=2)] == [39.0]
    assert [said.value for said in await store.all_latest(upto_change=3)] == [40.0]
    assert [said.value for said in await store.all_latest()] == [41.0]


async def test_many_of_one_place_in_one_append(store):
    """A whole history in one call, in any order, leaves the newest as latest."""
    await store.append([claim(value=float(day), observed_at=NOON + day * 24 * HOUR) for day in (3, 9, 1, 7)])
    assert [said.value for said in await store.all_latest()] == [9.0]


async def test_a_failure_midway_leaves_nothing(store):
    """When a later chunk cannot be written, neither log nor latest nor accounts nor the number keep the earlier."""
    said = [claim(subject=f"twitter:voice{number}") for number in range(2_100)]
    with pytest.raises(ValueError, match="JSON"):
        await store.append([*said, claim(value=float("nan"))], [Account("twitter", "PirelliUK")])
    for table in (tables.claim, tables.latest, tables.account):
        assert await _rows(store, table) == 0
    assert await store.change() == 0


async def test_log_and_latest_are_one_transaction(store):
    """When `latest` cannot be written, the log keeps nothing either."""
    await store._database.write(lambda connection: connection.execute(text("DROP TABLE latest")))
    with pytest.raises(Exception, match="latest"):
        await store.append([claim()])
    assert await _rows(store, tables.claim) == 0


async def test_a_moment_in_another_zone_is_refused(store):
    """A moment that is not in UTC is refused: read back in UTC it would give the claim another id."""
    with pytest.raises(StatementError, match="not in UTC"):
        await store.append([claim(observed_at=NOON.replace(tzinfo=None))])
    assert await store.change() == 0


async def test_concurrent_appends_lose_nothing(store):
    """Eight tasks append at once: every claim is there, and each call took a number of its own."""
    numbers = await asyncio.gather(
        *(
            store.append([claim(subject=f"twitter:voice{task}", value=float(turn))])
            for task in range(8)
            for turn in range(10)
        )
    )
    assert sorted(numbers) == list(range(1, 81))
    assert await _rows(store, tables.claim) == 80
    assert await _rows(store, tables.latest) == 8


async def test_no_update_is_lost(store_url):
    """Eight tasks over two stores read a row and write it back one higher: all 160 steps are counted."""
    async with await Store.open(store_url) as one, await Store.open(store_url) as other:

        def count(connection) -> None:
            number = connection.scalar(select(tables.change.c.number).with_for_update())
            connection.execute(tables.change.update().values(number=number + 1))

        async def count_twenty(store) -> None:
            for _ in range(20):
                await store._database.write(count)

        await asyncio.gather(*(count_twenty(each) for each in (one, other) for _ in range(4)))
        assert await one.change() == 160


async def test_whenever_an_append_is_cancelled_it_leaves_a_working_store(store):
    """An append that is cancelled under way, sooner or later, leaves nothing behind, and the next one is served."""
    said = [claim(subject=f"twitter:voice{number}") for number in range(4_000)]
    for number, moment in enumerate((0.005, 0.02, 0.03, 0.04, 0.05), start=1):
        under_way = asyncio.create_task(store.append(said))
        await asyncio.sleep(moment)
        under_way.cancel()
        with pytest.raises(asyncio.CancelledError):
            await under_way
        assert await store.append([claim(value=number)]) == number
        assert await _rows(store, tables.claim) == number


async def test_twenty_thousand_claims_in_one_call(store):
    """20,000 claims go in, chunk by chunk, with one call and one change number, and all come back."""
    said = [claim(subject=f"twitter:voice{number}", value=number, digest=None) for number in range(20_000)]
    assert await store.append(said) == 1
    held = await store.all_latest()
    assert len(held) == 20_000
    assert {c.id for c in held} == {c.id for c in said}


async def test_an_answer_ends_the_absence_of_its_provider(store):
    """A claim of a provider deletes that provider's absence for that subject, and no other; also a known claim."""
    klout, kred = (_absent(provider=name) for name in ("klout", "kred"))
    other = _absent(subject="twitter:contiuk")
    await store.record_absences([klout, kred, other])
    await store.append([claim()])
    assert await store.absences() == [other, kred]
    await store.record_absences([klout])
    assert await store.append([claim()]) == 4
    assert await store.absences() == [other, kred]


async def test_absences_are_kept_one_a_place(store):
    """An absence replaces an earlier one of its place; the same again, or one learnt earlier, changes nothing."""
    first = _absent(reason=AbsenceReason.TIMED_OUT, retry_at=NOON + HOUR)
    later = _absent(at=NOON + HOUR)
    assert [await store.record_absences([each]) for each in (first, first, later, first)] == [1, 1, 2, 2]
    assert await store.absences(["twitter:pirelliuk", "twitter:nobody"]) == [later]
    assert await store.absences([]) == await store.absences(["twitter:nobody"]) == []


async def test_accounts_keep_the_owners_spelling(store):
    """A spelling is kept, one in lower case does not replace it, another one does; each account is its own voice."""
    for handle in ("pirelliuk", "PirelliUK", "pirelliuk"):
        number = await store.append([], [Account("twitter", handle), Account("twitter", "ContiUK")])
    assert number == 2
    held = await store.accounts()
    assert [(each.account.handle, each.voice) for each in held] == [
        ("ContiUK", "twitter:contiuk"),
        ("PirelliUK", "twitter:pirelliuk"),
    ]
    assert await store.accounts(["twitter:pirelliuk", "twitter:nobody"]) == held[1:]


def _absent(**said) -> Absence:
    return Absence(
        **{
            "subject": "twitter:pirelliuk",
            "provider": "klout",
            "reason": AbsenceReason.UNKNOWN_TO_PROVIDER,
            "message": "Klout does not know them.",
            "at": NOON,
            **said,
        }
    )
