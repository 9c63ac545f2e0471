"""What is asked of a cache: many at once for a key nobody has asked for, and many keys of which few are asked often."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from cache_trial.contenders import Contender, Load

_UPSTREAM_SECONDS = 0.005
_ASKERS = 50

Maker = Callable[[Load, float], Contender]


@dataclass(frozen=True)
class Measured:
    """Calls upstream; the share of requests that waited for none; how long they took, in seconds."""

    requests: int
    calls: int
    hit_rate: float
    p50: float
    p99: float


class Upstream:
    """Answers after 5 ms, and counts its answers, by key."""

    def __init__(self) -> None:
        self.answered: Counter[str] = Counter()

    async def __call__(self, key: str) -> bytes:
        """One call."""
        await asyncio.sleep(_UPSTREAM_SECONDS)
        self.answered[key] += 1
        return key.encode()


class Askers:
    """Ask one thing after another, and note how long each took and whether it waited for the upstream."""

    def __init__(self, make: Maker, fresh: float) -> None:
        self._upstream = Upstream()
        self._cache = make(self._upstream, fresh)
        self._took: list[float] = []
        self._waited = 0

    async def ask(self, keys: Iterable[str]) -> None:
        """Ask for these, in turn."""
        for key in keys:
            answered, begun = self._upstream.answered[key], time.perf_counter()
            if await self._cache.get(key) != key.encode():
                raise SystemExit(f"{self._cache.name} gave another value for {key}.")
            self._took.append(time.perf_counter() - begun)
            # What is held is given without suspending for the upstream, so that no answer can come in between.
            self._waited += self._upstream.answered[key] > answered
            await asyncio.sleep(0)  # some of them suspend at no hit, and would let nobody else ask

    async def end(self) -> Measured:
        """What was measured."""
        await self._cache.close()
        p50, p99 = np.percentile(self._took, [50, 99])
        requests, calls = len(self._took), self._upstream.answered.total()
        return Measured(requests, calls, 1 - self._waited / requests, float(p50), float(p99))


async def stampede(make: Maker, askers: int, keys: int) -> Measured:
    """So many askers of one cold key at once, for one key after another."""
    asking = Askers(make, 3_600)
    for number in range(keys):
        await asyncio.gather(*(asking.ask([f"stampede:{number}"]) for _ in range(askers)))
    return await asking.end()


async def zipf(make: Maker, requests: int, keys: int, fresh: float, seed: int) -> Measured:
    """Fifty who ask one thing after another; which, by Zipf's law over so many keys, fresh for so many seconds."""
    weights = 1 / np.arange(1, keys + 1)
    drawn = np.random.default_rng(seed).choice(keys, size=requests, p=weights / np.sum(weights))
    asking = Askers(make, fresh)
    await asyncio.gather(*(asking.ask(f"zipf:{key}" for key in part) for part in np.array_split(drawn, _ASKERS)))
    return await asking.end()
