"""Recipes by the hash of their canonical text, so that what a lock names can be found again."""

import re
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, select

from renown.store import tables
from renown.store.writing import execute_many, insert_into

_PREFIX = re.compile(r"[0-9a-f]{16,64}")


def save_recipes(connection: Connection, recipes: Mapping[str, str], at: datetime) -> None:
    """Keep each recipe once. They say nothing about anybody, so they take no change number."""
    rows = [{"hash": hash_, "canonical": canonical, "first_seen": at} for hash_, canonical in recipes.items()]
    insert = insert_into(tables.recipe, connection).on_conflict_do_nothing()
    execute_many(connection, insert, rows)


def recipe_with(connection: Connection, prefix: str) -> tuple[str, str] | None:
    """The one recipe whose hash begins so; None where there is none, more than one, or fewer than 16 digits."""
    if not _PREFIX.fullmatch(prefix):
        return None
    table = tables.recipe.c
    chosen = select(table.hash, table.canonical).where(table.hash.startswith(prefix)).limit(2)
    found = [(hash_, canonical) for hash_, canonical in connection.execute(chosen)]
    return found[0] if len(found) == 1 else None
