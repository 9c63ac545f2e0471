"""The provider `renown`: the profile score of what is held of a subject, from its followers and its listings.

The score is that of `engine.profile_score`, the same that `renown engine profile` gives a file with these two columns.
It never falls when a count rises, and knows nothing of how a profile came by its followers: it says what people would
think of such counts, not what influence there is.
"""

import math
from collections.abc import Iterable, Sequence
from datetime import datetime

import numpy as np

from renown.claims import Absence, AbsenceReason, Claim, Metric, Provenance, ProvenanceKind, Scale
from renown.engine.profile_score import profile_weights
from renown.engine.sources import attributions, earliest
from renown.providers.contract import Declaration
from renown.settings import ProviderSettings

_PROFILE = Metric(
    "renown",
    "profile",
    "Profile score",
    Scale(0, 100),
    "How influential people would judge a public profile by its followers and listings; weights fitted to people's"
    " judgements of 2013.",
)


class ProfileScore:
    """Derived from the latest counts of followers and listings that are held."""

    adapter = "renown-profile@2"
    needs = ("followers", "listed")
    declaration = Declaration(
        slug="renown",
        name="Renown",
        metrics=(_PROFILE,),
        primary=_PROFILE.slug,
    )

    def __init__(self, settings: ProviderSettings) -> None:
        """Takes the provider's settings, as every factory does; there is nothing to set."""

    def derive(self, subject: str, claims: Sequence[Claim], now: datetime) -> tuple[Claim, ...] | Absence:
        """The profile score of one subject, or that a count is missing."""
        counts = {field: _latest(field, claims) for field in self.needs}
        held = [claim for claim in counts.values() if claim is not None]
        if len(held) < len(counts):
            missing = " and ".join(field for field, claim in counts.items() if claim is None)
            message = f"No profile score: the number of {missing} is not known."
            return Absence(subject, self.declaration.slug, AbsenceReason.NO_SCORE_YET, message, now)
        figures = {claim.field: np.array([float(claim.value)]) for claim in held}
        # Six places: so that the last bits of a machine's logarithm do not make another claim of it.
        value = round(float(profile_weights().scores(figures).score[0]), 6)
        return (Claim(subject=subject, field=_PROFILE.field, value=value, provenance=self._provenance(held)),)

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


def _latest(field: str, claims: Iterable[Claim]) -> Claim | None:
    counts = (claim for claim in claims if claim.field == field and _is_count(claim.value))
    return max(counts, key=lambda claim: (claim.provenance.observed_at, claim.id), default=None)


def _is_count(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value) and value >= 0
