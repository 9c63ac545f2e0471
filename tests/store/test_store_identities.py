"""Whose an id is: found by the value of a claim, by an index."""

from datetime import timedelta

from sqlalchemy import event

from making import NOON, claim
from renown.settings import sqlite_url
from renown.store import Store
from renown.store.identities import identified_by

PIRELLI, CONTI = "twitter:pirelliuk", "twitter:contiuk"


async def test_an_id_leads_to_whoever_has_it_now(store):
    """The latest claim on that very field counts; an id of nobody has an empty list."""
    await store.append(
        [
            claim(PIRELLI, "klout.id", "1", observed_at=NOON - timedelta(days=1)),
            claim(PIRELLI, "klout.id", "2"),
            claim(CONTI, "klout.id", "2"),
            claim(CONTI, "peerindex.id", "3"),
            claim(CONTI, "name", "4"),
        ]
    )
    assert await store.identified_by("klout.id", ["1", "2", "3", "4", 'é"'], NOON) == {
        "1": [],
        "2": [CONTI, PIRELLI],
        "3": [],
        "4": [],
        'é"': [],
    }
    assert await store.identified_by("peerindex.id", ["3"], NOON) == {"3": [CONTI]}


async def test_what_the_licence_ended_leads_to_nobody(store):
    """A claim past its keep_until identifies nobody any more."""
    await store.append([claim(PIRELLI, "klout.id", "1", keep_until=NOON + timedelta(days=1))])
    assert await store.identified_by("klout.id", ["1"], NOON) == {"1": [PIRELLI]}
    assert await store.identified_by("klout.id", ["1"], NOON + timedelta(days=1)) == {"1": []}


async def test_sqlite_finds_an_id_by_the_index(tmp_path):
    """The question is put in the very words of the partial index, so that the log is not scanned."""

    def plan(connection):
        asked = []
        event.listen(connection, "before_cursor_execute", lambda _c, _u, *said: asked.append(said[:2]))
        identified_by(connection, "klout.id", ["1", "2"], NOON)
        statement, parameters = next(each for each in asked if each[0].startswith("SELECT"))
        return [step.detail for step in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)]

    async with await Store.open(sqlite_url(tmp_path / "ids.db")) as store:
        assert "SEARCH claim USING INDEX claim_by_value (value=?)" in await store._database.read(plan)
