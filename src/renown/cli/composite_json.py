"""A composite as JSON values, with what each provider contributed and the claims it was made of.

`claim` is the composite's own claim, `coverage` (0-1), `agreement` (0-1 or null) and `contributions`, one a provider:
`provider`, `weight` (null where it did not answer), `points` (they add up to the value), `score` (a claim, or an
absence) and `normalised` (a claim or null).
"""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from renown.cli.claims_json import claim_json, score_json

if TYPE_CHECKING:
    from renown.gateway import Blended, Contributed


def composite_json(blended: "Blended", now: datetime) -> dict[str, Any]:
    """A composite with all that it was made of."""
    return {
        "claim": claim_json(blended.claim, now),
        "value": blended.value,
        "coverage": blended.coverage,
        "agreement": blended.agreement,
        "contributions": [_contribution_json(part, now) for part in blended.contributions],
    }


def _contribution_json(part: "Contributed", now: datetime) -> dict[str, Any]:
    return {
        "provider": part.provider,
        "weight": part.weight,
        "points": part.points,
        "score": score_json(part.score, now),
        "normalised": claim_json(part.normalised, now) if part.normalised else None,
    }
