"""What a provider said of somebody again, beside what it had said before."""

from datetime import datetime

import msgspec
from sqlalchemy import ColumnElement, Connection, func, select
from sqlalchemy.orm import aliased

from renown.claims import Claim, ProvenanceKind
from renown.store import tables
from renown.store.loading import claims_in, kept_at
from renown.store.newest import newest_of_log
from renown.store.rows import CLAIM_COLUMNS

_LOG = tables.claim.c
_LATEST = tables.latest.c
_decode = msgspec.json.Decoder().decode

StoredRereading = tuple[str, float, datetime, float, datetime]

# So much of the end of the log is looked through for rereadings that were not seen yet.
_LOOKED_THROUGH = 500_000


def rereadings(
    connection: Connection, field: str, after_seq: int, limit: int, now: datetime
) -> tuple[int, list[StoredRereading]]:
    """The last number in the log, and (subject, value before, its moment, value, its moment) kept after `after_seq`.

    In the order of keeping, the last `limit` of them. Published figures are left out: they come from many hands.
    """
    last = connection.scalar(select(func.max(_LOG.seq))) or 0
    earlier = aliased(tables.claim, name="earlier").c
    before = aliased(tables.claim, name="before").c
    newest_before = (
        select(earlier.seq)
        .where(earlier.subject == _LOG.subject, earlier.field == _LOG.field, earlier.provider == _LOG.provider)
        .where(earlier.observed_at < _LOG.observed_at, ~earlier.frozen)
        .order_by(earlier.observed_at.desc(), earlier.seq.desc())
        .limit(1)
        .correlate(tables.claim)
        .scalar_subquery()
    )
    chosen = (
        select(_LOG.subject, before.value, before.observed_at, _LOG.value, _LOG.observed_at)
        .join_from(tables.claim, before.seq.table, before.seq == newest_before)
        .where(_LOG.seq > max(after_seq, last - _LOOKED_THROUGH), _LOG.seq <= last)
        .where(*_said(field), kept_at(now))
        .order_by(_LOG.seq.desc())
        .limit(limit)
    )
    rows = connection.execute(chosen).all()
    return last, [(s, float(_decode(old)), old_at, float(_decode(new)), at) for s, old, old_at, new, at in rows[::-1]]


def not_reread(connection: Connection, field: str, since: datetime, now: datetime) -> int:
    """How many subjects have a value of a field, and none that was observed since that moment."""
    chosen = (
        select(func.count())
        .select_from(tables.latest)
        .join(tables.claim, _LATEST.claim_seq == _LOG.seq)
        .where(_LATEST.field == field, _LATEST.observed_at < since, ~_LOG.frozen, kept_at(now))
    )
    return connection.scalar(chosen) or 0


def last_before(
    connection: Connection,
    field: str,
    moment: datetime,
    as_of: datetime | None,
    upto_change: int | None,
    *,
    now: datetime,
) -> dict[str, Claim]:
    """By subject, the newest claim on a field observed before a moment; as of another and by a change, where given."""
    conditions: list[ColumnElement[bool]] = [_LOG.field == field, _LOG.observed_at < moment, kept_at(now)]
    if as_of is not None:
        conditions.append(_LOG.observed_at <= as_of)
    if upto_change is not None:
        conditions.append(_LOG.change <= upto_change)
    newest = newest_of_log(*conditions).subquery("newest")
    claims = claims_in(connection, select(*CLAIM_COLUMNS).join(newest, newest.c.claim_seq == _LOG.seq))
    return {claim.subject: claim for _, claim in claims}


def _said(field: str) -> tuple[ColumnElement[bool], ...]:
    return _LOG.field == field, _LOG.kind == ProvenanceKind.OBSERVED.value, ~_LOG.frozen
