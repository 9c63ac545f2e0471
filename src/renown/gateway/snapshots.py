"""Keeps the standings: builds a snapshot when the store has moved on, once for all who ask, and holds the last few."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from renown.errors import BadRequest
from renown.gateway.eras import methods_at
from renown.gateway.paging import bad_cursor, decode_cursor
from renown.gateway.standings import Standings, build
from renown.providers import Registry
from renown.scoring import FrozenReference
from renown.store import Store

_KEPT = 8


@dataclass(frozen=True, slots=True)
class Resumed:
    """A snapshot, the mark of the question a cursor came from (None without one), and the last position seen."""

    standings: Standings
    mark: str | None
    position: int

    def of(self, mark: str, after: str | None) -> int:
        """The last position seen, if the cursor came from the question of this mark.

        Raises:
            BadCursor: it came from another.
        """
        if self.mark not in {None, mark}:
            raise bad_cursor(after or "")
        return self.position


def check_passed(moment: datetime | None, now: datetime) -> None:
    """Refuses a moment that has not come.

    Raises:
        BadRequest: it has not (code BAD_MOMENT).
    """
    if moment is not None and moment > now:
        raise BadRequest(
            f"{moment.isoformat()} is in the future.", "Ask for a moment that has passed.", code="BAD_MOMENT"
        )


class Snapshots:
    """Standings by change number and moment. What the licence no longer allows is deleted before it is read."""

    def __init__(self, store: Store, registry: Registry, now: Callable[[], datetime]) -> None:
        self._store = store
        self._registry = registry
        self._now = now
        self._held: OrderedDict[tuple[int, datetime | None], Standings] = OrderedDict()
        self._references: OrderedDict[str, FrozenReference] = OrderedDict()
        self._building = asyncio.Lock()

    async def current(self, as_of: datetime | None = None) -> Standings:
        """The standings of now, or of a moment in the past.

        Raises:
            BadRequest: the moment is in the future (code BAD_MOMENT).
        """
        check_passed(as_of, self._now())
        return await self._at(await self._change(), as_of)

    async def resumed(self, after: str | None, as_of: datetime | None = None) -> "Resumed":
        """Where a walk goes on: in the snapshot its cursor names; without a cursor, at the beginning of today's.

        Raises:
            BadCursor: the cursor is none, or its snapshot is not known here.
        """
        if after is None:
            return Resumed(await self.current(as_of), None, -1)
        snapshot, mark, position = decode_cursor(after, str, str, int)
        try:
            return Resumed(await self.named(snapshot), mark, max(position, -1))
        except ValueError:
            raise bad_cursor(after) from None

    async def named(self, snapshot: str) -> Standings:
        """The standings with this name, built again from the log where they are no longer held.

        Raises:
            ValueError: it is the name of none.
        """
        number, _, moment = snapshot.partition("@")
        change, as_of = int(number), datetime.fromisoformat(moment) if moment else None
        if as_of is not None and as_of.utcoffset() != timedelta():
            raise ValueError("not a moment in UTC")
        if not 0 <= change <= await self._change():
            raise ValueError("no such snapshot")
        return await self._at(change, as_of)

    async def _change(self) -> int:
        """The number of the last change, once what may no longer be kept is deleted."""
        due = await self._store.next_expiry()
        if due is not None and due <= self._now():
            await self._store.expire(self._now())
        return await self._store.change()

    async def _at(self, change: int, as_of: datetime | None) -> Standings:
        key = change, as_of
        async with self._building:
            if key not in self._held or not self._held[key].may_be_kept_at(self._now()):
                self._held[key] = await self._build(change, as_of)
                while len(self._held) > _KEPT:
                    self._held.popitem(last=False)
            self._held.move_to_end(key)
            return self._held[key]

    async def _reference(self, change: int, as_of: datetime | None) -> FrozenReference | None:
        stored = await self._store.reference_at(change, as_of)
        if stored is None:
            return None
        if stored.version not in self._references:
            self._references[stored.version] = FrozenReference.from_canonical(stored.canonical)
            while len(self._references) > _KEPT:
                self._references.popitem(last=False)
        return self._references[stored.version]

    async def _build(self, change: int, as_of: datetime | None) -> Standings:
        claims = await self._store.all_latest(as_of, change, self._now())
        declared = [provider.declaration for provider in self._registry.scored]
        metrics = [(d.slug, metric.field, metric.scale) for d in declared if (metric := d.primary_metric)]
        apart = [d.slug for d in declared if not d.blended]
        methods = await methods_at(self._store, self._registry, as_of, change, self._now())
        accounts = await self._store.accounts()
        return build(
            claims,
            accounts,
            metrics,
            change=change,
            as_of=as_of,
            apart=apart,
            methods=methods,
            reference=await self._reference(change, as_of),
        )
