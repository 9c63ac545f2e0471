"""What may be kept until something is written, and until a moment; what was used longest ago makes room.

All of it is of one change number: with the next one nothing can be given any more, and all is let go.
"""

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

_Key = TypeVar("_Key", bound=Hashable)
_Value = TypeVar("_Value")


class UntilChanged(Generic[_Key, _Value]):
    """Values of at most so many bytes in all; none where that is 0."""

    def __init__(self, most_bytes: int) -> None:
        self._most = most_bytes
        self._bytes = 0
        self._change = -1
        self._held: OrderedDict[_Key, tuple[_Value, float, int]] = OrderedDict()

    @property
    def is_on(self) -> bool:
        """Whether anything is kept at all."""
        return self._most > 0

    @property
    def size(self) -> int:
        """What is held takes so many bytes."""
        return self._bytes

    def __len__(self) -> int:
        return len(self._held)

    def get(self, key: _Key, change: int, now: float) -> tuple[_Value, float] | None:
        """What still holds at a change number and a moment, and until when (seconds since the epoch)."""
        if change != self._change:
            self._begin(change)
        found = self._held.get(key)
        if found is None:
            return None
        value, until, _ = found
        if now >= until:
            self._drop(key)
            return None
        self._held.move_to_end(key)
        return value, until

    def keep(self, key: _Key, value: _Value, size: int, *, change: int, until: float) -> None:
        """Keep a value of `size` bytes, made at a change number, until a moment."""
        if change != self._change:
            self._begin(change)
        if key in self._held:
            self._drop(key)
        if size > self._most:
            return
        self._held[key] = value, until, size
        self._bytes += size
        while self._bytes > self._most:
            self._drop(next(iter(self._held)))

    def _begin(self, change: int) -> None:
        self._held.clear()
        self._bytes, self._change = 0, change

    def _drop(self, key: _Key) -> None:
        *_, size = self._held.pop(key)
        self._bytes -= size
