"""The latest claim per subject, field and provider: from its table, or as of a moment or change from the log.

Both ways answer alike: of those claims whose licence holds, the newest observed, and of two the one appended last.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, select
from sqlalchemy.ext.asyncio import AsyncConnection

from renown.claims import Claim
from renown.store import tables
from renown.store.loading import claims_from, kept_at, pieces_of
from renown.store.newest import newest_of_log
from renown.store.rows import CLAIM_COLUMNS
from renown.store.writing import chunks

_LOG = tables.claim.c
_LATEST = tables.latest.c


async def latest_of(
    connection: AsyncConnection, subjects: Sequence[str], as_of: datetime | None, now: datetime
) -> dict[str, list[Claim]]:
    """By subject; one of whom nothing is held has an empty list."""
    found: dict[str, list[Claim]] = {subject: [] for subject in subjects}
    for chunk in chunks(list(found)):
        if as_of is None:
            claims = await _from_table(connection, now, _LATEST.subject.in_(chunk))
        else:
            claims = await _from_log(connection, now, _LOG.subject.in_(chunk), _LOG.observed_at <= as_of)
        for claim in claims:
            found[claim.subject].append(claim)
    return found


async def latest_of_all(
    connection: AsyncConnection, as_of: datetime | None, upto_change: int | None, now: datetime
) -> list[Claim]:
    """Everybody's. From the table where nothing is asked of the past, or no change came after `upto_change`."""
    if upto_change is not None and upto_change >= await last_change(connection):
        upto_change = None
    conditions: list[ColumnElement[bool]] = []
    if as_of is not None:
        conditions.append(_LOG.observed_at <= as_of)
    if upto_change is not None:
        conditions.append(_LOG.change <= upto_change)
    return await (_from_log(connection, now, *conditions) if conditions else _from_table(connection, now))


async def last_change(connection: AsyncConnection) -> int:
    """The number of the last change; 0 before the first."""
    return (await connection.execute(select(tables.change.c.number))).scalar_one()


async def _from_table(connection: AsyncConnection, now: datetime, *conditions: ColumnElement[bool]) -> list[Claim]:
    chosen = select(*CLAIM_COLUMNS).join(tables.latest, _LATEST.claim_seq == _LOG.seq).where(*conditions)
    claims: list[Claim] = []
    lapsed: set[tuple[str, ...]] = set()
    async for rows in pieces_of(connection, chosen):
        kept = [row for row in rows if row.keep_until is None or row.keep_until > now]
        claims += [claim for _, claim in await claims_from(connection, kept)]
        if len(kept) < len(rows):
            lapsed |= {_place(row) for row in rows} - {_place(row) for row in kept}
    return claims + await _behind(connection, lapsed, now)


def _place(row: Row[*tuple[Any, ...]]) -> tuple[str, ...]:
    return row.subject, row.field, row.provider


async def _behind(connection: AsyncConnection, lapsed: set[tuple[str, ...]], now: datetime) -> list[Claim]:
    """What stands in the log behind latest claims that may not be shown and are not deleted yet."""
    behind: list[Claim] = []
    for chunk in chunks(sorted({subject for subject, *_ in lapsed})):
        claims = await _from_log(connection, now, _LOG.subject.in_(chunk))
        behind += [c for c in claims if (c.subject, c.field, c.provenance.provider or "") in lapsed]
    return behind


async def _from_log(connection: AsyncConnection, now: datetime, *conditions: ColumnElement[bool]) -> list[Claim]:
    newest = newest_of_log(kept_at(now), *conditions).subquery("newest")
    chosen = select(*CLAIM_COLUMNS).join(newest, newest.c.claim_seq == _LOG.seq)
    claims: list[Claim] = []
    async for rows in pieces_of(connection, chosen):
        claims += [claim for _, claim in await claims_from(connection, rows)]
    return claims
