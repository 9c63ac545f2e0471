"""What each provider is."""

from datetime import datetime

import strawberry

from renown import claims
from renown.api.connections import Node
from renown.api.context import Info
from renown.api.describe import object_type, plain, resolver
from renown.api.enums import ProviderState
from renown.api.eras import Era, era_of
from renown.api.ids import encode_id
from renown.api.report_cards import Moment, ReportCard, report_card_of
from renown.providers import Declaration


@object_type
class Metric(Node):
    """One number a provider gives, and its declared scale."""

    metric: strawberry.Private[claims.Metric]

    @resolver
    def id(self) -> strawberry.ID:
        """An opaque id, unique in this gateway."""
        return encode_id("Metric", self.metric.field)

    @resolver
    def slug(self) -> str:
        """Its name within the provider."""
        return self.metric.slug

    @resolver
    def name(self) -> str:
        """Its name for people."""
        return self.metric.name

    @resolver
    def minimum(self) -> float:
        """The lower end of the scale."""
        return self.metric.scale.minimum

    @resolver
    def maximum(self) -> float | None:
        """The upper end of the scale; null where the top is open."""
        return self.metric.scale.maximum

    @resolver
    def higher_is_more(self) -> bool:
        """Whether a higher number means more influence."""
        return self.metric.scale.higher_is_more

    @resolver
    def meaning(self) -> str:
        """What it measures, in a sentence."""
        return self.metric.meaning


@object_type
class Quota:
    """How many calls a day a provider allows us."""

    limit: int = plain("Calls a day.")
    used: int = plain("Calls made since the last reset.")
    resets_at: datetime = plain("When the count begins anew.")


@object_type
class Provider(Node):
    """A source of scores or of profile facts."""

    declaration: strawberry.Private[Declaration]

    @resolver
    def id(self) -> strawberry.ID:
        """An opaque id, unique in this gateway."""
        return encode_id("Provider", self.declaration.slug)

    @resolver
    def slug(self) -> str:
        """Its short name, as arguments take it: `klout`."""
        return self.declaration.slug

    @resolver
    def name(self) -> str:
        """Its name for people."""
        return self.declaration.name

    @resolver
    def state(self, info: Info) -> ProviderState:
        """Whether it can be asked today."""
        info.context.holds_only_now()
        return info.context.gateway.provider_state(self.declaration.slug)

    @resolver
    def metrics(self) -> list[Metric]:
        """The numbers it gives; the first is its score, where it has one."""
        return [Metric(metric=metric) for metric in self.declaration.metrics]

    @resolver
    async def quota(self, info: Info) -> Quota | None:
        """Our daily allowance; null where no daily limit is counted."""
        info.context.holds_only_now()
        quota = await info.context.gateway.quotas.of(self.declaration.slug)
        return quota and Quota(limit=quota.limit, used=quota.used, resets_at=quota.resets_at)

    @resolver
    def last_error(self, info: Info) -> str | None:
        """Why it gave no answer when it was asked last, and when; null where its last answer was fine."""
        info.context.holds_only_now()
        return info.context.gateway.last_error(self.declaration.slug)

    @resolver
    async def eras(self, info: Info) -> list[Era]:
        """When its method changed, or seemed to, since it is watched; oldest first."""
        return [era_of(era) for era in await info.context.gateway.eras(self.declaration.slug)]

    @resolver
    def licence(self) -> str | None:
        """The terms its values come under, where they are known."""
        return self.declaration.licence

    @resolver
    def attribution(self) -> str | None:
        """What must be shown beside its values, where it asks for that."""
        return self.declaration.attribution

    @resolver
    async def report_card(self, info: Info, as_of: Moment = None) -> ReportCard | None:
        """How far its scores can be relied upon; null for a source of facts, which gives no score."""
        return await report_card_of(info, self.declaration.slug, as_of)


def provider_of(info: Info, slug: str) -> Provider:
    """The provider of a slug.

    Raises:
        UnknownName: there is none.
    """
    shown = info.context.providers
    if slug not in shown:
        shown[slug] = Provider(declaration=info.context.gateway.registry.provider(slug).declaration)
    return shown[slug]
