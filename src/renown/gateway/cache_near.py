"""The near tier: a bounded memory of this process."""

from functools import cached_property
from typing import TYPE_CHECKING

from renown.gateway.cache_entry import Entry

if TYPE_CHECKING:
    from renown.gateway.cache_memory import LeastRecentlyUsed


class Near:
    """At most `bound` entries. Those whose life is over leave when room is needed: no timer runs for any of them."""

    def __init__(self, bound: int) -> None:
        self._bound = bound

    @cached_property
    def _memory(self) -> "LeastRecentlyUsed":
        from renown.gateway.cache_memory import LeastRecentlyUsed  # with aiocache comes the whole client of Redis

        return LeastRecentlyUsed(self._bound)

    def look(self, key: str) -> Entry | None:
        """The entry, whatever its age, without the detour through the event loop."""
        return self._memory.look(key)

    async def read(self, key: str) -> Entry | None:
        """The entry, whatever its age."""
        return await self._memory.get(key)

    async def write(self, key: str, entry: Entry) -> None:
        """Keep the entry."""
        await self._memory.set(key, entry)

    async def forget(self, key: str) -> None:
        """Drop the entry, if there is one."""
        await self._memory.delete(key)
