"""Two engines on one database: one that writes, one that reads.

A transaction of the default set-up on SQLite begins only at its first write, so that what it read before may be
overwritten unseen. Here every write transaction takes the lock first (BEGIN IMMEDIATE), and every read transaction
sees one state of the database from its first row to its last.
"""

import sqlite3
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import URL, Connection, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from renown.errors import CannotServe

if TYPE_CHECKING:
    from renown.store.one_trip import OneTripConnection

_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
    "postgresql+asyncpg": "postgresql+asyncpg",
}
_EXAMPLES = "Give sqlite+aiosqlite:///renown.db or postgresql+asyncpg://user:password@host/database."
# How long another process may hold SQLite's lock before a write gives up.
_BUSY_SECONDS = 30.0
# No isolation level: the driver then begins nothing by itself, and a transaction begins when ours say so.
SQLITE_ARGUMENTS: dict[str, Any] = {"timeout": _BUSY_SECONDS, "isolation_level": None}
# Writers of one process queue for its one write connection rather than for the lock, so each gets its turn.
_QUEUE_SECONDS = 600.0


@dataclass(frozen=True, slots=True)
class Engines:
    """`write` takes the lock when a transaction begins; `read` sees one snapshot a transaction and cannot write."""

    write: AsyncEngine
    read: AsyncEngine

    async def close(self) -> None:
        """Let go of every connection."""
        await self.read.dispose()
        await self.write.dispose()


def database_at(url: str) -> URL:
    """The URL with its asynchronous driver named.

    Raises:
        CannotServe: it is not a URL, not of SQLite or PostgreSQL, or of SQLite in memory.
    """
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        # The text itself is kept out of the sentence: it may hold a password.
        raise CannotServe("The store's database URL cannot be read.", _EXAMPLES) from None
    driver = _DRIVERS.get(parsed.drivername)
    if driver is None:
        raise CannotServe(f"The store does not speak {parsed.drivername!r}.", _EXAMPLES)
    if driver.startswith("sqlite") and parsed.database in {None, "", ":memory:"}:
        raise CannotServe("The store needs a file: SQLite in memory has one connection, not two.", _EXAMPLES)
    return parsed.set(drivername=driver)


def engines_for(url: URL) -> Engines:
    """Both engines; nothing is connected yet.

    Raises:
        CannotServe: the driver is not installed.
    """
    try:
        return _sqlite(url) if url.get_backend_name() == "sqlite" else _postgres(url)
    except ModuleNotFoundError as missing:
        raise CannotServe(
            f"The database driver {missing.name!r} is not installed.", "Install it: pip install 'renown[postgres]'."
        ) from None


def _sqlite(url: URL) -> Engines:
    connect = partial(_sqlite_connection, url)
    write = create_async_engine(url, async_creator=connect, pool_size=1, max_overflow=0, pool_timeout=_QUEUE_SECONDS)
    read = create_async_engine(url, async_creator=connect)
    _on_connect(write, "PRAGMA synchronous=NORMAL", "PRAGMA foreign_keys=ON")
    _on_connect(read, "PRAGMA query_only=ON")
    _on_begin(write, "BEGIN IMMEDIATE")
    _on_begin(read, "BEGIN")
    return Engines(write, read)


async def _sqlite_connection(url: URL) -> "OneTripConnection":
    from renown.store.one_trip import OneTripConnection

    where, options = url.get_dialect()().create_connect_args(url)
    given: dict[str, Any] = {**options, **SQLITE_ARGUMENTS}
    return await OneTripConnection(lambda: sqlite3.connect(where[0], **given)).open()


def _postgres(url: URL) -> Engines:
    write = create_async_engine(
        url,
        pool_size=1,
        max_overflow=0,
        pool_timeout=_QUEUE_SECONDS,
        pool_pre_ping=True,
        isolation_level="READ COMMITTED",
    )
    read = create_async_engine(
        url,
        pool_pre_ping=True,
        execution_options={"isolation_level": "REPEATABLE READ", "postgresql_readonly": True},
    )
    return Engines(write, read)


def _on_connect(engine: AsyncEngine, *pragmas: str) -> None:
    @event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(pragma)
        cursor.close()


def _on_begin(engine: AsyncEngine, statement: str) -> None:
    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(statement)
