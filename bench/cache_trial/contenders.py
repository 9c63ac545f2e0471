"""Three caches behind one face: aiocache as it is most often used, cashews with its lock, and ours."""

from collections.abc import Awaitable, Callable
from typing import Protocol

Load = Callable[[str], Awaitable[bytes]]


class Contender(Protocol):
    """A cache in memory, whose values are fresh for so many seconds."""

    name: str

    async def get(self, key: str) -> bytes:
        """The value: held, or loaded."""
        ...

    async def close(self) -> None:
        """Let go of what it holds."""
        ...


class Aiocache:
    """Look, load if it is not there, write: what `@cached` does. Nobody waits for anybody."""

    name = "aiocache, plain"

    def __init__(self, load: Load, fresh: float) -> None:
        from aiocache import SimpleMemoryCache

        self._load, self._fresh = load, fresh
        self._cache = SimpleMemoryCache(namespace=str(id(self)))

    async def get(self, key: str) -> bytes:
        """The value."""
        value = await self._cache.get(key)
        if value is None:
            value = await self._load(key)
            await self._cache.set(key, value, ttl=self._fresh)
        return value

    async def close(self) -> None:
        """Let go of the values."""
        await self._cache.clear()


class Cashews:
    """`@cache(ttl, lock=True)`: one load at a time for a key."""

    name = "cashews, with its lock"

    def __init__(self, load: Load, fresh: float) -> None:
        from cashews import Cache

        self._cache = Cache()
        self._cache.setup("mem://", size=1_000_000)
        self._get = self._cache(ttl=fresh, key="{key}", lock=True)(load)

    async def get(self, key: str) -> bytes:
        """The value."""
        return await self._get(key)

    async def close(self) -> None:
        """Let go of the values."""
        await self._cache.close()


class Renown:
    """The gateway's: one flight for a key, and a stale value while it is loaded again."""

    name = "Renown"

    def __init__(self, load: Load, fresh: float) -> None:
        from renown.gateway.cache import Cache, Kept

        async def kept(key: str) -> Kept:
            return Kept(await load(key), fresh, 3_600)

        self._kept = kept
        self._cache = Cache.open(None, 1_000_000)

    async def get(self, key: str) -> bytes:
        """The value."""
        return (await self._cache.get(key, lambda: self._kept(key))).value

    async def close(self) -> None:
        """Let go of the values, and of what is still being loaded."""
        await self._cache.close()
