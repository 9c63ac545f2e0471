"""The day's calls: counted in the store before they are made, for all processes together.

A process counts a few calls ahead, so that not each of them waits for the store. What it does not make of them it
gives back when it closes; one that ends otherwise leaves the count too high by as much, never too low.
"""

import asyncio
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from renown.errors import QuotaExhausted
from renown.providers import Registry, quota_of
from renown.settings import Settings
from renown.store import Store


@dataclass(frozen=True, slots=True)
class Quota:
    """Calls a day, calls made today, and when the count begins anew (00:00 UTC).

    What other processes have counted ahead is among `used`.
    """

    limit: int
    used: int
    resets_at: datetime


# So many calls are counted at once: one in so many of the day's, up to a bound.
_SHARE, _MOST_AHEAD = 200, 50


@dataclass(slots=True)
class _Ahead:
    """The calls to one provider that are counted and not made yet."""

    day: date = date.min
    left: int = 0
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)


class Quotas:
    """What the transport asks before each call."""

    def __init__(self, store: Store, registry: Registry, settings: Settings, now: Callable[[], datetime]) -> None:
        self._store = store
        self._registry = registry
        self._settings = settings
        self._now = now
        self._ahead: defaultdict[str, _Ahead] = defaultdict(_Ahead)

    async def take(self, slug: str) -> None:
        """Count one call to this provider.

        Raises:
            QuotaExhausted: the day's calls are used up; `retry_at` is 00:00 UTC.
        """
        limit, now = self._limit(slug), self._now()
        if limit is None:
            return
        ahead = self._ahead[slug]
        async with ahead.turn:
            if ahead.day != now.date() or not ahead.left:
                ahead.day, ahead.left = now.date(), await self._counted(slug, now.date(), limit)
            if ahead.left:
                ahead.left -= 1
                return
        name, resets_at = self._registry.provider(slug).declaration.name, _next_midnight(now)
        raise QuotaExhausted(
            f"{name} is not asked: the {limit:,} calls of the day are used up; "
            f"the count begins anew at {resets_at:%H:%M} UTC on {resets_at:%d %B %Y}.",
            retry_at=resets_at,
        )

    async def of(self, slug: str) -> Quota | None:
        """How much of a provider's day is used; None where it has no limit."""
        limit, now = self._limit(slug), self._now()
        if limit is None:
            return None
        used, ahead = await self._store.calls_taken(slug, now.date()), self._ahead[slug]
        mine = ahead.left if ahead.day == now.date() else 0
        return Quota(limit, used - mine, _next_midnight(now))

    async def close(self) -> None:
        """Give back the calls that were counted and not made."""
        for slug, ahead in self._ahead.items():
            if ahead.left:
                left, ahead.left = ahead.left, 0
                await self._store.give_back_calls(slug, ahead.day, left)

    async def _counted(self, slug: str, day: date, limit: int) -> int:
        """How many calls were counted just now: a few, the last one, or none."""
        few = max(1, min(limit // _SHARE, _MOST_AHEAD))
        for number in dict.fromkeys((few, 1)):
            if await self._store.take_calls(slug, day, limit, number):
                return number
        return 0

    def _limit(self, slug: str) -> int | None:
        return quota_of(self._registry.provider(slug).declaration, self._settings)


def _next_midnight(now: datetime) -> datetime:
    return datetime.combine(now.date() + timedelta(days=1), time(), UTC)
