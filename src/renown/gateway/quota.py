"""The day's calls: counted in the store before each call, for all processes together."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from renown.errors import QuotaExhausted
from renown.providers import Registry, quota_of
from renown.settings import Settings
from renown.store import Store


@dataclass(frozen=True, slots=True)
class Quota:
    """Calls a day, calls made today, and when the count begins anew (00:00 UTC)."""

    limit: int
    used: int
    resets_at: datetime


class Quotas:
    """What the transport asks before each call."""

    def __init__(self, store: Store, registry: Registry, settings: Settings, now: Callable[[], datetime]) -> None:
        self._store = store
        self._registry = registry
        self._settings = settings
        self._now = now

    async def take(self, slug: str) -> None:
        """Count one call to this provider.

        Raises:
            QuotaExhausted: the day's calls are used up; `retry_at` is 00:00 UTC.
        """
        limit, now = self._limit(slug), self._now()
        if limit is None or await self._store.take_call(slug, now.date(), limit):
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
        return Quota(limit, await self._store.calls_taken(slug, now.date()), _next_midnight(now))

    def _limit(self, slug: str) -> int | None:
        return quota_of(self._registry.provider(slug).declaration, self._settings)


def _next_midnight(now: datetime) -> datetime:
    return datetime.combine(now.date() + timedelta(days=1), time(), UTC)
