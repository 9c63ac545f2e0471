"""A ranked voice as claims: the composite, the normalised scores it was made of, and their sources."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from renown.claims import Absence, Claim, Provenance, ProvenanceKind
from renown.gateway.locator import BlendLocator
from renown.gateway.ranking import Ranked
from renown.scoring import Reference, agreement


@dataclass(frozen=True, slots=True)
class Contributed:
    """One provider's part: its score or why there is none, that score normalised, its effective weight, its points.

    `is_held` says that an older score stands while the provider's change of method is measured.
    """

    provider: str
    score: Claim | Absence
    normalised: Claim | None
    weight: float | None
    points: float
    is_held: bool = False


@dataclass(frozen=True)
class Blended:
    """The composite of the voice at one position of a ranking. `scores` holds a claim or an absence a provider."""

    ranked: Ranked
    position: int
    scores: Mapping[str, Claim | Absence]

    @property
    def voice(self) -> str:
        """The voice's key."""
        return self.ranked.voices[self.position]

    @property
    def value(self) -> float:
        """The composite, rounded once to 1e-6 after ranking."""
        return float(self.ranked.values[self.position])

    @property
    def coverage(self) -> float:
        """The share of the recipe's weight that answered, 0-1."""
        return round(float(self.ranked.blended.coverage[self._row]), 6)

    @property
    def agreement(self) -> float | None:
        """How much the providers that count say the same, 0-1; None with fewer than two."""
        blended, row = self.ranked.blended, self._row
        agreed = agreement(blended.normalised[row][blended.weights[row] > 0])
        return None if agreed is None else round(agreed, 6)

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
            locator=_locator("composite", self.ranked, self.voice, self.value),
        )

    @cached_property
    def contributions(self) -> tuple[Contributed, ...]:
        """One for each of the ranking's columns, in order; points add up to the value to the last decimal."""
        blended, row = self.ranked.blended, self._row
        normalised = blended.normalised[row]
        parts = self.ranked.parts(row)
        return tuple(
            Contributed(
                provider,
                score := self.scores[provider],
                _normalised(self.ranked, score, float(value)) if isinstance(score, Claim) else None,
                part.weight,
                part.points,
                isinstance(score, Claim) and score.id in self.ranked.standings.held,
            )
            for provider, value, part in zip(self.ranked.columns.providers, normalised, parts, strict=True)
        )

    @property
    def _row(self) -> int:
        return int(self.ranked.ranking.rows[self.position])


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
    return _normalised(ranked, score, ranked.normalise(provider, value, score.provenance.observed_at))


def _normalised(ranked: Ranked, score: Claim, value: float) -> Claim:
    recipe, value = ranked.recipe, round(value, 6)
    return derived_claim(
        score.subject,
        f"{score.provenance.provider}.normalised",
        value,
        [score],
        provider=score.provenance.provider,
        adapter=f"normalise-{recipe.normaliser.lower()}@{recipe.hash}",
        source=f"computed by Renown from {score.field}{ranked.standings.said(score)}"
        f"{ranked.stands_on(score.provenance.provider or '')}",
        locator=_locator("normalised", ranked, score.id, value),
    )


def _locator(step: str, ranked: Ranked, of: str, value: float) -> str:
    within = ranked.recipe.reference is Reference.WITHIN_LIST
    asked = ranked.filter.canonical if within else ""
    return str(BlendLocator(step, ranked.standings.snapshot, ranked.recipe.hash, asked, of, repr(value)))


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
