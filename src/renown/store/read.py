"""Reads of single claims and of pages of them. Nothing past its licence is ever returned."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from renown.claims import Claim, ProvenanceKind
from renown.store import tables
from renown.store.loading import claims_in, kept_at
from renown.store.rows import CLAIM_COLUMNS
from renown.store.writing import chunks

_LOG = tables.claim.c
Page = tuple[list[tuple[int, Claim]], int]


def claims_by_id(connection: Connection, ids: Sequence[str], now: datetime) -> dict[str, Claim]:
    """The claims among `ids` that are held."""
    found: dict[str, Claim] = {}
    for chunk in chunks(list(dict.fromkeys(ids))):
        chosen = select(*CLAIM_COLUMNS).where(_LOG.id.in_(chunk), kept_at(now))
        found.update({claim.id: claim for _, claim in claims_in(connection, chosen)})
    return found


def built_on(connection: Connection, id_: str, limit: int, offset: int, now: datetime) -> tuple[list[Claim], int]:
    """A page of the derived claims that have this one as an input, oldest in the log first, and how many there are."""
    users = select(tables.claim_input.c.claim_id).where(tables.claim_input.c.input_id == id_)
    conditions = (_LOG.id.in_(users), _LOG.kind == ProvenanceKind.DERIVED.value, kept_at(now))
    chosen = select(*CLAIM_COLUMNS).where(*conditions).order_by(_LOG.seq).limit(limit).offset(offset)
    claims = [claim for _, claim in claims_in(connection, chosen)]
    return claims, _count(connection, conditions)


def claims_of(connection: Connection, subjects: Sequence[str], limit: int, after_seq: int, now: datetime) -> Page:
    """A page of all that is held on these subjects, newest in the log first, and how much there is."""
    conditions = (_LOG.subject.in_(subjects), kept_at(now))
    chosen = select(*CLAIM_COLUMNS).where(*conditions).order_by(_LOG.seq.desc()).limit(limit)
    if after_seq:
        chosen = chosen.where(_LOG.seq < after_seq)
    return claims_in(connection, chosen), _count(connection, conditions)


def history(
    connection: Connection,
    subject: str,
    fields: Sequence[str],
    span: tuple[datetime | None, datetime | None],
    limit: int,
    *,
    after: tuple[datetime, int] | None,
    now: datetime,
) -> Page:
    """A page of what was said on these fields within the span, oldest observation first, and how much there is."""
    start, end = span
    conditions = [_LOG.subject == subject, _LOG.field.in_(fields), kept_at(now)]
    if start is not None:
        conditions.append(_LOG.observed_at >= start)
    if end is not None:
        conditions.append(_LOG.observed_at <= end)
    chosen = select(*CLAIM_COLUMNS).where(*conditions).order_by(_LOG.observed_at, _LOG.seq).limit(limit)
    if after is not None:
        moment, seq = after
        chosen = chosen.where(or_(_LOG.observed_at > moment, and_(_LOG.observed_at == moment, _LOG.seq > seq)))
    return claims_in(connection, chosen), _count(connection, conditions)


def _count(connection: Connection, conditions: Sequence[ColumnElement[bool]]) -> int:
    return connection.scalar(select(func.count()).select_from(tables.claim).where(*conditions)) or 0
