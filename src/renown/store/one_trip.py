"""SQLite with one trip to the connection's thread a statement.

aiosqlite makes one for the cursor, one for the statement, one for its rows and one to close it, and each wakes two
threads. Here a statement brings its first rows along; only who wants more of them goes again.
"""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Self

from aiosqlite import Connection

_FIRST_ROWS = 1_000
_Rows = list[Any]


class OneTripConnection(Connection):
    """aiosqlite's connection with quicker cursors. `connect` is called in its own thread, by `open`."""

    def __init__(self, connect: Callable[[], sqlite3.Connection]) -> None:
        super().__init__(connect, iter_chunk_size=_FIRST_ROWS)
        self._thread.daemon = True  # as SQLAlchemy wants it of any: who forgot to close one can still leave

    def cursor(self) -> "_Cursor":  # pyright: ignore[reportIncompatibleMethodOverride] - all that SQLAlchemy needs of one
        """A cursor, for which nothing is done before it executes."""
        return _Cursor(self)

    async def open(self) -> Self:
        """The connection, opened."""
        await self
        return self

    async def visit(self, work: Callable[..., Any], *given: Any) -> Any:
        """What `work` brings from the thread."""
        return await self._execute(work, *given)

    def plain_cursor(self) -> sqlite3.Cursor:
        """A cursor of the connection in the thread."""
        return self._conn.cursor()


class _Cursor:
    """A cursor by PEP 249, with what goes to the database as coroutines.

    SQLite's own cursor is let go of as soon as its rows are here, in the connection's thread: while anybody holds one,
    say the traceback of a write that was cancelled, a closed connection would keep its lock.
    """

    def __init__(self, connection: OneTripConnection) -> None:
        self._connection = connection
        self._cursor: sqlite3.Cursor | None = None
        self._rows: _Rows = []
        self._has_more = False
        self.arraysize = 1
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, sql: str, parameters: Sequence[Any] = ()) -> Self:
        await self._connection.visit(self._run, sql, parameters)
        return self

    async def executemany(self, sql: str, parameters: Iterable[Sequence[Any]]) -> Self:
        await self._connection.visit(self._run_many, sql, parameters)
        return self

    async def fetchall(self) -> _Rows:
        rows, self._rows = self._rows, []
        if self._has_more and self._cursor is not None:
            self._has_more = False
            rows += await self._connection.visit(self._cursor.fetchall)
        return rows

    async def fetchmany(self, size: int | None = None) -> _Rows:
        size = size or self.arraysize
        rows, self._rows = self._rows[:size], self._rows[size:]
        lacking = size - len(rows)
        if lacking and self._has_more and self._cursor is not None:
            more = await self._connection.visit(self._cursor.fetchmany, lacking)
            self._has_more = len(more) == lacking
            rows += more
        return rows

    async def fetchone(self) -> Any:
        return next(iter(await self.fetchmany(1)), None)

    async def close(self) -> None:
        self._rows = []
        if self._has_more and self._cursor is not None:  # else SQLite has ended the statement by itself
            self._has_more = False
            await self._connection.visit(self._cursor.close)

    def _run(self, sql: str, parameters: Sequence[Any]) -> None:
        cursor = self._connection.plain_cursor()
        cursor.execute(sql, parameters)
        if cursor.description:
            self._rows = cursor.fetchmany(_FIRST_ROWS)
            self._has_more = len(self._rows) == _FIRST_ROWS
        self._told(cursor)
        if self._has_more:
            self._cursor = cursor
        else:
            cursor.close()

    def _run_many(self, sql: str, parameters: Iterable[Sequence[Any]]) -> None:
        cursor = self._connection.plain_cursor()
        cursor.executemany(sql, parameters)
        self._told(cursor)
        cursor.close()

    def _told(self, cursor: sqlite3.Cursor) -> None:
        self.description, self.rowcount, self.lastrowid = cursor.description, cursor.rowcount, cursor.lastrowid
