"""SQLite with one trip to its thread a statement: what comes back is what SQLite says."""

import sqlite3

import pytest

from renown.store.one_trip import OneTripConnection


@pytest.fixture
async def connection(tmp_path):
    """A connection to a table of the numbers below 2,500."""
    opened = await OneTripConnection(lambda: sqlite3.connect(tmp_path / "numbers.db")).open()
    cursor = opened.cursor()
    await cursor.execute("CREATE TABLE number (n INTEGER PRIMARY KEY)")
    await cursor.executemany("INSERT INTO number VALUES (?)", [(n,) for n in range(2_500)])
    assert cursor.rowcount == 2_500
    yield opened
    await opened.close()


async def test_a_statement_is_one_trip(connection, monkeypatch):
    """Cursor, statement, rows and close go to the thread once."""
    trips, visit = [], OneTripConnection.visit
    monkeypatch.setattr(OneTripConnection, "visit", lambda self, *given: trips.append(given) or visit(self, *given))
    cursor = connection.cursor()
    await cursor.execute("SELECT n FROM number WHERE n < ?", (3,))
    assert await cursor.fetchall() == [(0,), (1,), (2,)]
    assert [column[0] for column in cursor.description] == ["n"]
    await cursor.close()
    assert len(trips) == 1


@pytest.mark.parametrize("size", [1, 999, 1_000, 1_001, 2_500, 4_000])
async def test_rows_in_pieces_are_all_of_them_in_order(connection, size):
    """However many are asked for at a time, none is lost or comes twice."""
    cursor = connection.cursor()
    await cursor.execute("SELECT n FROM number ORDER BY n")
    found = []
    while rows := await cursor.fetchmany(size):
        assert len(rows) <= size
        found += [n for (n,) in rows]
    assert found == list(range(2_500))


async def test_the_rest_comes_at_once(connection):
    """After some rows one by one, the rest is the rest."""
    cursor = connection.cursor()
    await cursor.execute("SELECT n FROM number ORDER BY n")
    assert [await cursor.fetchone(), await cursor.fetchone()] == [(0,), (1,)]
    assert await cursor.fetchall() == [(n,) for n in range(2, 2_500)]
    assert await cursor.fetchone() is None


async def test_a_cursor_closed_half_way_holds_nothing_open(connection):
    """Who closes a cursor before its last row can drop the table under it."""
    cursor = connection.cursor()
    await cursor.execute("SELECT n FROM number")
    await cursor.fetchmany(10)
    await cursor.close()
    await connection.cursor().execute("DROP TABLE number")


async def test_an_error_is_sqlite_s_own(connection):
    """What SQLite refuses is raised to who asked."""
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        await connection.cursor().execute("SELECT * FROM elsewhere")
