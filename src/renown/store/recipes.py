"""Recipes by the hash of their canonical text, so that what a lock names can be found again."""

import re
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from renown.store import tables
from renown.store.writing import insert_into

_PREFIX = re.compile(r"[0-9a-f]{16,64}")


async def save_recipe(engine: AsyncEngine, hash_: str, canonical: str, at: datetime) -> None:
    """Keep a recipe once. It says nothing about anybody, so it takes no change number."""
    async with engine.begin() as connection:
        insert = insert_into(tables.recipe, connection).on_conflict_do_nothing()
        await connection.execute(insert.values(hash=hash_, canonical=canonical, first_seen=at))


async def recipe_with(connection: AsyncConnection, prefix: str) -> tuple[str, str] | None:
    """The one recipe whose hash begins so; None where there is none, more than one, or fewer than 16 digits."""
    if not _PREFIX.fullmatch(prefix):
        return None
    table = tables.recipe.c
    chosen = select(table.hash, table.canonical).where(table.hash.startswith(prefix)).limit(2)
    found = [(hash_, canonical) for hash_, canonical in await connection.execute(chosen)]
    return found[0] if len(found) == 1 else None
