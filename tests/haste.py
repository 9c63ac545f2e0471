"""What every test would wait for in vain: garbage collected, imports tried, servers that seldom look round."""

import asyncio
import gc
import sys
from collections.abc import Iterator
from importlib.util import find_spec
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


@pytest.fixture(scope="session", autouse=True)
def _what_is_not_installed_is_looked_for_once() -> Iterator[None]:
    # httpcore tries to import it at every lock, and the path of a test run is long.
    with pytest.MonkeyPatch.context() as patch:
        if find_spec("sniffio") is None:
            patch.setitem(sys.modules, "sniffio", None)
        yield
