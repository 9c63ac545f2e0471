"""Several coroutines at once: those that do not wait cost no turn of the loop, those that wait do so together."""

import asyncio

import pytest

from renown.api.plan.gathering import together


async def _at_once(value):
    return value


async def test_what_does_not_wait_is_done_without_waiting():
    """Coroutines that have all they need are done before the loop turns."""
    coroutine = together(_at_once(1), _at_once(2))
    with pytest.raises(StopIteration) as done:
        coroutine.send(None)
    assert done.value.value == [1, 2]


async def test_those_that_wait_wait_together():
    """Two that wait for one future, and one for another, all get what they waited for, in their order."""
    loop = asyncio.get_running_loop()
    one, other = loop.create_future(), loop.create_future()

    async def wait(future):
        async with asyncio.timeout(10):
            return await future

    loop.call_soon(other.set_result, "other")
    loop.call_soon(one.set_result, "one")
    assert await together(wait(one), wait(other), _at_once("none"), wait(one)) == ["one", "other", "none", "one"]


async def test_each_is_its_own_task():
    """A time limit within one of them stops that one, and no other."""

    async def limited():
        try:
            async with asyncio.timeout(0):
                await asyncio.sleep(60)
        except TimeoutError:
            return "stopped"

    async def patient():
        await asyncio.sleep(0.01)
        return "went on"

    assert await together(limited(), patient()) == ["stopped", "went on"]


@pytest.mark.parametrize("first", [True, False])
async def test_error_of_one_stops_the_others(first):
    """The error is raised, whether it comes at once or later, and what still waits is cancelled before."""
    stopped = []

    async def wait():
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            stopped.append(True)
            raise

    async def fail():
        if not first:
            await asyncio.sleep(0)
        raise ValueError("failed")

    with pytest.raises(ValueError, match="failed"):
        await together(wait(), fail())
    assert stopped == [True]
