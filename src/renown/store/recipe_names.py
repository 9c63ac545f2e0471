"""What recipes are called. A name's recipes are numbered from 1 and only added to: nothing is overwritten."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select
from sqlalchemy.sql import func

from renown.store import tables
from renown.store.writing import insert_into

_NAMES = tables.recipe_name


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipeName:
    """That a name stands for the recipe of this hash, from `created_at` until its next version.

    `forked_from` is the hash of the recipe it was made from, None where it was not forked.
    """

    name: str
    version: int
    hash: str
    forked_from: str | None
    note: str
    created_at: datetime


def add_recipe_name(connection: Connection, entry: RecipeName) -> bool:
    """Add a version of a name; False where somebody else was first with this version. Its recipe must be kept."""
    insert = insert_into(_NAMES, connection).values(
        name=entry.name,
        version=entry.version,
        hash=entry.hash,
        forked_from=entry.forked_from,
        note=entry.note,
        created_at=entry.created_at,
    )
    added = insert.on_conflict_do_nothing().returning(_NAMES.c.version)
    return connection.execute(added).scalar_one_or_none() is not None


def recipe_name_history(connection: Connection, name: str) -> list[RecipeName]:
    """Every version of a name, the first one first; empty where there is no such name."""
    rows = connection.execute(select(_NAMES).where(_NAMES.c.name == name).order_by(_NAMES.c.version))
    return [RecipeName(**row) for row in rows.mappings()]


def recipe_names(connection: Connection, hashes: Sequence[str] | None = None) -> list[RecipeName]:
    """The newest version of each name, by name; with `hashes`, of those names that stand for one of these recipes."""
    other = _NAMES.alias("other")
    newest = select(func.max(other.c.version)).where(other.c.name == _NAMES.c.name).scalar_subquery()
    chosen = select(_NAMES).where(_NAMES.c.version == newest).order_by(_NAMES.c.name)
    if hashes is not None:
        chosen = chosen.where(_NAMES.c.hash.in_(hashes))
    return [RecipeName(**row) for row in connection.execute(chosen).mappings()]
