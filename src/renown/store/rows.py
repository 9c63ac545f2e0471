"""Claims and absences as rows, and back. What is read back equals what was written."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from renown.claims import Absence, AbsenceReason, Claim, Provenance, ProvenanceKind, vouch_in
from renown.store import tables

# What a claim is read from, in the order `claim_of` takes it.
CLAIM_COLUMNS = (
    tables.claim.c.seq,
    tables.claim.c.id,
    tables.claim.c.subject,
    tables.claim.c.field,
    tables.claim.c.provider,
    tables.claim.c.value,
    tables.claim.c.kind,
    tables.claim.c.source,
    tables.claim.c.adapter,
    tables.claim.c.observed_at,
    tables.claim.c.fetched_at,
    tables.claim.c.fresh_until,
    tables.claim.c.keep_until,
    tables.claim.c.frozen,
    tables.claim.c.digest,
    tables.claim.c.attribution,
)

_decode = msgspec.json.Decoder().decode
_KINDS = {kind.value: kind for kind in ProvenanceKind}


def row_of(claim: Claim, change: int) -> dict[str, Any]:
    """A claim as a row of the log.

    Raises:
        ValueError: its value is not a finite number, a text or a truth value.
    """
    p, vouch = claim.provenance, vouch_in(claim.field)
    return {
        "change": change,
        "id": claim.id,
        "subject": claim.subject,
        "field": claim.field,
        "provider": p.provider or "",
        "value": json.dumps(claim.value, allow_nan=False),
        "kind": p.kind.value,
        "source": p.source,
        "adapter": p.adapter,
        "observed_at": p.observed_at,
        "fetched_at": p.fetched_at,
        "fresh_until": p.fresh_until,
        "keep_until": p.keep_until,
        "frozen": p.frozen,
        "digest": p.digest,
        "attribution": p.attribution,
        "voucher": vouch and vouch[1],
    }


def input_rows_of(claim: Claim) -> list[dict[str, Any]]:
    """What a claim was made of, as rows."""
    inputs = enumerate(claim.provenance.inputs)
    return [{"claim_id": claim.id, "position": position, "input_id": given} for position, given in inputs]


def claim_of(row: Sequence[Any], inputs: Mapping[str, tuple[str, ...]]) -> Claim:
    """The claim in a row of `CLAIM_COLUMNS`; `inputs` holds those of derived claims, by claim id."""
    (
        _seq, id_, subject, field, provider, value, kind, source, adapter,
        observed_at, fetched_at, fresh_until, keep_until, frozen, digest, attribution,
    ) = row  # fmt: skip
    claim = Claim(
        subject=subject,
        field=field,
        value=_decode(value),
        provenance=Provenance(
            kind=_KINDS[kind],
            source=source,
            adapter=adapter,
            observed_at=observed_at,
            provider=provider or None,
            fetched_at=fetched_at,
            fresh_until=fresh_until,
            keep_until=keep_until,
            frozen=frozen,
            digest=digest,
            attribution=attribution,
            inputs=inputs.get(id_, ()),
        ),
    )
    # Where the cached property keeps it: a million ids need not be hashed anew.
    claim.__dict__["id"] = id_
    return claim


def absence_row_of(absence: Absence) -> dict[str, Any]:
    """An absence as a row."""
    return {
        "subject": absence.subject,
        "provider": absence.provider,
        "reason": absence.reason.value,
        "message": absence.message,
        "at": absence.at,
        "retry_at": absence.retry_at,
    }


def absence_of(row: Sequence[Any]) -> Absence:
    """The absence in a row of the table, in its order of columns."""
    subject, provider, reason, message, at, retry_at = row
    return Absence(subject, provider, AbsenceReason(reason), message, at, retry_at)
