"""What making an answer cost, and for how long the answer holds."""

from dataclasses import dataclass, field
from math import inf
from typing import Self


@dataclass(slots=True)
class Tally:
    """What one request cost: calls to providers, and how the cache served it.

    `holds_until` is the moment (seconds since the epoch) at which its answer would become another one by itself.
    """

    upstream_calls: int = 0
    cache_hits: int = 0
    cache_misses: int = 0
    holds_until: float = field(default=inf, compare=False)
    watches: list["Watch"] = field(default_factory=list, compare=False, repr=False)

    def ends(self, moment: float) -> None:
        """The answer holds no longer than until this moment."""
        self.holds_until = min(moment, self.holds_until)
        for watch in self.watches:
            watch.until = min(moment, watch.until)

    @property
    def counts(self) -> tuple[int, int, int]:
        """Calls, hits and misses."""
        return self.upstream_calls, self.cache_hits, self.cache_misses


class Watch:
    """What is said of a part of an answer while one is within it: until when it holds, and whether it cost anything.

    Of parts that are made at the same time each takes the word on all of them.
    """

    __slots__ = ("_before", "_tally", "until")

    def __init__(self, tally: Tally) -> None:
        self.until = inf
        self._tally = tally
        self._before = tally.counts

    @property
    def cost_nothing(self) -> bool:
        """Whether nothing was counted meanwhile."""
        return self._before == self._tally.counts

    def __enter__(self) -> Self:
        self._tally.watches.append(self)
        return self

    def __exit__(self, *_: object) -> None:
        self._tally.watches.remove(self)
