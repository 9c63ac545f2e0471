"""Accounts as they are held: in the owner's spelling, each with the voice it belongs to."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from renown.claims import Account
from renown.store import tables
from renown.store.writing import chunks


@dataclass(frozen=True, slots=True)
class StoredAccount:
    """An account, and the key of its voice's primary account."""

    account: Account
    voice: str


async def accounts_with(connection: AsyncConnection, keys: Sequence[str] | None) -> list[StoredAccount]:
    """Those with the keys given, or all; by key."""
    table = tables.account.c
    chosen = select(table.network, table.handle, table.voice).order_by(table.key)
    pieces = [chosen] if keys is None else [chosen.where(table.key.in_(chunk)) for chunk in chunks(sorted(set(keys)))]
    return [
        StoredAccount(Account(network, handle), voice)
        for piece in pieces
        for network, handle, voice in await connection.execute(piece)
    ]
