"""From a selection of the log to claims with their inputs."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Executable, Row, or_, select

from renown.claims import Claim, ProvenanceKind
from renown.store import tables
from renown.store.rows import claim_of
from renown.store.writing import chunks

Rows = Sequence[Row[*tuple[Any, ...]]]

_PIECE = 1_000
_DERIVED = ProvenanceKind.DERIVED.value


def kept_at(moment: datetime) -> ColumnElement[bool]:
    """That the licence still allows a claim to be shown."""
    keep_until = tables.claim.c.keep_until
    return or_(keep_until.is_(None), keep_until > moment)


def claims_in(connection: Connection, chosen: Executable) -> list[tuple[int, Claim]]:
    """The claims that a selection of `CLAIM_COLUMNS` gives, in its order, each with its number in the log."""
    return claims_from(connection, connection.execute(chosen).all())


def pieces_of(connection: Connection, chosen: Executable, given: Mapping[str, Any] | None = None) -> Iterator[Rows]:
    """The rows of a selection a few at a time, so that a million of them do not keep others waiting."""
    with connection.execute(chosen, given, execution_options={"yield_per": _PIECE}) as rows:
        yield from rows.partitions()


def claims_from(connection: Connection, rows: Rows) -> list[tuple[int, Claim]]:
    """The claims in rows of `CLAIM_COLUMNS`, each with its number in the log."""
    inputs = _inputs(connection, [row.id for row in rows if row.kind == _DERIVED])
    return [(row.seq, claim_of(row, inputs)) for row in rows]


def _inputs(connection: Connection, ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    table = tables.claim_input.c
    found: dict[str, list[str]] = {}
    for chunk in chunks(ids):
        rows = connection.execute(
            select(table.claim_id, table.input_id)
            .where(table.claim_id.in_(chunk))
            .order_by(table.claim_id, table.position)
        )
        for claim_id, input_id in rows:
            found.setdefault(claim_id, []).append(input_id)
    return {claim_id: tuple(given) for claim_id, given in found.items()}
