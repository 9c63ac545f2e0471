"""The near tier: a bounded memory of this process."""

from typing import Any

from aiocache import SimpleMemoryCache

from renown.gateway.cache_entry import Entry


class _LeastRecentlyUsed(SimpleMemoryCache):
    """aiocache's memory, which has no bound of its own: when it is full, what was not used for longest makes room."""

    def __init__(self, bound: int) -> None:
        # A timeout would wrap every look into a dictionary in a task of its own.
        super().__init__(timeout=0)
        self._bound = bound

    async def _get(self, key: str, *args: Any, **kwargs: Any) -> Any:
        if key in self._cache:
            self._cache[key] = self._cache.pop(key)  # a dict remembers the order of insertion
        return await super()._get(key, *args, **kwargs)

    async def _set(self, key: str, *args: Any, **kwargs: Any) -> Any:
        self._cache.pop(key, None)
        while len(self._cache) >= self._bound:
            await self._delete(next(iter(self._cache)))
        return await super()._set(key, *args, **kwargs)


class Near:
    """At most `bound` entries. Those whose life is over leave when room is needed: no timer runs for any of them."""

    def __init__(self, bound: int) -> None:
        self._memory = _LeastRecentlyUsed(bound)

    async def read(self, key: str) -> Entry | None:
        """The entry, whatever its age."""
        return await self._memory.get(key)

    async def write(self, key: str, entry: Entry) -> None:
        """Keep the entry."""
        await self._memory.set(key, entry)

    async def forget(self, key: str) -> None:
        """Drop the entry, if there is one."""
        await self._memory.delete(key)
