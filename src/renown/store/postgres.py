"""PostgreSQL: transactions over asyncpg, each statement awaited."""

import asyncio
from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import URL, Connection
from sqlalchemy.ext.asyncio import create_async_engine

from renown.store.database import Wish, check_wishes, fulfilled

_Given = ParamSpec("_Given")
_Result = TypeVar("_Result")

# Writers of one process queue for its one write connection, so each gets its turn.
_QUEUE_SECONDS = 600.0


class Postgres:
    """A database of a server's; nothing is connected before the first transaction."""

    def __init__(self, url: URL) -> None:
        self._write = create_async_engine(
            url,
            pool_size=1,
            max_overflow=0,
            pool_timeout=_QUEUE_SECONDS,
            pool_pre_ping=True,
            isolation_level="READ COMMITTED",
        )
        self._read = create_async_engine(
            url,
            pool_pre_ping=True,
            execution_options={"isolation_level": "REPEATABLE READ", "postgresql_readonly": True},
        )
        check_wishes(self._write.sync_engine)

    async def read(
        self, work: Callable[Concatenate[Connection, _Given], _Result], *given: _Given.args, **named: _Given.kwargs
    ) -> _Result:
        """As `Database.read`."""
        async with self._read.connect() as connection:
            return await connection.run_sync(work, *given, **named)

    async def write(
        self, work: Callable[Concatenate[Connection, _Given], _Result], *given: _Given.args, **named: _Given.kwargs
    ) -> _Result:
        """As `Database.write`."""

        async def writing(wish: Wish) -> _Result:
            async with self._write.connect() as connection:
                await connection.execution_options(wish=wish)
                async with connection.begin():
                    wish.check()
                    result = await connection.run_sync(work, *given, **named)
                    wish.check()
            return result

        return await fulfilled(lambda wish: asyncio.create_task(writing(wish)))

    async def close(self) -> None:
        """As `Database.close`."""
        await self._read.dispose()
        await self._write.dispose()
