"""Two things at once: numpy and scipy let go of the interpreter while they sort, add up and multiply."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

_One = TypeVar("_One")
_Other = TypeVar("_Other")


def both(one: Callable[[], _One], other: Callable[[], _Other]) -> tuple[_One, _Other]:
    """What each returns; the first runs in a thread of its own."""
    with ThreadPoolExecutor(1) as thread:
        begun = thread.submit(one)
        there = other()
        return begun.result(), there
