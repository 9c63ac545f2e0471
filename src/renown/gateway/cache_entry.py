"""What the cache holds: opaque bytes and how long they may be served."""

from dataclasses import dataclass

import msgspec


@dataclass(frozen=True, slots=True)
class Kept:
    """What a loader hands over: its value, and for how many seconds it may be kept.

    `fresh` is how long the value is served as it is; `stale` how long after that it may still be served while a
    refresh runs or fails. An absence is a value too, with a shorter life.
    """

    value: bytes
    fresh: float
    stale: float


class Entry(msgspec.Struct, frozen=True, array_like=True):
    """A value in the cache, with its lives as instants: seconds since the epoch, by the clock of whoever loaded it.

    `retry_at` is set in this process only, after a failed refresh: before it, none is tried again.
    """

    value: bytes
    fresh_until: float
    stale_until: float
    retry_at: float = 0.0

    @classmethod
    def of(cls, kept: Kept, now: float) -> "Entry":
        """The entry for a value loaded now."""
        return cls(kept.value, now + kept.fresh, now + kept.fresh + kept.stale)

    def is_fresh(self, now: float) -> bool:
        """Whether it may be served as it is."""
        return now < self.fresh_until

    def is_usable(self, now: float) -> bool:
        """Whether it may be served at all, fresh or stale."""
        return now < self.stale_until

    def is_newer_than(self, other: "Entry | None") -> bool:
        """Whether it was loaded after the other one had ended to be fresh."""
        return other is None or self.fresh_until > other.fresh_until
