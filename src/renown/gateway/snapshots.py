"""Keeps the standings: builds a snapshot when the store has moved on, once for all who ask, and holds the last few."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from renown.errors import BadRequest
from renown.gateway.changes import Changes
from renown.gateway.paging import bad_cursor, decode_cursor
from renown.gateway.snapshot_building import SnapshotBuilding
from renown.gateway.standings import Standings
from renown.providers import Registry
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
    """Standings by change number and moment. One that is held is given without suspending."""

    def __init__(self, store: Store, changes: Changes, registry: Registry, now: Callable[[], datetime]) -> None:
        self._changes = changes
        self._now = now
        self._building = SnapshotBuilding(store, registry, now)
        self._held: OrderedDict[tuple[int, datetime | None], Standings] = OrderedDict()
        self._one_at_a_time = asyncio.Lock()

    async def current(self, as_of: datetime | None = None) -> Standings:
        """The standings of now, or of a moment in the past.

        Raises:
            BadRequest: the moment is in the future (code BAD_MOMENT).
        """
        check_passed(as_of, self._now())
        return await self._at(await self._changes.current(), as_of)

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
        if not 0 <= change <= await self._changes.current():
            raise ValueError("no such snapshot")
        return await self._at(change, as_of)

    async def _at(self, change: int, as_of: datetime | None) -> Standings:
        key = change, as_of
        standings = self._kept(key)
        if standings is not None:
            return standings
        async with self._one_at_a_time:
            standings = self._kept(key)
            if standings is None:
                standings = self._held[key] = await self._building.built(change, as_of, self._newest_before(change))
                self._held.move_to_end(key)
                while len(self._held) > _KEPT:
                    self._held.popitem(last=False)
        return standings

    def _kept(self, key: tuple[int, datetime | None]) -> Standings | None:
        standings = self._held.get(key)
        if standings is None or not standings.may_be_kept_at(self._now()):
            return None
        self._held.move_to_end(key)
        return standings

    def _newest_before(self, change: int) -> Standings | None:
        """The newest snapshot of the present that is held and is of an earlier change."""
        earlier = [held for (number, as_of), held in self._held.items() if as_of is None and number < change]
        return max(earlier, key=lambda held: held.change, default=None)
