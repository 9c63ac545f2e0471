"""The profile score: how large a public profile is, from two counts that anybody can check.

    score = 100 * (0.5 * reach(followers, 10^8) + 0.5 * reach(listed, 10^6))
    reach(x, ceiling) = min(1, log10(1 + x) / log10(1 + ceiling))

Logarithms, because audiences span eight orders of magnitude: each tenfold adds about the same. The ceilings are round
numbers near the largest profiles there have been, the weights equal because nothing here tells which counts for more.
They are conventions, not fitted to anything. The score never falls when a count rises, and it knows nothing of how a
profile came by its followers: it measures size, not influence.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from renown.claims import Absence, AbsenceReason, Claim, Metric, Provenance, ProvenanceKind, Scale
from renown.engine.sources import attributions, earliest
from renown.providers.contract import Declaration
from renown.settings import ProviderSettings


@dataclass(frozen=True, slots=True)
class _Part:
    weight: float
    ceiling: int

    def points(self, count: float) -> float:
        return 100 * self.weight * min(1.0, math.log10(1 + count) / math.log10(1 + self.ceiling))


_PARTS = {
    "followers": _Part(weight=0.5, ceiling=100_000_000),
    "listed": _Part(weight=0.5, ceiling=1_000_000),
}
_PROFILE = Metric(
    "renown",
    "profile",
    "Profile score",
    Scale(0, 100),
    "The size of a public profile, from its followers and listings on a logarithmic scale; ceilings and weights are"
    " conventions.",
)


class ProfileScore:
    """Derived from the latest counts of followers and listings that are held."""

    adapter = "renown-profile@1"
    needs = tuple(_PARTS)
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
        # Six places: so that the last bits of a machine's logarithm do not make another claim of it.
        value = round(sum(_PARTS[claim.field].points(float(claim.value)) for claim in held), 6)
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
