"""Statuses of a Mastodon instance by its API, page by page: what is newer than last time, then ever older ones.

    https://mastodon.social               its public timeline
    https://mastodon.social/tags/uk       a hashtag
    https://mastodon.social/@Gargron      an account's own
    https://mastodon.social/api/v1/...    any other method that gives statuses

Pages are kept one by one with the ids between which everything is known, so that the next reading leaves no gap. It is
asked as every provider is: at the pace of the settings, bounded, tried again. Where the instance sets a limit it is
waited for.
Source: docs.joinmastodon.org, api/guidelines#pagination, methods/timelines and methods/accounts#statuses.
"""

import asyncio
import hashlib
import re
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import parse_qs, parse_qsl, quote, urlsplit

import msgspec

from renown.engine.ingest.json_lines import JsonLines
from renown.engine.ingest.keeping import Chunk, keep
from renown.engine.ingest.rows import Rows
from renown.engine.ingest.source import Source, source_of
from renown.engine.ingest.statuses import Status, status_acts
from renown.engine.ingest.until import Until
from renown.engine.working_file import WorkingFile
from renown.errors import BadRequest, InvalidReply, ProviderFailure
from renown.providers.contract import Reply, Request
from renown.providers.mastodon import Mastodon
from renown.providers.network_refusals import over_limit
from renown.providers.transport import Transport
from renown.providers.wire import at, decode, refuse_errors
from renown.settings import Settings

_PAGE = "40"
_PATIENCE = 30.0
_LARGEST = 16_000_000
_LONGEST_WAIT = 900.0
_LINK = re.compile(r'<([^<>]*)>\s*;[^,]*?\brel="?(next|prev)\b')


class _Known(msgspec.Struct):
    """Between which ids everything is known, and whether there is nothing older."""

    newest: str | None = None
    oldest: str | None = None
    to_the_end: bool = False


class _Identified(msgspec.Struct):
    id: str


@dataclass(frozen=True, slots=True)
class _Page:
    statuses: list[msgspec.Raw]
    newer: str | None
    older: str | None


async def read_instance(
    file: WorkingFile, url: str, until: Until, settings: Settings, on_kept: Callable[[Source], None] = lambda _: None
) -> tuple[Source, Source]:
    """Take in statuses until then, or until there are no more; the source before and after.

    Raises:
        ProviderFailure: the instance cannot be reached, does not answer strangers, or answers something else.
    """
    parts = urlsplit(url)
    if not parts.hostname:
        raise BadRequest(f"{url[:100]!r} is no address of an instance.", "Give one like https://mastodon.social.")
    base = f"{parts.scheme}://{parts.netloc}"
    given = settings.provider("mastodon").model_copy(update={"base_url": base})
    changed = {"providers": {"mastodon": given}, "body_limit_bytes": max(_LARGEST, settings.body_limit_bytes)}
    transport = Transport(settings.model_copy(update=changed))
    try:
        asking = _Asking(transport, Mastodon(given))
        path, params = await asking.method(parts.path, dict(parse_qsl(parts.query)))
        name = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{path}"
        # Digested, for a parameter may be a token.
        digest = hashlib.sha256(repr((name, sorted(params.items()))).encode()).hexdigest()
        source = source_of(file, name, "mastodon", digest)
        reading = _Reading(file, source, until, on_kept)
        with suppress(TimeoutError):
            async with asyncio.timeout(until.seconds):
                await reading.go_on(lambda more: asking.page(path, {"limit": _PAGE, **params, **more}))
        return source, reading.source
    finally:
        await transport.close()


class _Asking:
    def __init__(self, transport: Transport, provider: Mastodon) -> None:
        self._transport, self._provider = transport, provider

    async def method(self, path: str, params: dict[str, str]) -> tuple[str, dict[str, str]]:
        """The method that gives the statuses of a page that people look at."""
        path = path.rstrip("/")
        if path.startswith("/api/"):
            return path, params
        if path.startswith("/tags/"):
            return f"/api/v1/timelines/tag/{quote(path.removeprefix('/tags/'))}", params
        if not path.startswith("/@"):
            return "/api/v1/timelines/public", params
        found = await self._ask("/api/v1/accounts/lookup", {"acct": path.removeprefix("/@")})
        return f"/api/v1/accounts/{quote(str(at(decode(found, 'Mastodon'), 'id')))}/statuses", params

    async def page(self, path: str, params: Mapping[str, str]) -> _Page:
        reply = await self._ask(path, params)
        try:
            statuses = msgspec.json.decode(reply.body, type=list[msgspec.Raw])
        except (msgspec.MsgspecError, RecursionError):
            raise InvalidReply("The instance sent something else than statuses.", "Check the address.") from None
        links = {rel: parse_qs(urlsplit(url).query) for url, rel in _LINK.findall(reply.headers.get("link", ""))}
        newer, older = links.get("prev", {}).get("min_id"), links.get("next", {}).get("max_id")
        return _Page(statuses, newer[0] if newer else _id(statuses[:1]), older[0] if older else _id(statuses[-1:]))

    async def _ask(self, path: str, params: Mapping[str, str]) -> Reply:
        while True:
            request = Request(step="statuses", path=path, params=params, accounts=())
            reply = await self._transport.send(self._provider, request, time.monotonic() + _PATIENCE)
            if reply.status != 429:
                refuse_errors(reply, "The Mastodon instance")
                return reply
            await asyncio.sleep(_wait(over_limit(reply, "Mastodon", resets="x-ratelimit-reset")))


class _Reading:
    def __init__(self, file: WorkingFile, source: Source, until: Until, on_kept: Callable[[Source], None]) -> None:
        self.source = source
        self._file, self._until, self._on_kept = file, until, on_kept
        self._known = msgspec.json.decode(source.cursor or "{}", type=_Known)
        self._reading = JsonLines(Status, status_acts)
        self._came = 0

    async def go_on(self, page: Callable[[dict[str, str]], Awaitable[_Page]]) -> None:
        known = self._known
        while known.newest is not None and not self._enough():
            newer = await page({"min_id": known.newest})
            if not newer.statuses or newer.newer in {None, known.newest}:
                break
            known.newest = newer.newer
            self._keep(newer)
        while not known.to_the_end and not self._enough():
            older = await page({"max_id": known.oldest} if known.oldest else {})
            known.newest = known.newest or older.newer
            known.to_the_end = not older.statuses or older.older in {None, known.oldest}
            known.oldest = older.older or known.oldest
            self._keep(older)

    def _keep(self, page: _Page) -> None:
        rows = Rows()
        for number, status in enumerate(page.statuses, start=self.source.line + 1):
            self._reading.read(number, bytes(status), rows)
        self._came += len(page.statuses)
        line, cursor = self.source.line + len(page.statuses), msgspec.json.encode(self._known).decode()
        self.source = keep(self._file, Chunk(rows, line, line, cursor=cursor), "mastodon", self.source)
        self._on_kept(self.source)

    def _enough(self) -> bool:
        return self._until.count is not None and self._came >= self._until.count


def _id(statuses: list[msgspec.Raw]) -> str | None:
    try:
        return msgspec.json.decode(statuses[0], type=_Identified).id if statuses else None
    except msgspec.MsgspecError:
        return None


def _wait(limit: ProviderFailure) -> float:
    seconds = (limit.retry_at - datetime.now(UTC)).total_seconds() if limit.retry_at else 1.0
    return min(max(0.0, seconds), _LONGEST_WAIT)
