"""Who vouches for whom, from the log: a vouch that was said again hides none of the earlier ones."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from renown.claims import Claim
from renown.store import tables
from renown.store.loading import claims_in, kept_at
from renown.store.rows import CLAIM_COLUMNS
from renown.store.writing import chunks

_LOG = tables.claim.c


def vouched_by(connection: Connection, vouchers: Sequence[str]) -> set[str]:
    """The subjects for whom any of these accounts ever vouched."""
    found: set[str] = set()
    if vouchers and _are_any(connection):
        for chunk in chunks(vouchers):
            found.update(connection.scalars(_VOUCHED_BY, {"vouchers": chunk}))
    return found


def vouches_for(
    connection: Connection, subjects: Sequence[str], since: datetime, now: datetime
) -> dict[str, list[Claim]]:
    """By subject, every vouch observed since that moment, itself included; one nobody vouched for has an empty list."""
    found: dict[str, list[Claim]] = {subject: [] for subject in subjects}
    for chunk in chunks(list(found)):
        conditions = (_LOG.subject.in_(chunk), _LOG.voucher.is_not(None), _LOG.observed_at >= since, kept_at(now))
        chosen = select(*CLAIM_COLUMNS).where(*conditions).order_by(_LOG.seq)
        for _, claim in claims_in(connection, chosen):
            found[claim.subject].append(claim)
    return found


def _are_any(connection: Connection) -> bool:
    """Whether there is a vouch at all: one look at the partial index, which spares most stores the search."""
    return connection.scalar(_ANY) is not None


# Made once: to put a statement together takes longer than to run it.
_ANY = select(_LOG.seq).where(_LOG.voucher.is_not(None)).limit(1)
_VOUCHED_BY = select(_LOG.subject).where(_LOG.voucher.in_(bindparam("vouchers", expanding=True))).distinct()
