"""A ranked voice as claims: the composite, the normalised scores it was made of, and their sources."""

from collections.abc import Mapping
from functools import cached_property
from math import isnan

import msgspec

from renown.claims import Absence, Claim, Provenance, ProvenanceKind
from renown.gateway.locator import blend_id
from renown.gateway.ranking import Ranked
from renown.gateway.standings import Standings
from renown.gateway.stretch import Stretch
from renown.gateway.voices import VoiceRecord


class Contributed(msgspec.Struct, frozen=True, eq=False, gc=False):
    """One provider's part: its score or why there is none, its effective weight (None where there is none), its points.

    `scaled` is the score on the common scale, unrounded. `is_held` says that an older score stands while the
    provider's change of method is measured.
    """

    stretch: Stretch
    provider: str
    score: Claim | Absence
    scaled: float
    weight: float | None
    points: float
    is_held: bool

    @property
    def normalised(self) -> Claim | None:
        """The score on the common scale, with its source; None where there is no score."""
        return _normalised(self.stretch, self.score, self.scaled) if isinstance(self.score, Claim) else None


class Scored(msgspec.Struct, frozen=True, eq=False):
    """A voice in a snapshot, whatever recipe ranks it: its key, and by provider its score or why there is none.

    `record` is what is held on it today, `then` what was held at the snapshot's moment.
    """

    standings: Standings
    voice: str
    scores: Mapping[str, Claim | Absence]
    record: VoiceRecord
    then: VoiceRecord


class Blended(msgspec.Struct, frozen=True, dict=True, eq=False):
    """The composite of the voice that is `at` of a stretch of a ranking."""

    stretch: Stretch
    at: int
    scored: Scored

    @property
    def ranked(self) -> Ranked:
        """The ranking."""
        return self.stretch.ranked

    @property
    def position(self) -> int:
        """Where it stands in the ranking, from 0."""
        return self.stretch.start + self.at

    @property
    def voice(self) -> str:
        """The voice's key."""
        return self.scored.voice

    @property
    def scores(self) -> Mapping[str, Claim | Absence]:
        """By provider a claim or an absence, also for those that the recipe does not count."""
        return self.scored.scores

    @property
    def record(self) -> VoiceRecord:
        """What is held on the voice today."""
        return self.scored.record

    @property
    def then(self) -> VoiceRecord:
        """What was held on it at the ranking's moment."""
        return self.scored.then

    @property
    def place(self) -> int:
        """The place, from 1; equal values share one."""
        return self.stretch.places[self.at]

    @property
    def shared(self) -> bool:
        """Whether another voice has the same place."""
        return self.stretch.shared[self.at]

    @property
    def value(self) -> float:
        """The composite, rounded once to 1e-6 after ranking."""
        return self.stretch.values[self.at]

    @property
    def coverage(self) -> float:
        """The share of the recipe's weight that answered, 0-1."""
        return self.stretch.coverage[self.at]

    @property
    def agreement(self) -> float | None:
        """How much the providers that count say the same, 0-1; None with fewer than two."""
        return self.stretch.agreement[self.at]

    @property
    def place_range(self) -> tuple[int, int]:
        """The best and the worst place over the recipe's reasonable alternatives."""
        drawn = self.stretch.drawn
        return int(drawn.place_low[self.at]), int(drawn.place_high[self.at])

    @property
    def value_range(self) -> tuple[float, float]:
        """The lowest and the highest value over them."""
        drawn = self.stretch.drawn
        return float(drawn.value_low[self.at]), float(drawn.value_high[self.at])

    @property
    def tier(self) -> int:
        """The tier, from 1."""
        return self.stretch.tiers[self.at]

    @property
    def id(self) -> str:
        """The id of the composite as a claim."""
        return blend_id("composite", self.stretch.named, self.voice, repr(self.value))

    @cached_property
    def claim(self) -> Claim:
        """The composite as a claim made of those provider scores that count."""
        counted = [part.score for part in self.contributions if part.weight and isinstance(part.score, Claim)]
        return derived_claim(
            self.voice,
            "composite",
            self.value,
            counted,
            adapter=f"blend@{self.ranked.recipe.hash}",
            source=f"computed by Renown from {len(counted)} provider scores{_fitted(self.ranked)}",
            locator=self.id,
        )

    @cached_property
    def contributions(self) -> tuple[Contributed, ...]:
        """One for each of the ranking's columns, in order; points add up to the value to the last decimal."""
        stretch, at, scores, held = self.stretch, self.at, self.scores, self.ranked.standings.held
        providers = self.ranked.columns.providers
        parts = zip(providers, stretch.normalised[at], stretch.weights[at], stretch.points[at], strict=True)
        return tuple(
            Contributed(
                stretch,
                provider,
                score := scores[provider],
                scaled,
                None if isnan(weight) else weight,
                points,
                bool(held) and isinstance(score, Claim) and score.id in held,
            )
            for provider, scaled, weight, points in parts
        )


def _fitted(ranked: Ranked) -> str:
    """Which reference's consensus a composite stands on, where it stands on one."""
    reference = ranked.standings.reference
    if ranked.blended.standing is None or reference is None or reference.consensus is None:
        return ""
    return f"; consensus of reference {reference.version[:16]}, reliabilities {reference.consensus.basis}"


def normalised_claim(ranked: Ranked, score: Claim) -> Claim:
    """A provider's score on the common scale of a ranking's recipe, whether or not its voice is ranked there.

    Raises:
        BadRecipe: the metric's scale does not allow the recipe's normaliser.
    """
    provider, value = score.provenance.provider or "", ranked.standings.methods.value(score)
    scaled = ranked.normalise(provider, value, score.provenance.observed_at)
    return _normalised(Stretch(ranked, 0, 0), score, scaled)


def _normalised(stretch: Stretch, score: Claim, scaled: float) -> Claim:
    ranked, recipe, value = stretch.ranked, stretch.ranked.recipe, round(scaled, 6)
    return derived_claim(
        score.subject,
        f"{score.provenance.provider}.normalised",
        value,
        [score],
        provider=score.provenance.provider,
        adapter=f"normalise-{recipe.normaliser.lower()}@{recipe.hash}",
        source=f"computed by Renown from {score.field}{ranked.standings.said(score)}"
        f"{ranked.stands_on(score.provenance.provider or '')}",
        locator=blend_id("normalised", stretch.named, score.id, repr(value)),
    )


def derived_claim(
    subject: str,
    field: str,
    value: float,
    inputs: list[Claim],
    *,
    adapter: str,
    source: str,
    locator: str,
    provider: str | None = None,
) -> Claim:
    """A claim computed from others. It lives as long as the shortest-lived of them, and is as new as the newest."""
    lives = [claim.provenance for claim in inputs]
    return Claim(
        subject=subject,
        field=field,
        value=value,
        locator=locator,
        provenance=Provenance(
            kind=ProvenanceKind.DERIVED,
            provider=provider,
            source=source,
            adapter=adapter,
            observed_at=max(p.observed_at for p in lives),
            fresh_until=min((p.fresh_until for p in lives if p.fresh_until), default=None),
            keep_until=min((p.keep_until for p in lives if p.keep_until), default=None),
            frozen=all(p.frozen for p in lives),
            inputs=tuple(claim.id for claim in inputs),
        ),
    )
