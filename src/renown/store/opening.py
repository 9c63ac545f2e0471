"""Open a database, or say in one sentence why it cannot be opened: without its password."""

from sqlalchemy import URL

from renown.errors import CannotServe
from renown.store.engines import Engines, database_at, engines_for
from renown.store.migrate import migrate


async def open_engines(url: str) -> Engines:
    """Both engines on a database that is there, can be written and has this version's tables.

    Raises:
        CannotServe: the URL, the driver, the file or the server will not do, or a newer Renown wrote it.
    """
    database = database_at(url)
    engines = engines_for(database)
    try:
        await _connect(engines, database)
        await migrate(engines.write)
    except BaseException:
        await engines.close()
        raise
    return engines


async def _connect(engines: Engines, database: URL) -> None:
    try:
        async with engines.write.begin():
            pass
    except Exception as error:  # noqa: BLE001 - drivers refuse a connection with any kind of error
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
        "Check that the server runs and that RENOWN_DATABASE_URL names it, its user and password rightly.",
    )
