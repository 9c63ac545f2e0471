"""Calls to providers, counted by the day: one number for all processes that share the store."""

from datetime import date
from functools import cache

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlalchemy.sql.dml import ReturningInsert

from renown.store import tables
from renown.store.writing import insert_by


async def take_call(engine: AsyncEngine, provider: str, day: date, limit: int) -> bool:
    """Count one more call, unless so many are counted: one statement, so that no two takers get the last one.

    It says nothing about anybody, so it takes no change number.
    """
    if limit < 1:
        return False
    given = {"of": provider, "on": day, "most": limit}
    async with engine.begin() as connection:
        counted = await connection.execute(_counting(connection.dialect.name), given)
        return counted.scalar_one_or_none() is not None


@cache
def _counting(dialect: str) -> ReturningInsert[tuple[int]]:
    quota = tables.quota
    insert = insert_by(dialect, quota).values(provider=bindparam("of"), day=bindparam("on"), used=1)
    counted = insert.on_conflict_do_update(
        index_elements=[quota.c.provider, quota.c.day],
        set_={"used": quota.c.used + 1},
        where=quota.c.used < bindparam("most"),
    )
    return counted.returning(quota.c.used)


async def calls_taken(connection: AsyncConnection, provider: str, day: date) -> int:
    """How many calls to a provider are counted on a day."""
    quota = tables.quota.c
    used = await connection.execute(select(quota.used).where(quota.provider == provider, quota.day == day))
    return used.scalar_one_or_none() or 0
