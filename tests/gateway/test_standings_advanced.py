"""A snapshot made from the one before it, or put together from parts, is the one built from nothing."""

from collections.abc import Sequence
from datetime import timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete

from making import NOON, claim
from renown.claims import Account, Claim, Scale
from renown.gateway import Filter
from renown.gateway.building import build
from renown.gateway.joining import advanced, joined
from renown.gateway.ranking import rank_standings
from renown.gateway.snapshot_building import SnapshotBuilding
from renown.scoring import Normaliser, Recipe, Reference
from renown.store import StoredAccount, tables

METRICS = [("klout", "klout.score", Scale(1, 100)), ("peerindex", "peerindex.peerindex", Scale(0, 100))]
FIELDS = ("klout.score", "peerindex.peerindex", "topic/tyres", "list/first", "country", "kind", "place", "name")
PERCENTILES = Recipe(normaliser=Normaliser.PERCENTILE, reference=Reference.POPULATION, minimum_providers=1)

handles = st.sampled_from(["a", "b", "bé", "c", "d", "e"])
sayings = st.lists(
    st.builds(
        lambda handle, field, value, day, is_kept: claim(
            f"twitter:{handle}",
            field,
            value if "." in field or "/" in field else f"Said {value}",
            observed_at=NOON + timedelta(days=day),
            keep_until=NOON + timedelta(days=90 + day) if is_kept else None,
        ),
        handles,
        st.sampled_from(FIELDS),
        st.integers(0, 3).map(float),
        st.integers(0, 3),
        st.booleans(),
    ),
    max_size=12,
)


def _accounts(claims: Sequence[Claim], also: Sequence[str] = ()) -> list[StoredAccount]:
    """One a subject; those of `a` and `b` are of one voice."""
    keys = sorted({claim.subject for claim in claims} | {f"twitter:{handle}" for handle in also})
    voice = {"twitter:b": "twitter:a"}
    return [StoredAccount(Account("twitter", key.partition(":")[2]), voice.get(key, key)) for key in keys]


def _seen(standings):
    """All that anybody can see of a snapshot."""
    marked = ("topics", "lists", "networks")
    columns = ("raw", "observed", "claims", "country", "kind", "place", "text", "kept_until", "accounts")
    return (
        list(standings.voices),
        [np.array(getattr(standings, name).tolist(), dtype=object).astype(str).tolist() for name in columns],
        [{name: rows.rows.tolist() for name, rows in getattr(standings, family).items()} for family in marked],
        [standings.rows[voice] for voice in standings.voices],
        (standings.snapshot, standings.keep_until, standings.held, dict(standings.without)),
    )


def _of(accounts, claims, change):
    keys = {stored.account.key for stored in accounts}
    return build([said for said in claims if said.subject in keys], accounts, METRICS, change=change)


@given(before=sayings, after=sayings, silent=st.lists(handles, max_size=3))
def test_what_was_touched_is_all_that_is_read_anew(before, after, silent):
    """Whatever was said before and is said now, also of newcomers: the increment is the snapshot from nothing."""
    touched = {said.subject for said in after} | {f"twitter:{handle}" for handle in silent}
    claims = [said for said in before if said.subject not in touched] + after
    everybody = _accounts([*before, *after], silent)
    voices = {stored.voice for stored in everybody if stored.account.key in touched}
    claims += [said for said in before if said.subject in touched and said.subject not in {c.subject for c in after}]
    some = [stored for stored in everybody if stored.voice in voices]
    base = _of(_accounts(before), before, 1)
    unaltered = _seen(base)
    rank_standings(base, PERCENTILES, Filter())  # what it works out is handed on, where it still holds
    found, whole = advanced(base, _of(some, claims, 2)), _of(everybody, claims, 2)
    assert _seen(found) == _seen(whole)
    assert _seen(base) == unaltered
    one, other = (rank_standings(each, PERCENTILES, Filter()) for each in (found, whole))
    assert one.voices == other.voices
    assert one.values.tobytes() == other.values.tobytes()


@given(claims=sayings, size=st.integers(1, 4))
def test_parts_make_the_whole(claims, size):
    """Voices read some at a time, in their order, are the same snapshot as all read at once."""
    accounts = sorted(_accounts(claims, "c"), key=lambda stored: stored.voice)
    voices = sorted({stored.voice for stored in accounts})
    parts = [
        _of([stored for stored in accounts if stored.voice in voices[start : start + size]], claims, 1)
        for start in range(0, len(voices), size)
    ]
    assert _seen(joined(parts)) == _seen(_of(accounts, claims, 1))


async def _fresh(gateway):
    building = SnapshotBuilding(gateway.store, gateway.registry, gateway.now)
    return await building.built(await gateway.store.change(), None, None)


async def test_a_snapshot_follows_the_one_before_it(demo, clock, monkeypatch):
    """New scores, newcomers and licences that end reach the next snapshot, and only those voices are read again."""
    await demo.snapshots.current()
    asked = []
    read = demo.store.since

    async def noted(*arguments):
        found = await read(*arguments)
        asked.append(list(found.claims))
        return found

    monkeypatch.setattr(demo.store, "since", noted)
    pirelli, newcomer = Account("twitter", "PirelliUK"), Account("twitter", "newcomer")
    kept = clock() + timedelta(days=2)
    await demo.store.append([claim(value=41.0, observed_at=clock(), keep_until=kept)], [pirelli])
    after_one = await demo.snapshots.current()
    assert asked == [[pirelli.key]]
    assert _seen(after_one) == _seen(await _fresh(demo))
    await demo.store.append([claim(newcomer.key, "country", "GB")], [newcomer])
    after_two = await demo.snapshots.current()
    assert asked[-1] == [newcomer.key]
    assert _seen(after_two) == _seen(await _fresh(demo))
    assert after_two.place is not after_one.place
    clock.move(days=3)
    after_expiry = await demo.snapshots.current()
    assert asked[-1] == [pirelli.key]
    assert after_expiry.raw[after_expiry.rows[pirelli.key], after_expiry.column("klout")] == 39.0
    assert _seen(after_expiry) == _seen(await _fresh(demo))


async def test_an_account_that_is_gone_is_noticed(demo):
    """Where accounts were deleted beside the store's own writes, the next snapshot is built from nothing."""
    before = await demo.snapshots.current()
    gone = before.voices[0]

    def delete_it(connection):
        for table in (tables.latest, tables.claim):
            connection.execute(delete(table).where(table.c.subject == gone))
        connection.execute(delete(tables.account).where(tables.account.c.key == gone))

    await demo.store._database.write(delete_it)
    await demo.store.append([claim(value=41.0, observed_at=demo.now())], [Account("twitter", "PirelliUK")])
    after = await demo.snapshots.current()
    assert gone not in after.rows
    assert _seen(after) == _seen(await _fresh(demo))
