"""A score of vouches: who speaks up for somebody, weighed by what the vouchers themselves are scored.

    score = 100 * s / (s + 5)
    s     = the sum of the vouchers' standings, one for each vouch that counts

A voucher's standing (0-1) is the mean of where the scores held of them lie on their declared scales (the normaliser
LINEAR). Of one person's vouches on one topic those less than 90 days apart count once; after 365 days a vouch counts no
longer. So accounts without a score of their own move nothing, however many they are; many with a small one add up.

The 5, the 90 and the 365 are conventions, not fitted to anything: five vouchers at the very top give half the scale, a
season is about the time in which repeating oneself says nothing new, and after a year a vouch wants to be renewed.
"""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

import numpy as np

from renown.claims import (
    NETWORKS,
    Absence,
    AbsenceReason,
    Claim,
    Metric,
    Provenance,
    ProvenanceKind,
    Scale,
)
from renown.claims.fields import VOUCH
from renown.engine.sources import attributions, earliest
from renown.providers.contract import Declaration
from renown.providers.from_others import NOBODY, Scored
from renown.scoring.normalise import linear
from renown.settings import ProviderSettings

_HALF = 5.0
_APART = timedelta(days=90)
_COUNTS_FOR = timedelta(days=365)
_VOUCHED = Metric(
    "vouches",
    "vouched_for",
    "Vouched for",
    Scale(0, 100),
    "Who vouches for the voice, each weighed by what they are scored themselves: one vouch a person, topic and 90 days,"
    " for a year. Its constants are conventions.",
)


class VouchedFor:
    """Derived from the vouches of a year and the scores of those who gave them.

    Shown beside the scores, and counted only by a recipe that names it: a vouch is a word, not a measurement.
    """

    adapter = "renown-vouched@1"
    needs = (VOUCH,)
    reads_back = _COUNTS_FOR
    declaration = Declaration(
        slug="vouches",
        name="Vouches",
        metrics=(_VOUCHED,),
        primary=_VOUCHED.slug,
        networks=NETWORKS,
        reads=(),
        blended=False,
    )

    def __init__(self, settings: ProviderSettings) -> None:
        """Takes the provider's settings, as every factory does; there is nothing to set."""

    def others(self, claims: Sequence[Claim]) -> Collection[str]:
        """The keys of those who vouch."""
        return {_voucher(claim) for claim in claims}

    def derive(
        self, subject: str, claims: Sequence[Claim], now: datetime, others: Mapping[str, Sequence[Scored]] = NOBODY
    ) -> tuple[Claim, ...] | Absence:
        """The score of one subject, or that nobody with a standing vouches for them."""
        counted = _counted(claims, now)
        standing = {voucher: _standing(others.get(voucher, ())) for voucher in self.others(counted)}
        weighed = [claim for claim in counted if standing[_voucher(claim)] > 0]
        if not weighed:
            return self._absence(subject, counted, now)
        total = math.fsum(standing[_voucher(claim)] for claim in weighed)
        scores = [score.claim for voucher in self.others(weighed) for score in _placed(others[voucher])]
        provenance = self._provenance(weighed, sorted(scores, key=lambda claim: (claim.subject, claim.field)))
        # Six places: so that the last bits of a machine's division do not make another claim of it.
        value = round(100 * total / (total + _HALF), 6)
        return (Claim(subject=subject, field=_VOUCHED.field, value=value, provenance=provenance),)

    def _absence(self, subject: str, counted: Sequence[Claim], now: datetime) -> Absence:
        message = (
            f"None of those who vouch for {subject} has a score of their own above the bottom of its scale."
            if counted
            else f"Nobody has vouched for {subject} in the last {_COUNTS_FOR.days} days."
        )
        return Absence(subject, self.declaration.slug, AbsenceReason.NO_SCORE_YET, message, now)

    def _provenance(self, vouches: Sequence[Claim], scores: Sequence[Claim]) -> Provenance:
        made_of = [*vouches, *scores]
        sources = [claim.provenance for claim in made_of]
        ends = [claim.provenance.observed_at + _COUNTS_FOR for claim in vouches]
        return Provenance(
            kind=ProvenanceKind.DERIVED,
            source="Renown's score of vouches, weighed by the scores of those who vouch",
            adapter=self.adapter,
            provider=self.declaration.slug,
            observed_at=max(source.observed_at for source in sources),
            # When its first vouch ends it is to be computed anew; when its last one does, nothing of it is left.
            fresh_until=earliest([*(source.fresh_until for source in sources), min(ends)]),
            keep_until=earliest([*(source.keep_until for source in sources), max(ends)]),
            attribution=attributions(sources),
            inputs=tuple(claim.id for claim in made_of),
        )


def _counted(vouches: Iterable[Claim], now: datetime) -> list[Claim]:
    """The vouches that count, newest first: of one field those at least 90 days before the one counted last."""
    counted: list[Claim] = []
    last: dict[str, datetime] = {}
    for claim in sorted(vouches, key=lambda claim: (claim.provenance.observed_at, claim.id), reverse=True):
        at = claim.provenance.observed_at
        is_apart = claim.field not in last or last[claim.field] - at >= _APART
        if is_apart and now - at < _COUNTS_FOR:
            last[claim.field] = at
            counted.append(claim)
    return counted


def _standing(scores: Sequence[Scored]) -> float:
    """The mean place of these scores on their scales, 0-1; 0 where there is none."""
    places = [_place(score) for score in _placed(scores)]
    return math.fsum(places) / len(places) if places else 0.0


def _placed(scores: Sequence[Scored]) -> list[Scored]:
    """Those on a scale with a top: on another, nobody has a place."""
    return [score for score in scores if score.metric.scale.maximum is not None]


def _place(score: Scored) -> float:
    place = linear(np.array([float(score.claim.value)]), score.metric.scale)[0] / 100
    return min(1.0, max(0.0, float(place)))


def _voucher(claim: Claim) -> str:
    return claim.field.split("/", 2)[2]
