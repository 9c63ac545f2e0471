"""The frame of every write: one transaction, one writer at a time, one change number if anything changed."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Table, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from renown.store import tables

_Item = TypeVar("_Item")

# Rows a statement: few enough for both engines' limit on parameters, many enough to be quick.
_CHUNK = 2_000


@dataclass(slots=True)
class Writing:
    """A write under way. `number` is the change it will be, once `changed` is set; else it leaves no trace."""

    connection: AsyncConnection
    number: int
    changed: bool = False

    @property
    def outcome(self) -> int:
        """The number of the last change once this write is done."""
        return self.number if self.changed else self.number - 1


@asynccontextmanager
async def writing(engine: AsyncEngine) -> AsyncIterator[Writing]:
    """A transaction that holds the change number from its first statement on.

    Whoever writes next waits for it, so numbers are given out in the order in which writes become visible: who has
    seen change 7 has seen all changes up to 7.
    """
    async with engine.begin() as connection:
        before = (await connection.execute(_TAKE_NUMBER)).scalar_one()
        write = Writing(connection, before + 1)
        yield write
        if write.changed:
            await connection.execute(_GIVE_NUMBER, {"number": write.number})


_TAKE_NUMBER = select(tables.change.c.number).with_for_update()
_GIVE_NUMBER = update(tables.change)


def insert_into(table: Table, connection: AsyncConnection) -> postgresql.Insert | sqlite.Insert:
    """An insert that knows `on_conflict_do_update`: the same call on both engines, two classes in SQLAlchemy."""
    return insert_by(connection.dialect.name, table)


def insert_by(dialect: str, table: Table) -> postgresql.Insert | sqlite.Insert:
    """The same, by the name of the engine's dialect."""
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)


async def execute_many(connection: AsyncConnection, statement: Any, rows: Sequence[dict[str, Any]]) -> None:
    """One statement over many rows, or none. Who is cancelled meanwhile leaves between two chunks of them."""
    for chunk in chunks(rows):
        await _to_its_end(connection.execute(statement, list(chunk)))


async def _to_its_end(statement: Awaitable[object]) -> None:
    """Let a statement end, also for who is cancelled meanwhile: only then are they told.

    asyncpg waits for ever for the answer to a pipeline of rows that was cancelled half sent.
    """
    running = asyncio.ensure_future(statement)
    try:
        await asyncio.shield(running)
    except asyncio.CancelledError:
        await asyncio.wait((running,))
        raise


def chunks(items: Sequence[_Item]) -> Iterator[Sequence[_Item]]:
    """The items in pieces that fit one statement."""
    for start in range(0, len(items), _CHUNK):
        yield items[start : start + _CHUNK]
