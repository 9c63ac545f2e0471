"""Frozen references by version: appended, the newest in force; an older one is put in force again by appending it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from renown.store import tables
from renown.store.writing import insert_into, writing

_REFERENCE = tables.reference.c


@dataclass(frozen=True, slots=True)
class StoredReference:
    """A reference's version (sha256 of its canonical text), that text, and when it came into force."""

    version: str
    canonical: str
    built_at: datetime


async def add_reference(engine: AsyncEngine, reference: StoredReference) -> int:
    """Put a reference in force from the next change on; the number of that change."""
    async with writing(engine) as write:
        row = {"version": reference.version, "canonical": reference.canonical, "built_at": reference.built_at}
        await write.connection.execute(
            insert_into(tables.reference, write.connection).values(change=write.number, **row)
        )
        write.changed = True
    return write.outcome


async def reference_at(
    connection: AsyncConnection, upto_change: int | None, as_of: datetime | None
) -> StoredReference | None:
    """The reference in force at a change and a moment; the first ever for moments before it; None where none was."""
    chosen = select(_REFERENCE.version, _REFERENCE.canonical, _REFERENCE.built_at)
    if upto_change is not None:
        chosen = chosen.where(_REFERENCE.change <= upto_change)
    newest = chosen.order_by(_REFERENCE.seq.desc()).limit(1)
    rows = None
    if as_of is not None:
        rows = (await connection.execute(newest.where(_REFERENCE.built_at <= as_of))).one_or_none()
        newest = chosen.order_by(_REFERENCE.seq).limit(1)
    rows = rows or (await connection.execute(newest)).one_or_none()
    return None if rows is None else StoredReference(*rows)


async def references(connection: AsyncConnection) -> list[StoredReference]:
    """All that were ever in force, the newest first."""
    chosen = select(_REFERENCE.version, _REFERENCE.canonical, _REFERENCE.built_at).order_by(_REFERENCE.seq.desc())
    return [StoredReference(*row) for row in await connection.execute(chosen)]
