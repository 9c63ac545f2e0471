"""Which claims of the log are the newest of their subject, field and provider."""

from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from renown.store import tables


def newest_of_log(*conditions: ColumnElement[bool]) -> Select[Any, Any, Any, Any, Any]:
    """Rows as in `latest`, worked out from that part of the log for which the conditions hold.

    Newest by observation; of two observed at the same moment the one appended last.
    """
    log = tables.claim.c
    place = func.row_number().over(
        partition_by=(log.subject, log.field, log.provider), order_by=(log.observed_at.desc(), log.seq.desc())
    )
    ranked = (
        select(log.subject, log.field, log.provider, log.seq.label("claim_seq"), log.observed_at, place.label("place"))
        .where(*conditions)
        .subquery("ranked")
    ).c
    return select(ranked.subject, ranked.field, ranked.provider, ranked.claim_seq, ranked.observed_at).where(
        ranked.place == 1
    )
