"""What the cache's address may look like, and that nothing repeats the password in it."""

import pytest

from renown.errors import CannotServe
from renown.gateway.cache import Cache
from renown.gateway.cache_far import connect


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
