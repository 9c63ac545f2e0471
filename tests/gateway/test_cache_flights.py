"""What holds with and without a far tier: one load for all, stale answers, failures, cancellation, dropping."""

import asyncio
import gc
import uuid
import weakref

import pytest
import pytest_asyncio
from cache_stage import Clock, Source, landed, until_waiting
from structlog.testing import capture_logs

from renown.gateway.cache import Cache, Kept, Served


@pytest.fixture
def clock():
    """Moved by hand."""
    return Clock()


@pytest.fixture
def key():
    """Unlike any other, since the server may be shared by all tests."""
    return f"test:{uuid.uuid4().hex}"


@pytest_asyncio.fixture(params=["memory", "valkey"])
async def cache(request, clock):
    """A cache of memory alone, and one before a real Valkey."""
    url = request.getfixturevalue("valkey_url") if request.param == "valkey" else None
    cache = Cache.open(url, 1000, clock=clock, longest_load=20)
    yield cache
    assert cache.stats.far_errors == 0
    await cache.close()


async def test_a_fresh_value_is_loaded_once(cache, key):
    """The first get loads, the second does not; the counters say so."""
    source = Source(b"one")
    assert await cache.get(key, source) == Served(b"one", "miss")
    assert await cache.get(key, source) == Served(b"one", "hit")
    assert (cache.stats.loads, cache.stats.misses, cache.stats.hits, cache.stats.stale_hits) == (1, 1, 1, 0)


async def test_200_askers_share_one_load(cache, key):
    """200 concurrent gets of one key make one call."""
    source = Source()
    served = await asyncio.gather(*(cache.get(key, source) for _ in range(200)))
    assert served == [Served(b"v", "miss")] * 200
    assert (source.calls, cache.stats.loads, cache.stats.misses) == (1, 1, 200)


async def test_a_stale_value_is_served_while_it_is_refreshed(cache, key, clock):
    """Past fresh the old value comes at once, though the refresh has not answered; many askers start one refresh."""
    source = Source(b"old", fresh=10, stale=100)
    await cache.get(key, source)
    clock.move(10)
    source.hold()
    served = await asyncio.gather(*(cache.get(key, source) for _ in range(50)))
    assert served == [Served(b"old", "stale")] * 50
    await source.asked.wait()
    source.release(Kept(b"new", 10, 100))
    await landed(cache)
    assert await cache.get(key, source) == Served(b"new", "hit")
    assert (source.calls, cache.stats.stale_hits) == (2, 50)


async def test_a_refresh_survives_garbage_collection(cache, key, clock):
    """A background refresh that nobody else refers to is not collected before it is done."""
    await cache.get(key, Source())
    clock.move(10)
    waiting, asked = [], asyncio.Event()

    async def load():
        asked.set()
        future = asyncio.get_running_loop().create_future()
        waiting.append(weakref.ref(future))
        return await future

    await cache.get(key, load)
    await asked.wait()
    gc.collect()
    future = waiting[0]()
    assert future is not None
    future.set_result(Kept(b"new", 10, 0))
    await landed(cache)
    assert (await cache.get(key, load)).value == b"new"


async def test_a_failing_refresh_leaves_the_stale_value(cache, key, clock):
    """Stale-if-error: the value stays until its stale life ends, the failure is logged, and is retried after a rest."""
    source = Source(b"old", fresh=10, stale=100)
    await cache.get(key, source)
    clock.move(10)
    source.release(RuntimeError("no answer"))
    with capture_logs() as logs:
        for _ in range(5):
            assert await cache.get(key, source) == Served(b"old", "stale")
            await landed(cache)
    assert source.calls == 2
    assert [(line["event"], line["error"]) for line in logs] == [("cache_refresh_failed", "RuntimeError: no answer")]
    clock.move(1)
    assert await cache.get(key, source) == Served(b"old", "stale")
    await landed(cache)
    assert source.calls == 3


async def test_the_end_of_the_stale_life_is_the_end(cache, key, clock):
    """Past fresh and stale together the value is served no more, not even instead of a failure."""
    source = Source(fresh=10, stale=100)
    await cache.get(key, source)
    clock.move(110)
    assert await cache.peek(key) is None
    source.release(RuntimeError("no answer"))
    with pytest.raises(RuntimeError, match="no answer"):
        await cache.get(key, source)


async def test_a_failure_reaches_all_who_wait(cache, key):
    """Without a value to fall back on every waiting caller gets the exception; the next get tries again."""
    source = Source()
    source.release(RuntimeError("no answer"))
    outcomes = await asyncio.gather(*(cache.get(key, source) for _ in range(20)), return_exceptions=True)
    assert [str(outcome) for outcome in outcomes] == ["no answer"] * 20
    assert source.calls == 1
    source.release(Kept(b"back", 10, 0))
    assert await cache.get(key, source) == Served(b"back", "miss")


