"""How far a provider's scores can be relied upon: measures, each with its definition and grade."""

from datetime import datetime
from typing import Annotated

import strawberry

from renown.api.context import Info
from renown.api.describe import argument, object_type, resolver
from renown.api.enums import Grade
from renown.gateway.report_cards import ReportCard as MadeCard
from renown.scoring.report_card import Measure as MadeMeasure

Moment = Annotated[datetime | None, argument("As of this moment; the present where it is left out.")]


@object_type
class ReportMeasure:
    """One measure of a provider: a figure over so many voices, or why it cannot be given."""

    measure: strawberry.Private[MadeMeasure]

    @resolver
    def name(self) -> str:
        """What is measured: coverage, freshness, age, agreement, herding, jump rate, monotonicity."""
        return self.measure.definition.name

    @resolver
    def figure(self) -> float | None:
        """What was measured: a share or a correlation, for the age days. Null, never zero, where it cannot be given."""
        return self.measure.figure

    @resolver
    def grade(self) -> Grade | None:
        """Its grade, by limits that are the same for all providers; null where there is no figure."""
        return self.measure.grade

    @resolver
    def n(self) -> int:
        """Over how many voices."""
        return self.measure.n

    @resolver
    def definition(self) -> str:
        """What the figure means."""
        return self.measure.definition.text

    @resolver
    def reason(self) -> str | None:
        """Why there is no figure; null where there is one."""
        return self.measure.reason

    @resolver
    def remark(self) -> str | None:
        """What the figure was made of: each correlation with another provider, how many re-reads, which sample."""
        return self.measure.remark


@object_type
class ReportCard:
    """How far a provider's scores can be relied upon, measured over the voices known here."""

    card: strawberry.Private[MadeCard]

    @resolver
    def measures(self) -> list[ReportMeasure]:
        """Every measure, those that cannot be given too."""
        return [ReportMeasure(measure=measure) for measure in self.card.measures]

    @resolver
    def grade(self) -> Grade | None:
        """The median of the grades, of two in the middle the worse; null under three measures."""
        return self.card.grade

    @resolver
    def reason(self) -> str | None:
        """Why there is no grade; null where there is one."""
        return self.card.reason

    @resolver
    def as_of(self) -> datetime:
        """The moment it holds for."""
        return self.card.as_of

    @resolver
    def snapshot(self) -> str:
        """The name of the snapshot it was made from."""
        return self.card.snapshot


async def report_card_of(info: Info, slug: str, as_of: datetime | None) -> ReportCard | None:
    """A provider's report card; None for a source of facts, which gives no score.

    Raises:
        BadRequest: the moment is in the future (code BAD_MOMENT).
    """
    info.context.holds_only_now()  # scores age meanwhile, and with them the card
    card = await info.context.gateway.report_cards.of(slug, as_of)
    return card and ReportCard(card=card)
