"""What holds between caches on one real Valkey: one load for all processes, locks that end, entries that are shared."""

import asyncio
import sys
import uuid

import pytest
import pytest_asyncio
from cache_stage import Clock, Source, landed, until_waiting
from redis.asyncio import Redis

from renown.gateway.cache import Cache, Kept, Served


@pytest.fixture
def clock():
    """Moved by hand, and the same for both caches."""
    return Clock()


@pytest.fixture
def key():
    """Unlike any other, since the server may be shared by all tests."""
    return f"test:{uuid.uuid4().hex}"


@pytest_asyncio.fixture
async def server(valkey_url):
    """A plain client, to see what the caches leave behind."""
    async with Redis.from_url(valkey_url.replace("valkey://", "redis://")) as client:
        yield client


@pytest_asyncio.fixture
async def pair(valkey_url, clock):
    """Two caches with nothing in common but the server, as two processes have."""
    caches = [Cache.open(valkey_url, 100, clock=clock, longest_load=20) for _ in range(2)]
    yield caches
    for cache in caches:
        assert cache.stats.far_errors == 0
        await cache.close()


async def test_two_caches_load_once(pair, key):
    """100 gets on each of two caches make one call between them."""
    source = Source()
    served = await asyncio.gather(*(cache.get(key, source) for cache in pair for _ in range(100)))
    assert {each.value for each in served} == {b"v"}
    assert source.calls == 1


_PROCESS = """
import asyncio, sys
from redis.asyncio import Redis
from renown.gateway.cache import Cache, Kept

async def main(url, key):
    server, cache = Redis.from_url(url), Cache.open(url, 100)
    async def load():
        await server.incr(key + ":loads")
        await asyncio.sleep(0.2)
        return Kept(b"shared", 60, 0)
    await server.ping()
    print("ready", flush=True)
    sys.stdin.readline()
    served = await asyncio.gather(*(cache.get(key, load) for _ in range(50)))
    print(len(served), *{each.value.decode() for each in served}, cache.stats.far_errors, flush=True)
    await cache.close()
    await server.aclose()

asyncio.run(main(*sys.argv[1:]))
"""


async def test_three_processes_load_once(valkey_url, server, key):
    """50 gets in each of three real processes make one call between them all."""
    pipe = asyncio.subprocess.PIPE
    url = valkey_url.replace("valkey://", "redis://")
    processes = [
        await asyncio.create_subprocess_exec(sys.executable, "-c", _PROCESS, url, key, stdin=pipe, stdout=pipe)
        for _ in range(3)
    ]
    for process in processes:
        assert await process.stdout.readline() == b"ready\n"
    said = await asyncio.gather(*(process.communicate(b"go\n") for process in processes))
    assert [out for out, _ in said] == [b"50 shared 0\n"] * 3
    assert await server.get(f"{key}:loads") == b"1"


async def test_what_one_loaded_is_a_hit_for_the_other(pair, key):
    """A value in the far tier needs no load, and is kept near."""
    first, second = pair
    await first.get(key, Source(b"one"))
    untouched = Source()
    assert await second.get(key, untouched) == Served(b"one", "hit")
    assert await second._near.read(f"renown:v1:{key}") is not None
    assert untouched.calls == 0


async def test_a_stale_far_value_is_served_and_refreshed_behind(pair, key, clock):
    """A cache that holds nothing itself serves the far tier's stale value at once."""
    first, second = pair
    await first.get(key, Source(b"old", fresh=10, stale=100))
    clock.move(10)
    source = Source(b"new")
    source.hold()
    assert await second.get(key, source) == Served(b"old", "stale")
    await source.asked.wait()
    source.release()
    await landed(second)
    assert await second.get(key, source) == Served(b"new", "hit")


async def test_a_refresh_of_one_serves_the_other(pair, key, clock):
    """Who finds its own copy stale takes what the other has refreshed, and does not load."""
    first, second = pair
    source = Source(b"old", fresh=10, stale=100)
    for cache in pair:
        await cache.get(key, source)
    clock.move(10)
    source.release(Kept(b"new", 10, 100))
    for cache in pair:
        assert (await cache.get(key, source)).value == b"old"
        await landed(cache)
    assert await second.get(key, source) == Served(b"new", "hit")
    assert (first.stats.loads, second.stats.loads) == (2, 0)


async def test_who_waited_for_a_failure_loads_itself(pair, key):
    """The holder's exception is the holder's: the process that waited for it asks once on its own account."""
    failing, working = Source(), Source(b"fine")
    failing.hold()
    first = asyncio.create_task(pair[0].get(key, failing))
    await failing.asked.wait()
    second = asyncio.create_task(pair[1].get(key, working))
    await until_waiting([second])
    assert working.calls == 0
    failing.release(RuntimeError("no answer"))
    with pytest.raises(RuntimeError):
        await first
    assert await second == Served(b"fine", "miss")


async def test_the_lock_is_released(pair, key, server):
    """No lock is left after a load, nor after a failure."""
    source = Source()
    await pair[0].get(key, source)
    source.release(RuntimeError("no answer"))
    with pytest.raises(RuntimeError):
        await pair[0].get(f"{key}:other", source)
    assert [name async for name in server.scan_iter(f"*{key}*:lock")] == []


async def test_the_lock_is_released_by_its_token_only(pair, key, server):
    """A lock that has meanwhile passed to somebody else stays theirs."""
    source, lock = Source(), f"renown:v1:{key}:lock"
    source.hold()
    waiting = asyncio.create_task(pair[0].get(key, source))
    await source.asked.wait()
    await server.set(lock, "somebody else", px=60_000)
    source.release()
    await waiting
    assert await server.get(lock) == b"somebody else"


async def test_the_lease_outlives_the_longest_load(pair, key, server):
    """The lock cannot run out while its holder may still be loading."""
    source = Source()
    source.hold()
    waiting = asyncio.create_task(pair[0].get(key, source))
    await source.asked.wait()
    left = await server.pttl(f"renown:v1:{key}:lock")
    source.release()
    await waiting
    assert left > pair[0]._longest_load * 1000


async def test_a_dead_holder_holds_nobody_up_for_ever(pair, key, server):
    """When the lock of a process that died runs out, whoever waited loads."""
    await server.set(f"renown:v1:{key}:lock", "died", px=150)
    assert (await pair[0].get(key, Source())).outcome == "miss"


async def test_keys_carry_the_version(pair, key, server):
    """Everything in the far tier stands under `renown:v1:` and ends by itself."""
    await pair[0].get(key, Source(fresh=10, stale=100))
    assert [name async for name in server.scan_iter(f"*{key}*")] == [f"renown:v1:{key}".encode()]
    assert 0 < await server.pttl(f"renown:v1:{key}") <= 110_000


async def test_foreign_bytes_are_no_entry(pair, key, server):
    """What cannot be read as an entry counts as absent, and is replaced."""
    await server.set(f"renown:v1:{key}", b"\x80\x04not ours")
    assert await pair[0].get(key, Source(b"ours")) == Served(b"ours", "miss")
    assert await pair[1].get(key, Source()) == Served(b"ours", "hit")


async def test_more_askers_than_connections_wait(pair):
    """500 keys at once through a bounded pool: all are answered, none fails for want of a connection."""
    source = Source()
    served = await asyncio.gather(*(pair[0].get(f"{uuid.uuid4()}", source) for _ in range(500)))
    assert len(served) == 500
    assert pair[0].stats.far_errors == 0
