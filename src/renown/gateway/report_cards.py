"""Makes the report cards of providers, from a snapshot and the log, and keeps those of late.

Orders are compared over everybody in the snapshot. What needs the claims themselves or the log (freshness, changes)
is taken from a sample of at most 1,000 voices, the same for the same snapshot, and says so.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from renown.gateway.report_material import Material, material_of, measures_of
from renown.gateway.snapshots import Snapshots
from renown.providers import Registry
from renown.scoring.report_card import Measure, overall
from renown.scoring.report_grades import Grade
from renown.store import Store

_KEPT = 128
_GOOD_FOR = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class ReportCard:
    """A provider's measures, in a fixed order, as of a moment, from the snapshot of this name."""

    provider: str
    as_of: datetime
    snapshot: str
    measures: tuple[Measure, ...]

    @property
    def grade(self) -> Grade | None:
        """The median of the grades; None under three of them."""
        return overall(self.measures)

    @property
    def reason(self) -> str | None:
        """Why there is no grade, where there is none."""
        return "Fewer than three measures could be taken." if self.grade is None else None


class ReportCards:
    """Report cards by provider and snapshot. One is made again when it is five minutes old: scores age meanwhile."""

    def __init__(self, store: Store, registry: Registry, snapshots: Snapshots, now: Callable[[], datetime]) -> None:
        self._store = store
        self._registry = registry
        self._snapshots = snapshots
        self._now = now
        self._held: OrderedDict[tuple[str, str], tuple[datetime, ReportCard]] = OrderedDict()
        self._making = asyncio.Lock()

    async def of(self, provider: str, as_of: datetime | None = None) -> ReportCard | None:
        """A provider's report card, now or as of a moment in the past; None for a provider that gives no score.

        Raises:
            UnknownName: there is no such provider.
            BadRequest: the moment is in the future (code BAD_MOMENT).
        """
        declaration = self._registry.provider(provider).declaration
        if declaration.primary_metric is None:
            return None
        standings = await self._snapshots.current(as_of)
        key = standings.snapshot, provider
        async with self._making:
            made_at, card = self._held.get(key, (None, None))
            if card is None or made_at is None or self._now() - made_at >= _GOOD_FOR:
                material = await material_of(self._store, standings, declaration, self._fields(), self._now())
                card = await self._made(material, standings.snapshot)
                self._held[key] = self._now(), card
                while len(self._held) > _KEPT:
                    self._held.popitem(last=False)
        return card

    async def _made(self, material: Material, snapshot: str) -> ReportCard:
        measures = await asyncio.to_thread(measures_of, material)
        return ReportCard(material.declaration.slug, material.moment, snapshot, measures)

    def _fields(self) -> dict[str, str]:
        """The field of each scored provider's score, by slug."""
        declared = [provider.declaration for provider in self._registry.scored]
        return {each.slug: each.primary_metric.field for each in declared if each.primary_metric}
