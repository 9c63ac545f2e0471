"""aiocache's memory with a bound."""

from typing import Any

from aiocache import SimpleMemoryCache


class LeastRecentlyUsed(SimpleMemoryCache):
    """aiocache's memory, which has no bound of its own: when it is full, what was not used for longest makes room."""

    def __init__(self, bound: int) -> None:
        # A timeout would wrap every look into a dictionary in a task of its own.
        super().__init__(timeout=0)
        self._bound = bound

    def look(self, key: str) -> Any:
        """What is held under a key, or None."""
        if key in self._cache:
            self._cache[key] = self._cache.pop(key)  # a dict remembers the order of insertion
        return self._cache.get(key)

    async def _get(self, key: str, *args: Any, **kwargs: Any) -> Any:
        del args, kwargs
        return self.look(key)

    async def _set(self, key: str, *args: Any, **kwargs: Any) -> Any:
        self._cache.pop(key, None)
        while len(self._cache) >= self._bound:
            await self._delete(next(iter(self._cache)))
        return await super()._set(key, *args, **kwargs)
