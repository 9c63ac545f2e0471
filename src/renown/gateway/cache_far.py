"""The far tier: a Valkey or Redis shared by all processes, or none.

It can only ever help. Each call gives None when there is no server, or when it does not answer: then it is left alone
for a moment, so that an outage costs one patience and one line in the log, and not one of each a call.
"""

import asyncio
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import unquote, urlsplit

import msgspec
import structlog

from renown.errors import CannotServe
from renown.gateway.cache_entry import Entry

if TYPE_CHECKING:
    from aiocache import RedisCache

_CONNECTIONS = 32
_PATIENCE_SECONDS = 1.0
_REST_SECONDS = 5.0
_POLL_SECONDS = 0.05
_BY_TLS = {"redis": False, "valkey": False, "rediss": True, "valkeys": True}

_log = structlog.get_logger(__name__)
_decoder = msgspec.msgpack.Decoder(Entry)
_T = TypeVar("_T")


def connect(url: str) -> "RedisCache":
    """An aiocache client for `redis://`, `rediss://`, `valkey://` or `valkeys://[user[:password]@]host[:port][/db]`.

    Nothing is sent yet. User name and password are percent-decoded.

    Raises:
        CannotServe: the address cannot be read. The sentence never repeats it, since it may hold a password.
    """
    from aiocache import RedisCache
    from aiocache.serializers import NullSerializer
    from redis.asyncio import BlockingConnectionPool, Connection, SSLConnection

    try:
        parts = urlsplit(url)
        by_tls, port = _BY_TLS[parts.scheme], parts.port or 6379
        database = int(parts.path.strip("/") or 0)
    except (ValueError, KeyError):
        raise _unreadable() from None
    if not parts.hostname or parts.query or parts.fragment:
        raise _unreadable()
    return RedisCache(
        endpoint=parts.hostname,
        port=port,
        db=database,
        password=unquote(parts.password) if parts.password else None,
        create_connection_timeout=_PATIENCE_SECONDS,
        pool_max_size=_CONNECTIONS,
        connection_pool_class=BlockingConnectionPool,  # the default one raises under load where this one waits
        connection_pool_kwargs={
            "username": unquote(parts.username) if parts.username else None,
            "connection_class": SSLConnection if by_tls else Connection,
            "socket_timeout": _PATIENCE_SECONDS,
            "timeout": _PATIENCE_SECONDS,
        },
        serializer=NullSerializer(encoding=None),  # bytes in, bytes out
        timeout=0,  # the sockets have theirs
    )


def _unreadable() -> CannotServe:
    return CannotServe(
        "The address of the cache cannot be read.",
        "Write RENOWN_CACHE_URL as valkey://user:password@host:6379/0 (or redis://; with TLS valkeys:// or rediss://), "
        "and /, ?, #, @ and % in the password as %2F, %3F, %23, %40 and %25.",
    )


class Far:
    """Entries and locks in the shared server. `errors` counts the calls that failed."""

    def __init__(self, url: str | None, clock: Callable[[], float]) -> None:
        self._server = connect(url) if url else None
        self._clock = clock
        self._down = False
        self._rest_until = 0.0
        self._slots = asyncio.Semaphore(_CONNECTIONS)
        self.errors = 0

    async def read(self, key: str) -> Entry | None:
        """The entry, whatever its age; None also for bytes that are no entry of ours."""
        data = await self._ask(lambda server: server.get(key))
        try:
            return None if data is None else _decoder.decode(data)
        except msgspec.MsgspecError:
            return None

    async def write(self, key: str, entry: Entry) -> None:
        """Keep the entry until it may not be served any more."""
        seconds = float(entry.stale_until - self._clock())  # of whole numbers aiocache would make deprecated calls
        if seconds >= 0.001:
            data = msgspec.msgpack.encode(entry)
            await self._ask(lambda server: server.set(key, data, ttl=seconds))

    async def forget(self, key: str) -> None:
        """Drop the entry, if there is one."""
        await self._ask(lambda server: server.delete(key))

    @asynccontextmanager
    async def turn(self, key: str, lease: float) -> AsyncIterator[None]:
        """One process at a time: enters at once, or when the process that holds the lock has let go of it.

        What that one has loaded is then there to `read`. Only one holder is waited for: should it fail, those who
        waited go on side by side, rather than queue up behind one another's deadlines. `lease` (seconds) ends the
        lock of a process that died.
        """
        lock, token = f"{key}:lock", secrets.token_hex(16)
        try:
            if not await self._lock(lock, token, lease):
                holder = await self._ask(lambda server: server.get(lock))
                while holder and holder == await self._ask(lambda server: server.get(lock)):  # noqa: ASYNC110 - another process
                    await asyncio.sleep(_POLL_SECONDS)
                await self._lock(lock, token, lease)
            yield
        finally:
            await self._ask(lambda server: server.raw("eval", server.RELEASE_SCRIPT, 1, lock, token))

    async def _lock(self, lock: str, token: str, lease: float) -> bool:
        """Whether nobody else holds it: it is ours now, or there is no server to ask."""
        try:
            await self._ask(lambda server: server.add(lock, token, ttl=float(lease)))
        except ValueError:  # aiocache's word for "it exists"
            return False
        return True

    async def close(self) -> None:
        """Close the connections."""
        if self._server is not None:
            await self._server.client.aclose()  # aiocache's own close() makes a deprecated call

    async def _ask(self, call: Callable[[Any], Awaitable[_T]]) -> _T | None:
        if self._server is None:
            return None
        from redis.exceptions import RedisError

        async with self._slots:  # a busy pool is no outage; and who queued when one began need not wait for it
            if self._clock() < self._rest_until:
                return None
            try:
                answer = await call(self._server)
            except (RedisError, OSError) as error:
                self._failed(error)
                return None
        if self._down:
            self._down, self._rest_until = False, 0.0
            _log.info("cache_far_back", server=repr(self._server))
        return answer

    def _failed(self, error: Exception) -> None:
        self.errors += 1
        self._rest_until = self._clock() + _REST_SECONDS
        if not self._down:
            self._down = True
            _log.warning("cache_far_down", server=repr(self._server), error=f"{type(error).__name__}: {error}")
