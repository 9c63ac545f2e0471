"""The one way out: paced, retried, bounded in time and size, and silent about keys.

A key travels in the query string, as these APIs want it, so nothing here puts a URL as it was sent into an error, a
log line or a reply.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import httpx
from aiolimiter import AsyncLimiter
from tenacity import AsyncRetrying, retry_if_exception

from renown.errors import InvalidReply, NotConfigured, QuotaExhausted, RateLimited, TimedOut, Unreachable
from renown.providers.allowance import Allowance, Unlimited
from renown.providers.bounded import BoundedBody
from renown.providers.breaker import Breaker
from renown.providers.configured import base_url_of
from renown.providers.contract import Asked, KeyedByHeader, Reply, Request
from renown.providers.http_client import BROKEN, http_client
from renown.providers.limits import pace_of
from renown.providers.retrying import may_pass, no_more, pause
from renown.providers.wire import is_server_trouble, refuse_errors
from renown.settings import Settings

_MOST_REDIRECTS = 3
_MARGIN = 1.1  # calls sent a little apart may arrive a little closer: the provider counts at its end


@dataclass(frozen=True, slots=True)
class _Line:
    """What stands ready for one provider."""

    slug: str
    name: str
    base: httpx.URL
    login: httpx.BasicAuth | None
    turns: AsyncLimiter
    breaker: Breaker
    next_in_line: asyncio.Lock = field(default_factory=asyncio.Lock)

    def address(self, request: Request) -> httpx.URL:
        """Where a request goes, with whatever the base URL's query carries, without the adapter's credentials."""
        return _joined(self.base, request)

    def shown(self, request: Request) -> str:
        """The same without anything that can hold a secret: no parameter from the settings."""
        return str(_joined(self.base.copy_with(query=None, fragment=None), request))


class Transport:
    """Sends requests for every asked provider of one process. Belongs to one event loop; `close` it there.

    `allowance` counts each call before it goes out; `now` is the clock by which providers are left alone
    and replies are stamped.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        allowance: Allowance | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._settings = settings
        self._allowance = allowance or Unlimited()
        self._now = now
        self._lines: dict[str, _Line] = {}
        self._client = http_client(settings.max_connections)  # the deadline of each call bounds it as a whole

    async def close(self) -> None:
        """Let go of every connection."""
        await self._client.aclose()

    async def send(
        self, provider: Asked, request: Request, deadline: float, *, on_call: Callable[[], None] | None = None
    ) -> Reply:
        """Ask, within a deadline (a moment of `time.monotonic`), and hand back whatever status comes below 500.

        A failed connection and a status of server trouble are tried again, at most twice, while the deadline allows.
        `on_call` is called each time a request goes out, retries and redirects among them.

        Raises:
            NotConfigured: the provider has no base URL, or one that is none.
            TimedOut, RateLimited: the deadline passed on the wire, or while waiting for a turn.
            Unreachable: no connection, server trouble to the last, or not asked after too many failures in a row.
            RateLimited, QuotaExhausted: it is left alone until a moment it named; or the day's calls are used up.
            InvalidReply: too large, not unpackable, or a redirect that is not followed.
        """
        line = self._line(provider)
        attempts = AsyncRetrying(
            sleep=asyncio.sleep,
            retry=retry_if_exception(may_pass),
            wait=pause,
            stop=lambda state: no_more(state, deadline),
            reraise=True,
        )
        return await attempts(self._attempt, line, provider, request, deadline, on_call or (lambda: None))

    def leave_alone(self, provider: Asked, refusal: RateLimited | QuotaExhausted) -> None:
        """Send this provider nothing until the moment its refusal named, whomever it was asked about."""
        self._line(provider).breaker.leave_alone(refusal)

    async def _attempt(
        self, line: _Line, provider: Asked, request: Request, deadline: float, on_call: Callable[[], None]
    ) -> Reply:
        line.breaker.check()
        await self._turn(line, deadline)
        with line.breaker.call():
            return await self._bounded(line, provider, request, deadline, on_call)

    async def _turn(self, line: _Line, deadline: float) -> None:
        """Wait until a call may go out, and count it against the day's quota just before.

        It is counted first, and by one at a time: after its turn a call must not be held up, or two go out at once.
        """
        try:
            async with _until(deadline), line.next_in_line:
                line.breaker.check()  # it may have opened meanwhile
                await self._allowance.take(line.slug)
                await line.turns.acquire()
        except TimeoutError:
            raise RateLimited(f"{line.name} may not be asked more often; no turn came within the deadline.") from None
        if time.monotonic() >= deadline:
            raise TimedOut(f"{line.name} was not asked: the deadline had passed.")

    async def _bounded(
        self, line: _Line, provider: Asked, request: Request, deadline: float, on_call: Callable[[], None]
    ) -> Reply:
        # What they say may hold the URL, so their own words and their traceback end here.
        try:
            async with _until(deadline):
                return await self._exchange(line, provider, request, on_call)
        except TimeoutError:
            raise TimedOut(f"{line.name} did not answer within the deadline.") from None
        except BROKEN:
            raise Unreachable(f"{line.name} cannot be reached.") from None

    async def _exchange(self, line: _Line, provider: Asked, request: Request, on_call: Callable[[], None]) -> Reply:
        address = line.address(request)
        headers = provider.secret_headers if isinstance(provider, KeyedByHeader) else {}
        for redirects in range(1 + _MOST_REDIRECTS):
            address = address.copy_merge_params(provider.credentials)
            if redirects:
                await self._allowance.take(line.slug)
            on_call()
            async with self._client.stream("GET", address, headers=headers, auth=line.login) as response:
                if response.next_request is None:
                    return await self._reply(line, request, response)
                address = _followed(line, address, response.next_request.url)
        raise InvalidReply(f"{line.name} redirects more than {_MOST_REDIRECTS} times.")

    async def _reply(self, line: _Line, request: Request, response: httpx.Response) -> Reply:
        body = b"" if is_server_trouble(response.status_code) else await self._body(line, response)
        reply = Reply(
            status=response.status_code,
            headers=dict(response.headers),
            body=body,
            url=line.shown(request),
            received_at=self._now(),
        )
        if is_server_trouble(reply.status):
            refuse_errors(reply, line.name)
        return reply

    async def _body(self, line: _Line, response: httpx.Response) -> bytes:
        try:
            body = BoundedBody(response.headers.get("content-encoding", ""), self._settings.body_limit_bytes)
            async for piece in response.aiter_raw():
                body.feed(piece)
            return body.whole()
        except ValueError as trouble:
            raise InvalidReply(f"{line.name}'s reply {trouble}.") from None

    def _line(self, provider: Asked) -> _Line:
        declaration = provider.declaration
        line = self._lines.get(declaration.slug)
        if line is None:
            base, login = _base_url(declaration.name, declaration.slug, base_url_of(provider, self._settings))
            # One turn at a time: a bucket of `pace` turns would let twice as many through in its first second.
            turns = AsyncLimiter(1, _MARGIN / pace_of(declaration, self._settings))
            line = _Line(declaration.slug, declaration.name, base, login, turns, self._breaker(declaration.name))
            self._lines[declaration.slug] = line
        return line

    def _breaker(self, name: str) -> Breaker:
        pause = timedelta(seconds=self._settings.breaker_seconds)
        return Breaker(name, failures=self._settings.breaker_failures, pause=pause, now=self._now)


