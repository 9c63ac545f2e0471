"""Calls to providers, counted by the day: one number for all processes that share the store."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from renown.store import tables
from renown.store.writing import insert_into


async def take_call(engine: AsyncEngine, provider: str, day: date, limit: int) -> bool:
    """Count one more call, unless so many are counted: one statement, so that no two takers get the last one.

    It says nothing about anybody, so it takes no change number.
    """
    if limit < 1:
        return False
    quota = tables.quota
    async with engine.begin() as connection:
        insert = insert_into(quota, connection).values(provider=provider, day=day, used=1)
        counted = insert.on_conflict_do_update(
            index_elements=[quota.c.provider, quota.c.day],
            set_={"used": quota.c.used + 1},
            where=quota.c.used < limit,
        )
        return (await connection.execute(counted.returning(quota.c.used))).scalar_one_or_none() is not None


async def calls_taken(connection: AsyncConnection, provider: str, day: date) -> int:
    """How many calls to a provider are counted on a day."""
    quota = tables.quota.c
    used = await connection.execute(select(quota.used).where(quota.provider == provider, quota.day == day))
    return used.scalar_one_or_none() or 0
