"""What the tests of the cache play with: a clock moved by hand, a source that answers when it is told to."""

import asyncio

from renown.gateway.cache import Cache, Kept


class Clock:
    """Stands still until it is moved."""

    def __init__(self):
        self.now = 1_700_000_000.0

    def __call__(self):
        """Seconds since the epoch."""
        return self.now

    def move(self, seconds):
        """Let `seconds` pass."""
        self.now += seconds


class Source:
    """A loader that counts its calls. Between `hold` and `release` it does not answer."""

    def __init__(self, value=b"v", fresh=10.0, stale=100.0):
        self.answer = Kept(value, fresh, stale)
        self.calls = 0
        self.asked = asyncio.Event()
        self._open = asyncio.Event()
        self._open.set()

    def hold(self):
        """Let calls wait from now on."""
        self.asked.clear()
        self._open.clear()

    def release(self, answer=None):
        """Let them go on, with another answer (a `Kept`, or an exception to raise) if one is given."""
        self.answer = answer or self.answer
        self._open.set()

    async def __call__(self):
        """One load."""
        self.calls += 1
        self.asked.set()
        await self._open.wait()
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


async def landed(cache: Cache):
    """Wait until nothing runs behind."""
    while cache._tasks:
        await asyncio.wait(cache._tasks)


async def until_waiting(tasks):
    """Let freshly made tasks run up to the point where they wait for somebody else."""
    for _ in range(5):
        await asyncio.sleep(0)
    assert not any(task.done() for task in tasks)
