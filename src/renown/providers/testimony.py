"""Putting a reply on record: the provenance of what it says, the claims, the absences."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from renown.claims import Absence, AbsenceReason, Account, Claim, Provenance, ProvenanceKind, Value, digest_of
from renown.providers.contract import Provider, Reply

_LIFE_OF_AN_IDENTITY = timedelta(days=3650)


def observed(provider: Provider, reply: Reply, part: Any) -> Provenance:
    """The provenance of what a reply says; `part` is the piece of its JSON that is about one account."""
    declaration = provider.declaration
    return Provenance(
        kind=ProvenanceKind.OBSERVED,
        source=reply.url,
        adapter=provider.adapter,
        provider=declaration.slug,
        observed_at=reply.received_at,
        fetched_at=reply.received_at,
        fresh_until=reply.received_at + declaration.fresh_for,
        keep_until=None if declaration.keep_for is None else reply.received_at + declaration.keep_for,
        digest=digest_of(part),
        attribution=declaration.attribution,
    )


def observed_identity(provider: Provider, reply: Reply, part: Any) -> Provenance:
    """The provenance of a provider's own id of an account: it hardly ever changes, and may be kept for good."""
    fresh_until = reply.received_at + _LIFE_OF_AN_IDENTITY
    return replace(observed(provider, reply, part), fresh_until=fresh_until, keep_until=None)


def claims_about(account: Account, said: Mapping[str, Value | None], provenance: Provenance) -> tuple[Claim, ...]:
    """One claim a field that has a value."""
    return tuple(
        Claim(subject=account.key, field=field, value=value, provenance=provenance)
        for field, value in said.items()
        if value is not None
    )


def absent(provider: Provider, account: Account, reason: AbsenceReason, message: str, reply: Reply) -> Absence:
    """That a reply holds no score for an account, and why."""
    return Absence(
        subject=account.key,
        provider=provider.declaration.slug,
        reason=reason,
        message=message,
        at=reply.received_at,
    )
