"""Accounts as numbers from 0 on: by a table of them, or as they are where a source numbers its accounts closely."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import pyarrow as pa
from pyarrow.compute import cast

from renown.engine import relations
from renown.engine.interactions import Ints
from renown.engine.large.tables import as_arrow, kept, one_row
from renown.engine.relations import Table

# As many numbers may go unused for each event.
_CLOSELY = 4


class Numbering(Protocol):
    """How the accounts of a log are numbered."""

    @property
    def accounts(self) -> int:
        """How many numbers there are."""
        ...

    def of(self, table: Table) -> Table:
        """The table with numbers in the place of its actors, where it has any, and of its targets."""
        ...

    def names(self, numbers: Ints) -> pa.Array:
        """What the accounts of these numbers are called, as text."""
        ...

    def numbers(self, names: Any) -> Ints:
        """The numbers of those of these accounts that have one."""
        ...


@contextmanager
def numbering_of(events: Table, log: Table) -> Iterator[Numbering]:
    """The numbering of the accounts in a log, which is some of these events, until the end of the block."""
    if events.actor.type().is_integer() and events.target.type().is_integer():
        row = one_row(relations.span(events))
        if row["events"] and row["last"] - row["first"] < _CLOSELY * row["events"]:
            yield _AsTheyAre(row["last"] - row["first"] + 1, row["first"])
            return
    with kept(relations.accounts(log)) as listed:
        names = as_arrow(listed.order_by("number").select(name=listed.name.cast("string")))["name"]
        yield _Listed(len(names), listed, names)


@dataclass(frozen=True, slots=True)
class _Listed:
    accounts: int
    listed: Table
    called: Any

    def of(self, table: Table) -> Table:
        return relations.numbered(table, self.listed)

    def names(self, numbers: Ints) -> pa.Array:
        return self.called.take(pa.array(numbers))

    def numbers(self, names: Any) -> Ints:
        return np.flatnonzero(np.isin(self.called.to_numpy(), list(names)))


@dataclass(frozen=True, slots=True)
class _AsTheyAre:
    accounts: int
    first: int

    def of(self, table: Table) -> Table:
        return relations.numbered_from(table, self.first)

    def names(self, numbers: Ints) -> pa.Array:
        return cast(pa.array(numbers.astype(np.int64) + self.first), pa.string())

    def numbers(self, names: Any) -> Ints:
        given = np.array([int(name) - self.first for name in names if name.lstrip("-").isdecimal()], np.int64)
        return given[(given >= 0) & (given < self.accounts)]
