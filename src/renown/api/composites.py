"""The blend of a voice's scores, with its parts and its range."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

import strawberry

from renown import claims
from renown.api.claims import Sourced, SourcedFloat
from renown.api.context import Info
from renown.api.describe import object_type, plain, resolver
from renown.api.enums import IntervalKind
from renown.api.ids import encode_id, encode_ids
from renown.api.plan.forms import SAME, WITHIN
from renown.api.providers import Provider, provider_of
from renown.api.scores import Missing, ScoreResult, score_result
from renown.gateway import Blended, Contributed, VoiceRecord
from renown.scoring import LEVEL

if TYPE_CHECKING:
    from renown.api.voices import Voice


@object_type
class Interval:
    """A range of values, and what kind of range it is."""

    low: float = plain("The lower end.")
    high: float = plain("The upper end.")
    kind: IntervalKind = plain("What the range claims.")
    level: float = plain("The share of the draws it holds, 0-1.")


@object_type
class Contribution:
    """One provider's part in a composite."""

    part: strawberry.Private[Contributed]
    record: strawberry.Private[VoiceRecord]

    in_form: ClassVar[Mapping[str, Any]] = {
        "provider": SAME,
        "score": SAME,
        "held": SAME,
        "weight": lambda page: page.shown.weights_of,
        "points": lambda page: page.shown.points_of,
    }

    @resolver
    def provider(self, info: Info) -> Provider:
        """The provider."""
        return provider_of(info, self.part.provider)

    @resolver
    def score(self, info: Info) -> ScoreResult:
        """Its score, or why there is none."""
        return score_result(info, self.record, self.part.score)

    @resolver
    def normalised(self) -> SourcedFloat | None:
        """That score on the common scale; null where there is none."""
        normalised = self.part.normalised
        return None if normalised is None else SourcedFloat(claim=normalised)

    @resolver
    def held(self) -> bool:
        """Whether this is the last score from before a change of the provider's method that is being measured."""
        return self.part.is_held

    @resolver
    def weight(self) -> float | None:
        """Its share of the say, 0-1, among those that answered; null where it did not answer."""
        return self.part.weight

    @resolver
    def points(self) -> float:
        """What it adds to the value. The points of all providers add up to the value to the last decimal."""
        return self.part.points


@object_type
class Composite(Sourced):
    """The blend of a voice's scores under a recipe."""

    blended: strawberry.Private[Blended]

    in_form: ClassVar[Mapping[str, Any]] = {
        "id": lambda page: encode_ids("Claim", page.shown.ids),
        "value": lambda page: page.shown.values,
        "coverage": lambda page: page.shown.coverage,
        "agreement": lambda page: page.shown.agreement,
        "contributions": WITHIN,
    }

    @property
    def claim(self) -> claims.Claim:
        """The composite as a claim."""
        return self.blended.claim

    @resolver
    def id(self) -> strawberry.ID:
        """The claim's id."""
        return encode_id("Claim", self.blended.id)

    @resolver
    def value(self) -> float:
        """0-100 (RAW: in the providers' own units), rounded once to 1e-6, after ranking."""
        return self.blended.value

    @resolver
    def interval(self) -> Interval:
        """How far the value moves over the recipe's reasonable alternatives, or by what the providers leave open."""
        low, high = self.blended.value_range
        return Interval(low=low, high=high, kind=IntervalKind(self.blended.ranked.interval_kind.value), level=LEVEL)

    @resolver
    def coverage(self) -> float:
        """The share of the recipe's weight that answered, 0-1."""
        return self.blended.coverage

    @resolver
    def agreement(self) -> float | None:
        """How much the providers say the same, 0-1; null with fewer than two."""
        return self.blended.agreement

    @resolver
    def contributions(self) -> list[Contribution]:
        """What each provider added, in a fixed order."""
        return [Contribution(part=part, record=self.blended.then) for part in self.blended.contributions]


@object_type
class Unranked(Missing):
    """That a voice has no composite, and why."""

    record: strawberry.Private[VoiceRecord]

    @resolver
    def voice(self) -> Annotated["Voice", strawberry.lazy("renown.api.voices")]:
        """The voice."""
        from renown.api.voices import Voice

        return Voice(record=self.record)


CompositeResult = Annotated[
    Composite | Unranked,
    strawberry.union("CompositeResult", description="A composite, or why there is none."),
]


def composite_result(record: VoiceRecord, found: Blended | claims.Absence) -> Composite | Unranked:
    """A composite, or its absence, as the schema shows it."""
    if isinstance(found, Blended):
        return Composite(blended=found)
    return Unranked(reason=found.reason, message=found.message, record=record)
