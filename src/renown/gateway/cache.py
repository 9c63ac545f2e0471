"""The cache: near in memory, far in Valkey or Redis; one load for all who ask at the same time.

    get ─ near: fresh → hit; stale → served at once, refreshed behind
        └ far:  the same, and kept near
        └ load: by one flight in this process, in one process at a time → kept far and near

A flight is the one task that looks for a key. Whoever asks meanwhile waits for it; none of them can end it. The values
are bytes that the cache never looks into. How long each may live is said by its loader.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Literal, TypeAlias

import msgspec
import structlog

from renown.gateway.cache_entry import Entry, Kept
from renown.gateway.cache_far import Far
from renown.gateway.cache_near import Near

__all__ = ["Cache", "Entry", "Kept", "Outcome", "Served", "Stats"]

Loader: TypeAlias = Callable[[], Awaitable[Kept]]
Outcome: TypeAlias = Literal["hit", "stale", "miss"]

_NAMESPACE = "renown:v1:"  # another version where entries change their form: nothing is ever cleared
_RETRY_SECONDS = 1.0
_LEASE_MARGIN_SECONDS = 5.0

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Served:
    """A value, and how it was come by: held and fresh, held and past that, or loaded for those who asked.

    `fresh_until` is in seconds since the epoch.
    """

    value: bytes
    outcome: Outcome
    fresh_until: float = field(default=0.0, compare=False)


@dataclass(slots=True)
class Stats:
    """Counted since the cache was opened: gets by outcome, calls of a loader, failed calls to the far tier."""

    hits: int = 0
    stale_hits: int = 0
    misses: int = 0
    loads: int = 0
    far_errors: int = 0


class Cache:
    """Two tiers, single flight, stale-while-revalidate and stale-if-error. See the module."""

    def __init__(self, near: Near, far: Far, *, clock: Callable[[], float], longest_load: float) -> None:
        self._near = near
        self._far = far
        self._clock = clock
        self._longest_load = longest_load
        self._counts = Stats()
        self._flights: dict[str, asyncio.Task[Served]] = {}
        self._tasks: set[asyncio.Task[Served]] = set()  # the event loop alone would let them be collected

    @classmethod
    def open(
        cls,
        url: str | None,
        entries: int,
        *,
        clock: Callable[[], float] = time.time,
        longest_load: float = 30.0,
    ) -> "Cache":
        """A cache of at most `entries` in memory, and behind it the server at `url`, if one is given.

        `clock` gives seconds since the epoch. A load is ended after `longest_load` seconds; the lock that keeps other
        processes from loading the same outlives it.

        Raises:
            CannotServe: the address cannot be read. A server that does not answer is no error.
        """
        return cls(Near(entries), Far(url, clock), clock=clock, longest_load=longest_load)

    @property
    def stats(self) -> Stats:
        """The counters, as they stand now."""
        self._counts.far_errors = self._far.errors
        return self._counts

    async def get(self, key: str, load: Loader) -> Served:
        """The value of a key: held, or loaded.

        A stale value is served at once and one refresh runs behind. Concurrent askers share one load, also across the
        processes of one far tier. A refresh that fails leaves the stale value in place as long as it may live.

        Raises:
            Exception: whatever `load` raised, to all who waited for it; nothing is kept, the next get tries again.
            TimeoutError: the load took longer than `longest_load`.
        """
        served = await self._serve(_NAMESPACE + key, load)
        match served.outcome:
            case "hit":
                self._counts.hits += 1
            case "stale":
                self._counts.stale_hits += 1
            case "miss":
                self._counts.misses += 1
        return served

    def hit(self, key: str) -> Served | None:
        """The value of a key that is fresh in this process's memory, counted as a hit; None of any other."""
        entry = self._near.look(_NAMESPACE + key)
        if entry is None or not entry.is_fresh(self._clock()):
            return None
        self._counts.hits += 1
        return Served(entry.value, "hit", entry.fresh_until)

    async def peek(self, key: str) -> Entry | None:
        """The entry that may still be served, fresh or stale, from either tier. Loads and counts nothing."""
        key, now = _NAMESPACE + key, self._clock()
        entry = await self._near.read(key)
        if entry is None or not entry.is_usable(now):
            entry = await self._far.read(key)
        return entry if entry is not None and entry.is_usable(now) else None

    async def drop(self, key: str) -> None:
        """Forget a key here and in the far tier; what is being loaded here for it is not kept.

        Other processes may serve what they hold in memory until it ends to be fresh: who cannot have that puts a
        change number into the key.
        """
        key = _NAMESPACE + key
        self._flights.pop(key, None)
        await self._near.forget(key)
        await self._far.forget(key)

    async def close(self) -> None:
        """End what is still being loaded, and close the connections."""
        for task in self._tasks:
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks)
        await self._far.close()

    async def _serve(self, key: str, load: Loader) -> Served:
        entry, now = await self._near.read(key), self._clock()
        if entry is None or not entry.is_usable(now):
            flight = self._flights.get(key) or self._start(key, partial(self._find, key, load))
            await asyncio.wait((flight,))  # unlike awaiting it: a caller that is cancelled leaves it running
            return flight.result()
        if entry.is_fresh(now):
            return Served(entry.value, "hit", entry.fresh_until)
        if key not in self._flights and now >= entry.retry_at:
            self._start(key, partial(self._refresh, key, load, entry))
        return Served(entry.value, "stale", entry.fresh_until)

    async def _find(self, key: str, load: Loader) -> Served:
        """A flight for a key that is not near."""
        entry, now = await self._far.read(key), self._clock()
        if entry is None or not entry.is_usable(now):
            return await self._load_once(key, load, None)
        if await self._take(key, entry) and not entry.is_fresh(now):
            self._start(key, partial(self._refresh, key, load, entry))
        return Served(entry.value, "hit" if entry.is_fresh(now) else "stale", entry.fresh_until)

    async def _refresh(self, key: str, load: Loader, held: Entry) -> Served:
        """A flight behind a stale entry, which stays in place if it fails."""
        try:
            return await self._load_once(key, load, held)
        except Exception as error:
            now = self._clock()
            if not held.is_usable(now):
                raise
            _log.warning("cache_refresh_failed", key=key, error=_describe(error))
            await self._take(key, msgspec.structs.replace(held, retry_at=now + _RETRY_SECONDS))
            return Served(held.value, "stale", held.fresh_until)

    async def _load_once(self, key: str, load: Loader, held: Entry | None) -> Served:
        """Load, unless another process has just done so."""
        async with self._far.turn(key, self._longest_load + _LEASE_MARGIN_SECONDS):
            entry = await self._far.read(key)
            if entry is not None and entry.is_usable(self._clock()) and entry.is_newer_than(held):
                await self._take(key, entry)
            else:
                entry = await self._load(load)
                await self._keep(key, entry)
        return Served(entry.value, "miss", entry.fresh_until)

    async def _load(self, load: Loader) -> Entry:
        self._counts.loads += 1
        async with asyncio.timeout(self._longest_load):
            kept = await load()
        return Entry.of(kept, self._clock())

    async def _keep(self, key: str, entry: Entry) -> None:
        await self._far.write(key, entry)
        if not await self._take(key, entry):
            await self._far.forget(key)

    async def _take(self, key: str, entry: Entry) -> bool:
        """Put an entry near, unless the key was dropped since the flight that brings it took off."""
        if self._flights.get(key) is not asyncio.current_task():
            return False
        await self._near.write(key, entry)
        return True

    def _start(self, key: str, work: Callable[[], Coroutine[Any, Any, Served]]) -> asyncio.Task[Served]:
        """A new flight, which takes the place of the one that starts it, if any."""
        task = self._flights[key] = asyncio.create_task(work())
        self._tasks.add(task)
        task.add_done_callback(partial(self._landed, key))
        return task

    def _landed(self, key: str, task: asyncio.Task[Served]) -> None:
        self._tasks.discard(task)
        if self._flights.get(key) is task:
            del self._flights[key]
        error = None if task.cancelled() else task.exception()
        if error is not None:  # perhaps nobody waits for it any more
            _log.warning("cache_load_failed", key=key, error=_describe(error))


def _describe(error: BaseException) -> str:
    """Without a traceback: pretty ones print local variables, and a loader's may hold a provider's key."""
    return f"{type(error).__name__}: {error}"
