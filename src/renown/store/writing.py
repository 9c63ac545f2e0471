"""The frame of every write: one transaction, one writer at a time, one change number if anything changed."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Connection, Table, select, update
from sqlalchemy.dialects import postgresql, sqlite

from renown.store import tables

_Item = TypeVar("_Item")

# Rows a statement: few enough for both engines' limit on parameters, many enough to be quick.
_CHUNK = 2_000


@dataclass(slots=True)
class Writing:
    """A write under way. `number` is the change it will be, once `changed` is set; else it leaves no trace."""

    connection: Connection
    number: int
    changed: bool = False

    @property
    def outcome(self) -> "Outcome":
        """What there is to tell of this write once it is done."""
        return Outcome(self.number if self.changed else self.number - 1, self.changed)


class Outcome(NamedTuple):
    """The number of the last change after a write, and whether it is that write's own."""

    number: int
    changed: bool


@contextmanager
def writing(connection: Connection) -> Iterator[Writing]:
    """A transaction that holds the change number from its first statement on.

    Whoever writes next waits for it, so numbers are given out in the order in which writes become visible: who has
    seen change 7 has seen all changes up to 7.
    """
    before = connection.execute(_TAKE_NUMBER).scalar_one()
    write = Writing(connection, before + 1)
    yield write
    if write.changed:
        connection.execute(_GIVE_NUMBER, {"number": write.number})


_TAKE_NUMBER = select(tables.change.c.number).with_for_update()
_GIVE_NUMBER = update(tables.change)


def insert_into(table: Table, connection: Connection) -> postgresql.Insert | sqlite.Insert:
    """An insert that knows `on_conflict_do_update`: the same call on both engines, two classes in SQLAlchemy."""
    return insert_by(connection.dialect.name, table)


def insert_by(dialect: str, table: Table) -> postgresql.Insert | sqlite.Insert:
    """The same, by the name of the engine's dialect."""
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)


def execute_many(connection: Connection, statement: Any, rows: Sequence[dict[str, Any]]) -> None:
    """One statement over many rows, or none."""
    for chunk in chunks(rows):
        connection.execute(statement, list(chunk))


def chunks(items: Sequence[_Item]) -> Iterator[Sequence[_Item]]:
    """The items in pieces that fit one statement."""
    for start in range(0, len(items), _CHUNK):
        yield items[start : start + _CHUNK]
