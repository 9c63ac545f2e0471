"""The latest claim per subject, field and provider: from its table, or as of a moment or change from the log.

Both ways answer alike: of those claims whose licence holds, the newest observed, and of two the one appended last.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, bindparam, select

from renown.claims import Claim
from renown.store import tables
from renown.store.loading import claims_from, kept_at, pieces_of
from renown.store.newest import newest_of_log
from renown.store.rows import CLAIM_COLUMNS
from renown.store.writing import chunks

_LOG = tables.claim.c
_LATEST = tables.latest.c


def latest_of(
    connection: Connection,
    subjects: Sequence[str],
    as_of: datetime | None,
    now: datetime,
    upto_change: int | None = None,
) -> dict[str, list[Claim]]:
    """By subject; one of whom nothing is held has an empty list."""
    past = _past(connection, as_of, upto_change)
    found: dict[str, list[Claim]] = {subject: [] for subject in subjects}
    for chunk in chunks(list(found)):
        if past:
            claims = _from_log(connection, now, _LOG.subject.in_(chunk), *past)
        else:
            claims = _from_table(connection, now, _OF_SUBJECTS, {"subjects": chunk})
        for claim in claims:
            found[claim.subject].append(claim)
    return found


def latest_of_all(
    connection: Connection, as_of: datetime | None, upto_change: int | None, now: datetime
) -> list[Claim]:
    """Everybody's."""
    past = _past(connection, as_of, upto_change)
    return _from_log(connection, now, *past) if past else _from_table(connection, now)


def _past(connection: Connection, as_of: datetime | None, upto_change: int | None) -> list[ColumnElement[bool]]:
    """What holds of the log then; nothing, so that the table serves, where no change came after `upto_change`."""
    conditions: list[ColumnElement[bool]] = []
    if as_of is not None:
        conditions.append(_LOG.observed_at <= as_of)
    if upto_change is not None and upto_change < last_change(connection):
        conditions.append(_LOG.change <= upto_change)
    return conditions


def last_change(connection: Connection) -> int:
    """The number of the last change; 0 before the first."""
    return connection.execute(select(tables.change.c.number)).scalar_one()


# Made once: to put a statement together takes longer than to run it.
_OF_ALL = select(*CLAIM_COLUMNS).join(tables.latest, _LATEST.claim_seq == _LOG.seq)
_OF_SUBJECTS = _OF_ALL.where(_LATEST.subject.in_(bindparam("subjects", expanding=True)))


def _from_table(
    connection: Connection,
    now: datetime,
    chosen: Select[*tuple[Any, ...]] = _OF_ALL,
    given: Mapping[str, Any] | None = None,
) -> list[Claim]:
    claims: list[Claim] = []
    lapsed: set[tuple[str, ...]] = set()
    for rows in pieces_of(connection, chosen, given):
        kept = [row for row in rows if row.keep_until is None or row.keep_until > now]
        claims += [claim for _, claim in claims_from(connection, kept)]
        if len(kept) < len(rows):
            lapsed |= {_place(row) for row in rows} - {_place(row) for row in kept}
    return claims + _behind(connection, lapsed, now)


def _place(row: Row[*tuple[Any, ...]]) -> tuple[str, ...]:
    return row.subject, row.field, row.provider


def _behind(connection: Connection, lapsed: set[tuple[str, ...]], now: datetime) -> list[Claim]:
    """What stands in the log behind latest claims that may not be shown and are not deleted yet."""
    behind: list[Claim] = []
    for chunk in chunks(sorted({subject for subject, *_ in lapsed})):
        claims = _from_log(connection, now, _LOG.subject.in_(chunk))
        behind += [c for c in claims if (c.subject, c.field, c.provenance.provider or "") in lapsed]
    return behind


def _from_log(connection: Connection, now: datetime, *conditions: ColumnElement[bool]) -> list[Claim]:
    newest = newest_of_log(kept_at(now), *conditions).subquery("newest")
    chosen = select(*CLAIM_COLUMNS).join(newest, newest.c.claim_seq == _LOG.seq)
    claims: list[Claim] = []
    for rows in pieces_of(connection, chosen):
        claims += [claim for _, claim in claims_from(connection, rows)]
    return claims
