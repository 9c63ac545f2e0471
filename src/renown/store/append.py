"""Append claims: the log and `latest` in one transaction."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, and_, bindparam, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from renown.claims import Account, Claim
from renown.store import tables
from renown.store.accounts import touch
from renown.store.newest import newest_of_log
from renown.store.rows import input_rows_of, row_of
from renown.store.writing import Outcome, Writing, chunks, execute_many, insert_by, writing

# What may change of a claim after it was made: when we last fetched it and how long it holds.
_Life = tuple[datetime | None, datetime | None, datetime | None]


def append_claims(connection: Connection, claims: Sequence[Claim], accounts: Sequence[Account]) -> Outcome:
    """Append what is new, refresh the life of what is known; the number of the last change."""
    with writing(connection) as write:
        _keep_accounts(write, accounts)
        last = write.connection.scalar(_LAST) or 0
        for chunk in chunks(list({claim.id: claim for claim in claims}.values())):
            _append_chunk(write, chunk)
        _move_latest(write.connection, last)
    return write.outcome


def _append_chunk(write: Writing, claims: Sequence[Claim]) -> None:
    known = _lives(write.connection, [claim.id for claim in claims])
    new = [claim for claim in claims if claim.id not in known]
    refreshed = [claim for claim in claims if claim.id in known and _is_renewed(known[claim.id], _life(claim))]
    execute_many(write.connection, _INSERT_CLAIM, [row_of(claim, write.number) for claim in new])
    execute_many(write.connection, _INSERT_INPUT, [row for claim in new for row in input_rows_of(claim)])
    execute_many(write.connection, _REFRESH, [_refresh_row(claim) for claim in refreshed])
    answered = _end_absences(write.connection, claims)
    touch(write, [claim.subject for claim in (*new, *refreshed)])
    write.changed = write.changed or bool(new or refreshed or answered)


def _lives(connection: Connection, ids: Sequence[str]) -> dict[str, _Life]:
    rows = connection.execute(_LIVES, {"ids": ids})
    return {id_: (fetched_at, fresh_until, keep_until) for id_, fetched_at, fresh_until, keep_until in rows}


def _life(claim: Claim) -> _Life:
    p = claim.provenance
    return p.fetched_at, p.fresh_until, p.keep_until


def _is_renewed(held: _Life, given: _Life) -> bool:
    """Whether the given life replaces the one held: it differs, and was not fetched earlier."""
    fetched_before, fetched = held[0], given[0]
    is_older = fetched_before is not None and fetched is not None and fetched < fetched_before
    return held != given and not is_older


def _refresh_row(claim: Claim) -> dict[str, Any]:
    fetched_at, fresh_until, keep_until = _life(claim)
    return {"known": claim.id, "fetched_at": fetched_at, "fresh_until": fresh_until, "keep_until": keep_until}


# Made once: to put a statement together takes longer than to run it.
_LOG = tables.claim.c
_LAST = select(func.max(_LOG.seq))
_LIVES = select(_LOG.id, _LOG.fetched_at, _LOG.fresh_until, _LOG.keep_until).where(
    _LOG.id.in_(bindparam("ids", expanding=True))
)
_INSERT_CLAIM = tables.claim.insert()
_INSERT_INPUT = tables.claim_input.insert()
_REFRESH = (
    update(tables.claim)
    .where(tables.claim.c.id == bindparam("known"))
    .values({name: bindparam(name) for name in ("fetched_at", "fresh_until", "keep_until")})
)


def _move_latest(connection: Connection, last: int) -> None:
    """Point `latest` at what came into the log after `last`, where it was observed no earlier than what is there."""
    connection.execute(_moving(connection.dialect.name), {"last": last})


@cache
def _moving(dialect: str) -> postgresql.Insert | sqlite.Insert:
    newest = newest_of_log(_LOG.seq > bindparam("last"))
    insert = insert_by(dialect, tables.latest).from_select(list(newest.selected_columns.keys()), newest)
    given = insert.excluded
    return insert.on_conflict_do_update(
        index_elements=list(tables.latest.primary_key),
        set_={"claim_seq": given.claim_seq, "observed_at": given.observed_at},
        where=given.observed_at >= tables.latest.c.observed_at,
    )


def _end_absences(connection: Connection, claims: Iterable[Claim]) -> bool:
    """Who has answered is absent no longer; whether there was any such absence."""
    answered = {(claim.subject, claim.provenance.provider) for claim in claims}
    held = connection.execute(_ABSENT, {"subjects": list({subject for subject, _ in answered})})
    ended = [{"of": subject, "by": provider} for subject, provider in held if (subject, provider) in answered]
    execute_many(connection, _END_ABSENCE, ended)
    return bool(ended)


_ABSENT = select(tables.absence.c.subject, tables.absence.c.provider).where(
    tables.absence.c.subject.in_(bindparam("subjects", expanding=True))
)
_END_ABSENCE = delete(tables.absence).where(
    and_(tables.absence.c.subject == bindparam("of"), tables.absence.c.provider == bindparam("by"))
)


def _keep_accounts(write: Writing, accounts: Sequence[Account]) -> None:
    """Keep each account as last spelt. Lower case tells nothing of the owner's own spelling, so it replaces none."""
    for chunk in chunks(list({account.key: account for account in accounts}.values())):
        held = write.connection.execute(_SPELT, {"keys": [account.key for account in chunk]})
        spelt = {row.key: row.handle for row in held}
        given = [account for account in chunk if _tells_more(account.handle, spelt.get(account.key))]
        _upsert_accounts(write, given)
        write.changed = write.changed or bool(given)


_SPELT = select(tables.account.c.key, tables.account.c.handle).where(
    tables.account.c.key.in_(bindparam("keys", expanding=True))
)


def _tells_more(handle: str, held: str | None) -> bool:
    return held is None or (handle not in (held, handle.casefold()))


def _upsert_accounts(write: Writing, accounts: Sequence[Account]) -> None:
    rows = [
        {"key": a.key, "network": a.network, "handle": a.handle, "voice": a.key, "change": write.number}
        for a in accounts
    ]
    execute_many(write.connection, _upsert(write.connection.dialect.name), rows)


@cache
def _upsert(dialect: str) -> postgresql.Insert | sqlite.Insert:
    insert = insert_by(dialect, tables.account)
    given = {name: insert.excluded[name] for name in ("handle", "change")}
    return insert.on_conflict_do_update(index_elements=["key"], set_=given)
