"""Keeps the standings: builds a snapshot when the store has moved on, once for all who ask, and holds the last few."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime

from renown.errors import BadRequest
from renown.gateway.standings import Standings, build
from renown.providers import Registry
from renown.store import Store

_KEPT = 8


class Snapshots:
    """Standings by change number and moment. What the licence no longer allows is deleted before it is read."""

    def __init__(self, store: Store, registry: Registry, now: Callable[[], datetime]) -> None:
        self._store = store
        self._registry = registry
        self._now = now
        self._held: OrderedDict[tuple[int, datetime | None], Standings] = OrderedDict()
        self._building = asyncio.Lock()
        self._next_expiry: datetime | None = None

    async def current(self, as_of: datetime | None = None) -> Standings:
        """The standings of now, or of a moment in the past.

        Raises:
            BadRequest: the moment is in the future (code BAD_MOMENT).
        """
        if as_of is not None and as_of > self._now():
            raise BadRequest(
                f"{as_of.isoformat()} is in the future.", "Ask for a moment that has passed.", code="BAD_MOMENT"
            )
        change = await self._store.change()
        if self._next_expiry is not None and self._next_expiry <= self._now():
            await self._store.expire(self._now())
            change = await self._store.change()
        return await self._at(change, as_of)

    async def named(self, snapshot: str) -> Standings:
        """The standings with this name, built again from the log where they are no longer held.

        Raises:
            ValueError: it is the name of none.
        """
        number, _, moment = snapshot.partition("@")
        change, last = int(number), await self._store.change()
        if not 0 <= change <= last:
            raise ValueError("no such snapshot")
        return await self._at(change, datetime.fromisoformat(moment) if moment else None)

    async def _at(self, change: int, as_of: datetime | None) -> Standings:
        key = change, as_of
        async with self._building:
            if key not in self._held:
                self._held[key] = await self._build(change, as_of)
                while len(self._held) > _KEPT:
                    self._held.popitem(last=False)
            self._held.move_to_end(key)
            return self._held[key]

    async def _build(self, change: int, as_of: datetime | None) -> Standings:
        claims = await self._store.all_latest(as_of, change, self._now())
        declared = [provider.declaration for provider in self._registry.scored]
        metrics = [(d.slug, metric.field, metric.scale) for d in declared if (metric := d.primary_metric)]
        if as_of is None:
            self._next_expiry = min((p.keep_until for c in claims if (p := c.provenance).keep_until), default=None)
        return build(claims, await self._store.accounts(), metrics, change=change, as_of=as_of)
