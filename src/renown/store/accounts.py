"""Accounts as they are held: in the owner's spelling, each with the voice it belongs to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, select, update

from renown.claims import Account
from renown.store import tables
from renown.store.writing import Writing, chunks


@dataclass(frozen=True, slots=True)
class StoredAccount:
    """An account, and the key of its voice's primary account."""

    account: Account
    voice: str


_TABLE = tables.account.c
# Made once: to put a statement together takes longer than to run it.
_EVERYBODY = select(_TABLE.network, _TABLE.handle, _TABLE.voice).order_by(_TABLE.key)
_AMONG = _TABLE.key.in_(bindparam("keys", expanding=True))
_SOME = _EVERYBODY.where(_AMONG)
_TOUCH = update(tables.account).where(_AMONG).values(change=bindparam("number"))


def accounts_with(connection: Connection, keys: Sequence[str] | None) -> list[StoredAccount]:
    """Those with the keys given, or all; by key."""
    if keys is None:
        return [_stored(row) for row in connection.execute(_EVERYBODY)]
    pieces = chunks(sorted(set(keys)))
    return [_stored(row) for piece in pieces for row in connection.execute(_SOME, {"keys": piece})]


@dataclass(frozen=True, slots=True)
class Touched:
    """`accounts` are all of those voices of which something changed; `held` is how many accounts there are in all."""

    accounts: list[StoredAccount]
    held: int


def touched_since(connection: Connection, change: int) -> Touched:
    """The voices of which anything came, was refreshed or went after a change, and with them all their accounts."""
    table = tables.account.c
    voices = select(table.voice).where(table.change > change)
    chosen = select(table.network, table.handle, table.voice).where(table.voice.in_(voices)).order_by(table.key)
    accounts = [StoredAccount(Account(network, handle), voice) for network, handle, voice in connection.execute(chosen)]
    return Touched(accounts, connection.scalar(select(func.count()).select_from(tables.account)) or 0)


def touch(write: Writing, keys: Iterable[str]) -> None:
    """Mark these accounts as touched by this write."""
    for chunk in chunks(sorted(set(keys))):
        write.connection.execute(_TOUCH, {"keys": chunk, "number": write.number})


def _stored(row: Row[*tuple[Any, ...]]) -> StoredAccount:
    return StoredAccount(Account(row.network, row.handle), row.voice)
