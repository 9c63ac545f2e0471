"""Reads the settings, opens the gateway, runs what a verb asks of it, and closes it again."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from renown.errors import CannotServe

if TYPE_CHECKING:
    from renown.gateway import Gateway
    from renown.settings import Settings

_T = TypeVar("_T")


def settings_with(database: str | None) -> "Settings":
    """The settings of the environment, with the database that was asked for: a URL, or the path of a SQLite file.

    Raises:
        CannotServe: a setting makes no sense. The sentence names it and never says its value, which may be secret.
    """
    from pydantic import ValidationError
    from pydantic_settings import SettingsError

    from renown.settings import Settings, sqlite_url

    given = {}
    if database is not None:
        given["database_url"] = database if "://" in database else sqlite_url(Path(database))
    try:
        return Settings(**given)
    except ValidationError as error:
        said = "; ".join(f"RENOWN_{'__'.join(map(str, each['loc'])).upper()}: {each['msg']}" for each in error.errors())
        raise CannotServe(f"A setting cannot be used: {said}.", "Correct it in the environment or in .env.") from None
    except SettingsError as error:
        raise CannotServe(f"The settings cannot be read: {error}.", "Correct the environment or .env.") from None


def run(settings: "Settings", work: "Callable[[Gateway], Awaitable[_T]]") -> _T:
    """What `work` makes of an open gateway.

    Raises:
        RenownError: the gateway cannot be opened, its database fails, or whatever `work` raises of that kind.
    """
    import asyncio

    from sqlalchemy.exc import SQLAlchemyError

    from renown.cli.logs import log_to_stderr
    from renown.gateway import Gateway

    log_to_stderr(settings.log_format)

    async def opened() -> _T:
        async with await Gateway.open(settings) as gateway:
            return await work(gateway)

    try:
        return asyncio.run(opened())
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or type(error).__name__).partition("\n")[0]
        raise CannotServe(f"The database failed: {reason}.", "Run `renown doctor`.") from None
