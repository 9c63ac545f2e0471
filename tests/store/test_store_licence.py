"""Past `keep_until` nothing is served, and `expire` deletes it and says so."""

from datetime import timedelta

from sqlalchemy import func, select

from making import NOON, claim
from renown.claims import Absence, AbsenceReason, ProvenanceKind
from renown.store import tables

DAY = timedelta(days=1)
PIRELLI = "twitter:pirelliuk"
LIMITED = {"fetched_at": NOON, "keep_until": NOON + 7 * DAY}
LAST, OVER = NOON + 7 * DAY - timedelta(microseconds=1), NOON + 7 * DAY


async def test_past_its_licence_no_read_gives_it(store):
    """Up to its last microsecond every read gives a claim; from then on none does, though it is not deleted yet."""
    base = claim()
    said = claim(field="klout.reach", value=0.5, kind=ProvenanceKind.DERIVED, inputs=(base.id,), **LIMITED)
    await store.append([base, said])

    async def given(now) -> list[bool]:
        return [
            await store.claim(said.id, now=now) == said,
            said.id in await store.claims_by_id([said.id], now=now),
            said in (await store.latest([PIRELLI], now=now))[PIRELLI],
            said in (await store.latest([PIRELLI], as_of=NOON, now=now))[PIRELLI],
            said in await store.all_latest(now=now),
            said in await store.all_latest(as_of=NOON, now=now),
            said in (await store.built_on(base.id, 9, now=now))[0],
            (await store.claims_of([PIRELLI], 9, now=now))[1] == 2,
            (await store.history(PIRELLI, [said.field], now=now))[1] == 1,
        ]

    assert await given(LAST) == [True] * 9
    assert await given(OVER) == [False] * 9


async def test_where_no_moment_is_given_it_is_now(store):
    """A claim whose licence ended years ago is not given by a read that names no moment."""
    said = claim(keep_until=NOON.replace(year=2013))
    await store.append([said])
    assert await store.all_latest() == []
    assert await store.claim(said.id) is None


async def test_an_older_claim_that_may_be_kept_stands_behind(store):
    """The older claim of the same place is the latest once the newer may not be shown: before and after expiry."""
    older = claim(value=38.0, observed_at=NOON - DAY)
    await store.append([older, claim(**LIMITED)])
    for _ in ("before", "after"):
        assert await store.all_latest(now=OVER) == [older]
        assert await store.all_latest(as_of=NOON, now=OVER) == [older]
        assert await store.latest([PIRELLI], now=OVER) == {PIRELLI: [older]}
        await store.expire(OVER)
    assert await store.absences() == []


async def test_expiry_deletes_and_says_so(store):
    """Expiry deletes claims, inputs and latest, takes one number, and leaves an absence that names day and limit."""
    kept = claim(field="kred.influence", value=600, keep_until=OVER + DAY)
    gone = claim(**LIMITED, kind=ProvenanceKind.DERIVED, inputs=(kept.id,))
    own = claim(field="country", value="GB", **LIMITED)
    await store.append([kept, gone, own])
    assert await store.expire(LAST) == 0
    assert await store.change() == 1
    assert await store.expire(OVER) == 2
    assert await store.change() == 2
    for table, rows in ((tables.claim, 1), (tables.latest, 1), (tables.claim_input, 0)):
        counted = select(func.count()).select_from(table)
        assert await store._database.read(lambda connection, counted=counted: connection.scalar(counted)) == rows
    message = "What klout said expired on 2026-11-29 and was deleted: its licence allows it to be kept for 7 days."
    assert await store.absences() == [Absence(PIRELLI, "klout", AbsenceReason.LICENCE_EXPIRED, message, OVER)]


async def test_a_deleted_claim_may_come_again(store):
    """After expiry the provider may say the same again: it is a new row with a number of its own, and no absence."""
    said = claim(**LIMITED)
    await store.append([said])
    ((before, _),), _ = await store.claims_of([PIRELLI], 9, now=NOON)
    await store.expire(OVER)
    assert await store.append([said]) == 3
    ((after, held),), _ = await store.claims_of([PIRELLI], 9, now=NOON)
    assert held == said
    assert after > before
    assert await store.absences() == []
