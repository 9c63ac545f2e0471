"""SQLite: every transaction whole in a thread, writes in one, reads in a few.

A transaction of the default set-up begins only at its first write, so that what it read before may be overwritten
unseen. Here every write transaction takes the lock first (BEGIN IMMEDIATE), and every read transaction sees one state
of the database from its first row to its last.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event

from renown.store.database import Wish, check_wishes, fulfilled

_Given = ParamSpec("_Given")
_Result = TypeVar("_Result")

# How long another process may hold the lock before a write gives up.
_BUSY_SECONDS = 30.0
# No isolation level: the driver then begins nothing by itself, and a transaction begins when ours say so.
ARGUMENTS: dict[str, Any] = {"timeout": _BUSY_SECONDS, "isolation_level": None}
_READERS = 4


class Sqlite:
    """A file of SQLite's; nothing is connected before the first transaction."""

    def __init__(self, url: URL) -> None:
        self._write = create_engine(url, connect_args=ARGUMENTS, pool_size=1, max_overflow=0)
        self._read = create_engine(url, connect_args=ARGUMENTS, pool_size=_READERS, max_overflow=0)
        _prepare(self._write, "BEGIN IMMEDIATE", "PRAGMA synchronous=NORMAL", "PRAGMA foreign_keys=ON")
        _prepare(self._read, "BEGIN", "PRAGMA query_only=ON")
        check_wishes(self._write)
        # One thread: writers of one process queue for it rather than for the lock, so each gets its turn.
        self._writer = ThreadPoolExecutor(1, "renown-writes")
        self._readers = ThreadPoolExecutor(_READERS, "renown-reads")

    async def read(
        self, work: Callable[Concatenate[Connection, _Given], _Result], *given: _Given.args, **named: _Given.kwargs
    ) -> _Result:
        """As `Database.read`."""

        def reading() -> _Result:
            with self._read.connect() as connection:
                return work(connection, *given, **named)

        return await asyncio.get_running_loop().run_in_executor(self._readers, reading)

    async def write(
        self, work: Callable[Concatenate[Connection, _Given], _Result], *given: _Given.args, **named: _Given.kwargs
    ) -> _Result:
        """As `Database.write`."""

        def writing(wish: Wish) -> _Result:
            wish.check()
            with self._write.connect() as connection, connection.execution_options(wish=wish).begin():
                result = work(connection, *given, **named)
                wish.check()
            return result

        loop = asyncio.get_running_loop()
        return await fulfilled(lambda wish: loop.run_in_executor(self._writer, writing, wish))

    async def close(self) -> None:
        """As `Database.close`; waits for what is under way."""
        await asyncio.to_thread(self._close)

    def _close(self) -> None:
        for threads in (self._writer, self._readers):
            threads.shutdown()
        for engine in (self._write, self._read):
            engine.dispose()


def _prepare(engine: Engine, begin: str, *pragmas: str) -> None:
    @event.listens_for(engine, "connect")
    def connected(connection: Any, _record: object) -> None:
        for pragma in pragmas:
            connection.execute(pragma).close()

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        connection.exec_driver_sql(begin)
