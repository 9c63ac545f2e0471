"""What was read of some accounts in a span of time: numbers with their moments, without their sources."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from sqlalchemy import Connection, select

from renown.store import tables
from renown.store.loading import kept_at
from renown.store.writing import chunks

_LOG = tables.claim.c
_decode = msgspec.json.Decoder().decode

Reading = tuple[str, str, datetime, float]


def readings(
    connection: Connection,
    subjects: Sequence[str],
    fields: Sequence[str],
    span: tuple[datetime, datetime],
    *,
    limit: int,
    now: datetime,
) -> list[Reading]:
    """(subject, field, moment, number) of what was observed within the span, both ends included, at most `limit`.

    Subject by subject, field by field, oldest first. Beyond the limit subjects are left out, the last ones first.
    """
    found: list[Reading] = []
    for chunk in chunks(sorted(subjects)):
        chosen = (
            select(_LOG.subject, _LOG.field, _LOG.observed_at, _LOG.value)
            .where(_LOG.subject.in_(chunk), _LOG.field.in_(fields), _LOG.observed_at.between(*span), kept_at(now))
            .order_by(_LOG.subject, _LOG.field, _LOG.observed_at, _LOG.seq)
            .limit(limit - len(found))
        )
        rows = connection.execute(chosen)
        found += [(subject, field, at, float(_decode(value))) for subject, field, at, value in rows]
        if len(found) == limit:
            break
    return found
