"""What every test would wait for without need: the garbage collector, and servers that look round too seldom."""

import asyncio
import gc
from collections.abc import Iterator
from typing import Any

import pytest
import uvicorn.server

# How many times as often a server in a thread of a test looks whether it is to stop, and is done.
_OFTEN = 10


class _HastyAsyncio:
    """asyncio as uvicorn's server sees it: every sleep is a fraction of what it was."""

    def __getattr__(self, name: str) -> Any:
        return getattr(asyncio, name)

    @staticmethod
    async def sleep(seconds: float) -> None:
        """Sleep for a moment."""
        await asyncio.sleep(seconds / _OFTEN)


def pytest_collection_finish() -> None:
    """What is loaded by now stays to the end: no later collection looks through it again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def _servers_stop_soon() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(uvicorn.server, "asyncio", _HastyAsyncio())
        yield
