"""Frozen references by version: appended, the newest in force; an older one is put in force again by appending it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from renown.store import tables
from renown.store.writing import Outcome, insert_into, writing

_REFERENCE = tables.reference.c


@dataclass(frozen=True, slots=True)
class StoredReference:
    """A reference's version (sha256 of its canonical text), that text, and when it came into force."""

    version: str
    canonical: str
    built_at: datetime


def add_reference(connection: Connection, reference: StoredReference) -> Outcome:
    """Put a reference in force from the next change on; the number of that change."""
    with writing(connection) as write:
        row = {"version": reference.version, "canonical": reference.canonical, "built_at": reference.built_at}
        write.connection.execute(insert_into(tables.reference, write.connection).values(change=write.number, **row))
        write.changed = True
    return write.outcome


def reference_at(connection: Connection, upto_change: int | None, as_of: datetime | None) -> StoredReference | None:
    """The reference in force at a change and a moment; the first ever for moments before it; None where none was."""
    chosen = select(_REFERENCE.version, _REFERENCE.canonical, _REFERENCE.built_at)
    if upto_change is not None:
        chosen = chosen.where(_REFERENCE.change <= upto_change)
    newest = chosen.order_by(_REFERENCE.seq.desc()).limit(1)
    rows = None
    if as_of is not None:
        rows = connection.execute(newest.where(_REFERENCE.built_at <= as_of)).one_or_none()
        newest = chosen.order_by(_REFERENCE.seq).limit(1)
    rows = rows or connection.execute(newest).one_or_none()
    return None if rows is None else StoredReference(*rows)


def references(connection: Connection) -> list[StoredReference]:
    """All that were ever in force, the newest first."""
    chosen = select(_REFERENCE.version, _REFERENCE.canonical, _REFERENCE.built_at).order_by(_REFERENCE.seq.desc())
    return [StoredReference(*row) for row in connection.execute(chosen)]