async def test_an_absence_lives_shorter(cache, key, clock):
    """The loader decides: what it says lives 2 s is asked for again after 2 s, when a value of 10 s is still a hit."""
    absent, present = Source(b"absent", fresh=2, stale=0), Source(b"present", fresh=10, stale=0)
    await cache.get(f"{key}:a", absent)
    await cache.get(f"{key}:b", present)
    clock.move(2)
    assert (await cache.get(f"{key}:a", absent)).outcome == "miss"
    assert (await cache.get(f"{key}:b", present)).outcome == "hit"


async def test_what_has_no_life_is_not_kept(cache, key):
    """A value with no life at all is handed to those who wait, and to nobody else."""
    source = Source(fresh=0, stale=0)
    assert [(await cache.get(key, source)).outcome for _ in range(2)] == ["miss", "miss"]


async def test_one_cancelled_caller_hurts_nobody(cache, key):
    """The load goes on for the others, also when the caller who began it leaves."""
    source = Source()
    source.hold()
    first, second = (asyncio.create_task(cache.get(key, source)) for _ in range(2))
    await source.asked.wait()
    await until_waiting([first, second])
    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first
    source.release()
    assert await second == Served(b"v", "miss")
    assert source.calls == 1


async def test_a_load_nobody_waits_for_is_kept(cache, key):
    """When every caller has left, what arrives is still there for the next one."""
    source = Source()
    source.hold()
    only = asyncio.create_task(cache.get(key, source))
    await source.asked.wait()
    only.cancel()
    await asyncio.wait([only])
    source.release()
    await landed(cache)
    assert await cache.get(key, source) == Served(b"v", "hit")


async def test_a_failure_nobody_waits_for_is_logged(cache, key):
    """When every caller has left, a failing load is a line in the log, not an exception that was never retrieved."""
    source = Source()
    source.hold()
    only = asyncio.create_task(cache.get(key, source))
    await source.asked.wait()
    only.cancel()
    await asyncio.wait([only])
    with capture_logs() as logs:
        source.release(RuntimeError("no answer"))
        await landed(cache)
        await asyncio.sleep(0)
    gc.collect()
    assert [line["event"] for line in logs] == ["cache_load_failed"]


async def test_peek_neither_loads_nor_counts(cache, key, clock):
    """`peek` tells what is held and until when, and leaves the counters alone."""
    assert await cache.peek(key) is None
    await cache.get(key, Source(b"v", fresh=10, stale=100))
    entry = await cache.peek(key)
    assert (entry.value, entry.fresh_until - clock(), entry.stale_until - clock()) == (b"v", 10, 110)
    assert (cache.stats.hits, cache.stats.misses) == (0, 1)


async def test_drop_forgets_both_tiers(cache, key):
    """After a drop the next get loads."""
    source = Source()
    await cache.get(key, source)
    await cache.drop(key)
    assert await cache.peek(key) is None
    assert (await cache.get(key, source)).outcome == "miss"


async def test_what_was_being_loaded_when_dropped_is_not_kept(cache, key):
    """A drop is not undone by a load that began before it; whoever waited for that load still gets its value."""
    source = Source(b"before")
    source.hold()
    waiting = asyncio.create_task(cache.get(key, source))
    await source.asked.wait()
    await cache.drop(key)
    source.release()
    assert await waiting == Served(b"before", "miss")
    await landed(cache)
    assert await cache.peek(key) is None


async def test_a_load_may_not_take_for_ever(key, clock):
    """A loader that never answers is ended after `longest_load`, so that no flight is stuck."""
    cache, source = Cache.open(None, 10, clock=clock, longest_load=0.01), Source()
    source.hold()
    with pytest.raises(TimeoutError):
        await cache.get(key, source)
    source.release()
    assert (await cache.get(key, source)).outcome == "miss"


async def test_close_ends_what_is_being_loaded(key, clock):
    """A load still running at close is cancelled, and leaves no task behind."""
    cache, source = Cache.open(None, 10, clock=clock), Source()
    source.hold()
    waiting = asyncio.create_task(cache.get(key, source))
    await source.asked.wait()
    await cache.close()
    await landed(cache)
    with pytest.raises(asyncio.CancelledError):
        await waiting


async def test_the_memory_is_bounded(clock):
    """500 keys into a bound of 100 leave the 100 used last: an old one that was asked for again stays."""
    cache, popular = Cache.open(None, 100, clock=clock), Source()
    for n in range(500):
        await cache.get("0", popular)
        await cache.get(str(n), Source())
    assert popular.calls == 1
    held = [n for n in range(500) if await cache.peek(str(n)) is not None]
    assert held == [0, *range(401, 500)]
    assert len(cache._near._memory._cache) == 100


async def test_an_evicted_stale_value_still_stands_in_for_a_failure(clock):
    """Who joins a refresh because the stale value has left the memory gets that value if the refresh fails."""
    cache, source = Cache.open(None, 1, clock=clock), Source(b"old", fresh=10, stale=100)
    await cache.get("a", source)
    clock.move(10)
    source.hold()
    await cache.get("a", source)
    await source.asked.wait()
    await cache.get("b", Source())
    waiting = asyncio.create_task(cache.get("a", source))
    await until_waiting([waiting])
    source.release(RuntimeError("no answer"))
    assert await waiting == Served(b"old", "stale")
