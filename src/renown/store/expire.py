"""Delete what may no longer be kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, select

from renown.claims import Absence, AbsenceReason
from renown.store import tables
from renown.store.absences import put_absences
from renown.store.accounts import touch
from renown.store.newest import newest_of_log
from renown.store.writing import chunks, insert_into, writing


@dataclass(frozen=True, slots=True)
class _Lapsed:
    """A claim past its licence: the place it stood in, and from when until when it was kept."""

    subject: str
    field: str
    provider: str
    since: datetime
    until: datetime


def next_expiry(connection: Connection) -> datetime | None:
    """The first `keep_until` of all claims that are held, also one that has passed."""
    keep_until = tables.claim.c.keep_until
    return connection.scalar(select(func.min(keep_until)).where(keep_until.is_not(None)))


def expire_claims(connection: Connection, now: datetime) -> int:
    """Delete every claim past its `keep_until`; how many there were.

    Where an older claim that may be kept stands behind a deleted one, it is the latest again. Where none does, and
    the claim was a provider's, an absence LICENCE_EXPIRED says so.
    """
    with writing(connection) as write:
        lapsed = _lapsed(write.connection, now)
        if not lapsed:
            return 0
        write.changed = True
        _delete(write.connection, now)
        touch(write, [claim.subject for claim in lapsed])
        subjects = sorted({claim.subject for claim in lapsed})
        standing = _restore_latest(write.connection, subjects)
        lost = [c for c in lapsed if c.provider and (c.subject, c.field, c.provider) not in standing]
        put_absences(write.connection, _absences(lost, now))
    return len(lapsed)


def _lapsed(connection: Connection, now: datetime) -> list[_Lapsed]:
    log = tables.claim.c
    rows = connection.execute(
        select(log.subject, log.field, log.provider, log.observed_at, log.fetched_at, log.keep_until).where(
            log.keep_until <= now
        )
    )
    return [
        _Lapsed(subject, field, provider, fetched_at or observed_at, keep_until)
        for subject, field, provider, observed_at, fetched_at, keep_until in rows
    ]


def _delete(connection: Connection, now: datetime) -> None:
    lapsed = tables.claim.c.keep_until <= now
    pointed_at = select(tables.claim.c.seq).where(lapsed)
    connection.execute(delete(tables.latest).where(tables.latest.c.claim_seq.in_(pointed_at)))
    connection.execute(delete(tables.claim).where(lapsed))


def _restore_latest(connection: Connection, subjects: Sequence[str]) -> set[tuple[str, str, str]]:
    """Fill the gaps in `latest` from the log; what stands there of these subjects afterwards."""
    standing: set[tuple[str, str, str]] = set()
    table = tables.latest.c
    for chunk in chunks(subjects):
        newest = newest_of_log(tables.claim.c.subject.in_(chunk))
        insert = insert_into(tables.latest, connection).from_select(list(newest.selected_columns.keys()), newest)
        connection.execute(insert.on_conflict_do_nothing())
        rows = connection.execute(select(table.subject, table.field, table.provider).where(table.subject.in_(chunk)))
        standing.update((subject, field, provider) for subject, field, provider in rows)
    return standing


def _absences(lost: Sequence[_Lapsed], now: datetime) -> list[Absence]:
    """One a subject and provider, by what was kept longest."""
    last = {(claim.subject, claim.provider): claim for claim in sorted(lost, key=lambda claim: claim.until)}
    return [
        Absence(subject, provider, AbsenceReason.LICENCE_EXPIRED, _message(claim), now)
        for (subject, provider), claim in last.items()
    ]


def _message(claim: _Lapsed) -> str:
    limit = _in_words(claim.until - claim.since)
    return (
        f"What {claim.provider} said expired on {claim.until:%Y-%m-%d} and was deleted: "
        f"its licence allows it to be kept for {limit}."
    )


def _in_words(span: timedelta) -> str:
    number, unit = (span.days, "day") if span.days else (span.seconds // 3600, "hour")
    return f"{number} {unit}{'' if number == 1 else 's'}"
