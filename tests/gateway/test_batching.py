"""What is asked in one turn of the event loop is asked together."""

import asyncio

import pytest

from renown.gateway.batching import Batcher


class _Asked:
    """Answers each key with itself in capitals, and remembers how it was asked."""

    def __init__(self):
        self.batches = []
        self.error = None
        self.asked = asyncio.Event()
        self.open = asyncio.Event()
        self.open.set()

    async def __call__(self, keys, deadline):
        self.batches.append((list(keys), deadline))
        self.asked.set()
        await self.open.wait()
        if self.error:
            raise self.error
        return {key: key.upper() for key in keys}


async def test_one_turn_is_one_batch_with_the_latest_deadline():
    """Those who ask in the same turn share a call, which has as long as the most patient of them."""
    asked = _Asked()
    batcher = Batcher(asked, 10)
    assert await asyncio.gather(batcher.ask("a", 1.0), batcher.ask("b", 3.0), batcher.ask("c", 2.0)) == ["A", "B", "C"]
    assert asked.batches == [(["a", "b", "c"], 3.0)]


async def test_a_batch_is_no_larger_than_allowed():
    """More keys than fit one batch are asked for in several, none left out."""
    asked = _Asked()
    batcher = Batcher(asked, 2)
    assert await asyncio.gather(*(batcher.ask(key, 1.0) for key in "abcde")) == list("ABCDE")
    assert [keys for keys, _ in asked.batches] == [["a", "b"], ["c", "d"], ["e"]]


async def test_a_later_turn_is_another_batch():
    """Who asks after a batch has left does not wait for the next one's answer to share it."""
    asked = _Asked()
    batcher = Batcher(asked, 10)
    assert await batcher.ask("a", 1.0) == "A"
    assert await batcher.ask("b", 1.0) == "B"
    assert [keys for keys, _ in asked.batches] == [["a"], ["b"]]


async def test_a_failure_is_every_asker_s():
    """What the call raised is raised to all who asked in it, and to nobody after."""
    asked = _Asked()
    batcher = Batcher(asked, 10)
    asked.error = OSError("no")
    outcomes = await asyncio.gather(*(batcher.ask(key, 1.0) for key in "ab"), return_exceptions=True)
    assert outcomes == [asked.error, asked.error]
    asked.error = None
    assert await batcher.ask("a", 1.0) == "A"


async def test_who_leaves_keeps_nobody_from_an_answer():
    """One asker is cancelled, the other of the same batch is answered."""
    asked = _Asked()
    asked.open.clear()
    batcher = Batcher(asked, 10)
    leaving, staying = (asyncio.create_task(batcher.ask(key, 1.0)) for key in "ab")
    await asked.asked.wait()
    leaving.cancel()
    asked.open.set()
    assert await staying == "B"
    with pytest.raises(asyncio.CancelledError):
        await leaving


async def test_closing_stops_what_is_being_asked():
    """After `close` no call is under way."""
    asked = _Asked()
    asked.open.clear()
    batcher = Batcher(asked, 10)
    waiting = asyncio.create_task(batcher.ask("a", 1.0))
    await asked.asked.wait()
    await batcher.close()
    assert asyncio.all_tasks() == {asyncio.current_task(), waiting}
    waiting.cancel()


async def test_one_at_a_time_gathers_what_comes_meanwhile():
    """While a call is under way the next ones wait, and are then one call."""
    asked = _Asked()
    asked.open.clear()
    batcher = Batcher(asked, 10, one_at_a_time=True)
    first = asyncio.create_task(batcher.ask("a", 1.0))
    await asked.asked.wait()
    others = []
    for key in "bcd":
        others.append(asyncio.create_task(batcher.ask(key, 1.0)))
        await asyncio.sleep(0)
    assert [keys for keys, _ in asked.batches] == [["a"]]
    asked.open.set()
    assert await asyncio.gather(first, *others) == list("ABCD")
    assert [keys for keys, _ in asked.batches] == [["a"], ["b", "c", "d"]]
