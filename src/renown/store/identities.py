"""Whose an id is: by a claim on it, back to the account."""

import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, select

from renown.store import tables
from renown.store.loading import kept_at
from renown.store.writing import chunks

_LOG = tables.claim.c


def identified_by(connection: Connection, field: str, values: Sequence[str], now: datetime) -> dict[str, list[str]]:
    """By value, the subjects of which the latest claim on an id (`klout.id`) says it; each value has an entry."""
    found: dict[str, list[str]] = {value: [] for value in values}
    written = {json.dumps(value): value for value in found}
    for chunk in chunks(list(written)):
        rows = connection.execute(
            select(_LOG.value, _LOG.subject)
            .join(tables.latest, tables.latest.c.claim_seq == _LOG.seq)
            # The first condition is that of the index, word for word: without it every claim would be looked at.
            .where(tables.IS_ON_ID, _LOG.field == field, _LOG.value.in_(chunk), kept_at(now))
            .order_by(_LOG.subject)
        )
        for value, subject in rows:
            found[written[value]].append(subject)
    return found
