"""The store's change number in memory: our own writes are seen at once, those of other processes within moments."""

import asyncio
import time
from collections.abc import Callable
from datetime import datetime

from renown.store import Store


class Changes:
    """The number of the last change. Before it is told, what may no longer be kept is deleted.

    The store is asked when a licence ends, when a write of this process failed or came after one of another's, and
    otherwise once in `notice_seconds`.
    """

    def __init__(
        self,
        store: Store,
        now: Callable[[], datetime],
        notice_seconds: float,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._now = now
        self._clock = clock
        self._notice_seconds = notice_seconds
        self._number = 0
        self._writes = -1  # so many writes had ended when the store was asked
        self._good_until = 0.0
        self._expires_at: datetime | None = None
        self._asking = asyncio.Lock()

    def known(self) -> int | None:
        """The number, where the store need not be asked for it."""
        if self._clock() >= self._good_until or not self._is_level():
            return None
        if self._expires_at is not None and self._expires_at <= self._now():
            return None
        return self._number

    async def current(self) -> int:
        """The number of the last change. Suspends only where the store is asked."""
        known = self.known()
        if known is not None:
            return known
        async with self._asking:
            known = self.known()
            return await self._ask() if known is None else known

    def expires(self, keep_until: datetime | None) -> None:
        """Asks the store anew at the end of this licence, of a claim that was read and may be newer than the number."""
        if keep_until is not None and (self._expires_at is None or keep_until < self._expires_at):
            self._expires_at = keep_until

    def _is_level(self) -> bool:
        """Whether the number counts all our own writes: it takes over what they say of it, where they can say it."""
        own = self._store.own_writes
        if self._writes != own.count:
            since = own.since(self._number)
            if since is None:
                return False
            self._number, ends = since
            self.expires(ends)
            self._writes = own.count
        return True

    async def _ask(self) -> int:
        await self._read()
        if self._expires_at is not None and self._expires_at <= self._now():
            await self._store.expire(self._now())
            await self._read()
        return self._number

    async def _read(self) -> None:
        began, writes = self._clock(), self._store.own_writes.count
        # Until it is read nobody is told a number, and what is told of licences meanwhile counts.
        self._good_until, self._expires_at = 0.0, None
        # In this order: a claim that comes in between may only bring the end nearer.
        self._number = await self._store.change()
        self.expires(await self._store.next_expiry())
        self._writes, self._good_until = writes, began + self._notice_seconds
