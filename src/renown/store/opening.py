"""Open a database, or say in one sentence why it cannot be opened: without its password."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import URL, NullPool, create_engine
from sqlalchemy.exc import SQLAlchemyError

from renown.errors import CannotServe
from renown.store.engines import SQLITE_ARGUMENTS, Engines, database_at, engines_for
from renown.store.migrate import migrate


async def open_engines(url: str) -> Engines:
    """Both engines on a database that is there, can be written and has this version's tables.

    Raises:
        CannotServe: the URL, the driver, the file or the server will not do, or a newer Renown wrote it.
    """
    database = database_at(url)
    engines = engines_for(database)
    try:
        # A driver may refuse a connection with any kind of error; once connected, only SQLAlchemy's are expected.
        with _explained(database, Exception):
            await _reach(engines, database)
        with _explained(database, SQLAlchemyError):
            await migrate(engines.write)
    except BaseException:
        await engines.close()
        raise
    return engines


async def _reach(engines: Engines, database: URL) -> None:
    if database.get_backend_name() == "sqlite":
        await asyncio.to_thread(_prepare_file, database)
    else:
        async with engines.write.connect():
            pass


def _prepare_file(database: URL) -> None:
    """Put the file into WAL mode, which it keeps, and see that it can be written.

    Done without aiosqlite: when its connection fails, its thread may outlive the event loop and end in a traceback.
    """
    engine = create_engine(database.set(drivername="sqlite"), poolclass=NullPool, connect_args=SQLITE_ARGUMENTS)
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
