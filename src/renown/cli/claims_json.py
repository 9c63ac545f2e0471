"""Claims and absences as JSON values. The keys are those of the GraphQL schema.

A claim: `id`, `subject`, `field`, `value`, `provenance` (`kind`, `provider`, `source`, `adapter`, `observedAt`,
`fetchedAt`, `freshUntil`, `keepUntil`, `freshness`, `digest`, `attribution`, `inputs` as ids). An absence: `provider`,
`reason`, `message`, `retryAt`. Moments are ISO 8601 in UTC.
"""

import json
from datetime import datetime
from typing import Any

from renown.claims import Absence, Account, Claim


def claim_json(claim: Claim, now: datetime) -> dict[str, Any]:
    """A claim with where it came from."""
    p = claim.provenance
    return {
        "id": claim.id,
        "subject": claim.subject,
        "field": claim.field,
        "value": claim.value,
        "provenance": {
            "kind": p.kind.value,
            "provider": p.provider,
            "source": p.source,
            "adapter": p.adapter,
            "observedAt": p.observed_at.isoformat(),
            "fetchedAt": _iso(p.fetched_at),
            "freshUntil": _iso(p.fresh_until),
            "keepUntil": _iso(p.keep_until),
            "freshness": p.freshness_at(now).value,
            "digest": p.digest,
            "attribution": p.attribution,
            "inputs": list(p.inputs),
        },
    }


def absence_json(absence: Absence) -> dict[str, Any]:
    """Why there is no value. `provider` is null where no provider is to blame."""
    return {
        "provider": absence.provider or None,
        "reason": absence.reason.value,
        "message": absence.message,
        "retryAt": _iso(absence.retry_at),
    }


def score_json(score: Claim | Absence, now: datetime) -> dict[str, Any]:
    """A claim or an absence: only the latter has a `reason`."""
    return claim_json(score, now) if isinstance(score, Claim) else absence_json(score)


def account_json(account: Account) -> dict[str, Any]:
    """An account: `network`, `handle`, `url`."""
    return {"network": account.network, "handle": account.handle, "url": account.url}


def print_json(value: Any) -> None:
    """JSON on stdout."""
    print(json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False))


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
