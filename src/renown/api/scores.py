"""What one provider says of a voice, or why it says nothing."""

from collections.abc import Hashable
from datetime import datetime, timedelta
from typing import Annotated

import strawberry

from renown import claims
from renown.api.claims import Sourced, SourcedFloat
from renown.api.connections import PageInfo
from renown.api.context import Info
from renown.api.describe import argument, interface_type, object_type, plain, resolver
from renown.api.enums import AbsenceReason
from renown.api.providers import Metric, Provider, provider_of
from renown.api.recipes import RecipeArgument, read_recipe
from renown.errors import BadRequest
from renown.gateway import VoiceRecord
from renown.gateway.blended import normalised_claim
from renown.gateway.walking import change_between

_LONGEST_CHANGE = 36_500  # days


@interface_type
class Missing:
    """That something is not there, and why. Missing is never zero and never a bare null."""

    reason: AbsenceReason = plain("Why, as a code.")
    message: str = plain("Why, in a sentence for people.")


@object_type
class Absence(Missing):
    """That a provider has no score of a voice, and why."""

    provider: Provider = plain("The provider.")
    retry_at: datetime | None = plain("When asking again makes sense, where the provider said so.")


@object_type
class MissingField(Missing):
    """That a field of a voice has no value, and why."""

    field: str = plain("The field, as the schema names it; `accounts.0.followers` for one of an account.")


@object_type
class Component(Sourced):
    """A part of a provider's score, or a number beside it: authority, activity, true reach, outreach."""

    claim: strawberry.Private[claims.Claim]
    metric_shown: strawberry.Private[claims.Metric]

    @resolver
    def metric(self) -> Metric:
        """What is measured, and on which scale."""
        return Metric(metric=self.metric_shown)

    @resolver
    def value(self) -> float:
        """Exactly as the provider said it."""
        return float(self.claim.value)


@object_type
class Score(Sourced):
    """A provider's score of a voice."""

    claim: strawberry.Private[claims.Claim]
    record: strawberry.Private[VoiceRecord]

    @property
    def kept_by(self) -> Hashable:
        """What tells its rendering from others: a record may hold other scores of the same provider."""
        return self.claim.id, self.record.serial

    @resolver
    def provider(self, info: Info) -> Provider:
        """Who said it."""
        return provider_of(info, self._slug)

    @resolver
    def metric(self, info: Info) -> Metric:
        """What is measured, and on which scale."""
        declaration = info.context.gateway.registry.provider(self._slug).declaration
        return Metric(metric=next(m for m in declaration.metrics if m.field == self.claim.field))

    @resolver
    def value(self) -> float:
        """Exactly as the provider said it."""
        return float(self.claim.value)

    @resolver
    async def normalised(self, info: Info, recipe: RecipeArgument = None) -> SourcedFloat:
        """The score on the recipe's common scale, 0-100, compared with the voices of the same moment."""
        gateway = info.context.gateway
        standings = await gateway.snapshots.current(self.record.as_of)
        ranked = await gateway.alone(standings, await read_recipe(info, recipe), self.record.key)
        return SourcedFloat(claim=normalised_claim(ranked, self.claim))

    @resolver
    def components(self, info: Info) -> list[Component]:
        """The provider's other numbers of the same voice."""
        declaration = info.context.gateway.registry.provider(self._slug).declaration
        return [
            Component(claim=claim, metric_shown=metric)
            for metric in declaration.metrics
            if metric.field != self.claim.field and (claim := self.record.score(metric))
        ]

    @resolver
    async def change(
        self,
        info: Info,
        days: Annotated[int, argument("Since how many days before this score was observed.")] = 30,
    ) -> SourcedFloat | None:
        """How much it changed, on the provider's own scale; null where no earlier score is held."""
        if not 1 <= days <= _LONGEST_CHANGE:
            raise BadRequest(
                f"A change is over 1 to {_LONGEST_CHANGE} days, and {days} were asked for.",
                "Ask for `days: 30`.",
                code="BAD_PERIOD",
            )
        before = self.claim.provenance.observed_at - timedelta(days=days)
        earlier = await info.context.gateway.records([self.record.key], before)
        older = earlier[self.record.key].shown(self.claim.field) if self.record.key in earlier else None
        return SourcedFloat(claim=change_between(self.claim, older)) if older else None

    @property
    def _slug(self) -> str:
        return self.claim.provenance.provider or ""


ScoreResult = Annotated[
    Score | Absence,
    strawberry.union("ScoreResult", description="A score, or why there is none: never zero, never a bare null."),
]


def score_result(info: Info, record: VoiceRecord, found: claims.Claim | claims.Absence) -> Score | Absence:
    """A score or an absence as the schema shows it."""
    if isinstance(found, claims.Claim):
        return Score(claim=found, record=record)
    return Absence(
        provider=provider_of(info, found.provider),
        reason=found.reason,
        message=found.message,
        retry_at=found.retry_at,
    )


@object_type
class ScorePoint:
    """A score at the moment it was observed."""

    at: datetime = plain("When it was observed.")
    score: Score = plain("The score.")


@object_type
class ScorePointConnection:
    """A page of a voice's past scores, oldest first."""

    nodes: list[ScorePoint] = plain("The scores.")
    page_info: PageInfo = plain("Where the page stands.")
    total_count: int = plain("How many there are on all pages.")
