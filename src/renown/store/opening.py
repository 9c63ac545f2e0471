"""Open a database, or say in one sentence why it cannot be opened: without its password."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import URL, Connection, NullPool, create_engine, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from renown.errors import CannotServe
from renown.store.database import Database
from renown.store.migrate import migrate
from renown.store.sqlite import ARGUMENTS, Sqlite

_DRIVERS = {
    "sqlite": "sqlite",
    "sqlite+aiosqlite": "sqlite",
    "sqlite+pysqlite": "sqlite",
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
    "postgresql+asyncpg": "postgresql+asyncpg",
}
_EXAMPLES = "Give sqlite:///renown.db or postgresql+asyncpg://user:password@host/database."


async def open_database(url: str) -> Database:
    """A database that is there, can be written and has this version's tables.

    Raises:
        CannotServe: the URL, the driver, the file or the server will not do, or a newer Renown wrote it.
    """
    where = database_at(url)
    database = _database(where)
    try:
        # A driver may refuse a connection with any kind of error; once connected, only SQLAlchemy's are expected.
        with _explained(where, Exception):
            await _reach(database, where)
        with _explained(where, SQLAlchemyError):
            await database.write(migrate)
    except BaseException:
        await database.close()
        raise
    return database


def database_at(url: str) -> URL:
    """The URL with its driver named.

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
    if driver == "sqlite" and parsed.database in {None, "", ":memory:"}:
        raise CannotServe("The store needs a file: SQLite in memory has one connection, not two.", _EXAMPLES)
    return parsed.set(drivername=driver)


def _database(where: URL) -> Database:
    if where.drivername == "sqlite":
        return Sqlite(where)
    from renown.store.postgres import Postgres  # it needs greenlet and asyncpg

    try:
        return Postgres(where)
    except ModuleNotFoundError as missing:
        raise CannotServe(
            f"The database driver {missing.name!r} is not installed.", "Install it: pip install 'renown[postgres]'."
        ) from None


async def _reach(database: Database, where: URL) -> None:
    if where.drivername == "sqlite":
        await asyncio.to_thread(_prepare_file, where)
    else:
        await database.read(_nothing)


def _nothing(_connection: Connection) -> None:
    pass


def _prepare_file(where: URL) -> None:
    """Put the file into WAL mode, which it keeps, and see that it can be written."""
    engine = create_engine(where, poolclass=NullPool, connect_args=ARGUMENTS)
    with engine.connect() as connection:
        for statement in ("PRAGMA journal_mode=WAL", "BEGIN IMMEDIATE", "ROLLBACK"):
            connection.exec_driver_sql(statement)


@contextmanager
def _explained(database: URL, kind: type[Exception]) -> Iterator[None]:
    try:
        yield
    except kind as error:
        # Not chained: what a driver says of a connection may quote how it was made.
        raise _refusal(database, error) from None


def _refusal(database: URL, error: Exception) -> CannotServe:
    reason = str(getattr(error, "orig", None) or error).partition("\n")[0] or type(error).__name__
    if database.password:
        reason = reason.replace(database.password, "***")
    if database.get_backend_name() == "sqlite":
        return CannotServe(
            f"The database file {database.database} cannot be opened for writing: {reason}.",
            "Check that its folder exists and that both may be written, or set RENOWN_DATABASE_URL.",
        )
    where = f"{database.database!r} at {database.host or database.query.get('host')}:{database.port or 5432}"
    return CannotServe(
        f"The PostgreSQL database {where} cannot be opened: {reason}.",
        "Check that the server runs and that RENOWN_DATABASE_URL is right, and that its user may create tables.",
    )
