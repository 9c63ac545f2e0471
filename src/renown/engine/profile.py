"""The provider `renown`: a score from interactions where any are known, and from a profile's public counts elsewhere.

From interactions it comes by `renown engine score` (`engine.score_claims`). Here is the other form, derived from what
is held of a subject: the score of `engine.profile_score`, the same that `renown engine profile` gives a file with the
columns followers and listed. It never falls when a count rises, and knows nothing of how a profile came by its
followers: it says what people would think of such counts, not what influence there is. So its range is wider, and it
says nothing as long as a score from interactions holds: for 90 days from the end of its window.
"""

import math
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

import numpy as np

from renown.claims import NETWORKS, Absence, AbsenceReason, Claim, Provenance, ProvenanceKind
from renown.engine.metrics import METRICS, PROVIDER
from renown.engine.profile_score import profile_weights
from renown.engine.score_claims import ADAPTER
from renown.engine.sources import attributions, earliest
from renown.providers.contract import Declaration
from renown.settings import ProviderSettings

_SCORE = f"{PROVIDER}.score"
_COUNTS = ("followers", "listed")
_HOLDS = timedelta(days=90)


class ProfileScore:
    """Derived from the latest counts of followers and listings that are held."""

    adapter = "renown-profile@3"
    needs = (*_COUNTS, _SCORE)
    declaration = Declaration(slug=PROVIDER, name="Renown", metrics=METRICS, primary="score", networks=NETWORKS)

    def __init__(self, settings: ProviderSettings) -> None:
        """Takes the provider's settings, as every factory does; there is nothing to set."""

    def derive(self, subject: str, claims: Sequence[Claim], now: datetime) -> tuple[Claim, ...] | Absence:
        """The score of one subject with its range, or that a count is missing; nothing beside interactions."""
        counts = {field: _latest(field, claims) for field in _COUNTS}
        held = [claim for claim in counts.values() if claim is not None]
        if _by_interactions(claims, held):
            return ()
        if len(held) < len(counts):
            missing = " and ".join(field for field, claim in counts.items() if claim is None)
            message = f"No score: no interactions are known, nor the number of {missing}."
            return Absence(subject, PROVIDER, AbsenceReason.NO_SCORE_YET, message, now)
        figures = {claim.field: np.array([float(claim.value)]) for claim in held}
        scores = profile_weights().scores(figures)
        provenance = self._provenance(held)
        # Six places: so that the last bits of a machine's logarithm do not make another claim of it.
        said = {slug: round(float(getattr(scores, slug)[0]), 6) for slug in ("score", "low", "high")}
        return tuple(
            Claim(subject=subject, field=f"{PROVIDER}.{slug}", value=value, provenance=provenance)
            for slug, value in said.items()
        )

    def _provenance(self, held: Sequence[Claim]) -> Provenance:
        sources = [claim.provenance for claim in held]
        return Provenance(
            kind=ProvenanceKind.DERIVED,
            source="Renown's profile score of followers and listed",
            adapter=self.adapter,
            provider=self.declaration.slug,
            observed_at=max(source.observed_at for source in sources),
            fresh_until=earliest(source.fresh_until for source in sources),
            keep_until=earliest(source.keep_until for source in sources),
            frozen=any(source.frozen for source in sources),
            attribution=attributions(sources),
            inputs=tuple(claim.id for claim in held),
        )


def _by_interactions(claims: Iterable[Claim], counts: Iterable[Claim]) -> bool:
    """Whether a score from interactions holds, as of the newest of these counts."""
    of_counts = max((claim.provenance.observed_at for claim in counts), default=None)
    return any(
        claim.field == _SCORE
        and claim.provenance.adapter == ADAPTER
        and (of_counts is None or of_counts - claim.provenance.observed_at <= _HOLDS)
        for claim in claims
    )


def _latest(field: str, claims: Iterable[Claim]) -> Claim | None:
    counts = (claim for claim in claims if claim.field == field and _is_count(claim.value))
    return max(counts, key=lambda claim: (claim.provenance.observed_at, claim.id), default=None)


def _is_count(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value) and value >= 0