def _base_url(name: str, slug: str, text: str | None) -> tuple[httpx.URL, httpx.BasicAuth | None]:
    """A provider's base URL without user and password, and those apart: aiohttp takes them from one place only."""
    setting = f"RENOWN_PROVIDERS__{slug.upper()}__BASE_URL"
    if not text:
        raise NotConfigured(f"{name} is not asked: it has no base URL.", f"Set {setting}.")
    try:
        url = httpx.URL(text)
    except httpx.InvalidURL:
        url = None
    if url is None or url.scheme not in ("http", "https") or not url.host:
        raise NotConfigured(f"{name} is not asked: its base URL is none.", f"Give {setting} as http(s)://host/path.")
    login = httpx.BasicAuth(url.username, url.password) if url.userinfo else None
    return url.copy_with(username=None, password=None), login


def _joined(base: httpx.URL, request: Request) -> httpx.URL:
    path = f"{base.path.rstrip('/')}/{request.path.lstrip('/')}"
    return base.copy_with(path=path).copy_merge_params(request.params)


def _followed(line: _Line, here: httpx.URL, there: httpx.URL) -> httpx.URL:
    """The redirect's target, if it is the same origin or the same host by TLS: a key goes nowhere else."""
    same = (here.scheme, here.host, here.port) == (there.scheme, there.host, there.port)
    upgraded = (here.scheme, here.port, there.scheme, there.port) == ("http", None, "https", None)
    if same or (upgraded and here.host == there.host):
        return there
    raise InvalidReply(f"{line.name} redirects to another host, where the key must not go.")


def _until(deadline: float) -> asyncio.Timeout:
    return asyncio.timeout(deadline - time.monotonic())
