"""Bluesky's Jetstream live: messages of a websocket, taken in every few seconds, with the cursor to go on from.

When the connection breaks it is made again, and messages are asked for from five seconds before the last that was kept:
Jetstream promises no more than that an older moment leaves no gap. What comes twice is recognised.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing, suppress
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from renown.engine.ingest.jetstream import COLLECTIONS, Event, event_acts
from renown.engine.ingest.json_lines import JsonLines
from renown.engine.ingest.keeping import Chunk, keep
from renown.engine.ingest.rows import Rows, Unreadable
from renown.engine.ingest.source import Source, source_of
from renown.engine.ingest.until import Until
from renown.engine.working_file import WorkingFile
from renown.errors import Unreachable
from renown.providers.web_sockets import messages_of

_EVERY = 2.0
_AT_ONCE = 20_000
_REWIND = 5_000_000  # microseconds
_LARGEST = "1000000"  # bytes: a message that breaks the connection would be sent again after each
_AHEAD = 3600.0
_LONGEST_PAUSE = 30.0
_MOST_FAILURES = 8


async def listen(
    file: WorkingFile, url: str, until: Until, on_kept: Callable[[Source], None] = lambda _: None
) -> tuple[Source, Source]:
    """Take in what the stream says until then; its source before and after.

    Raises:
        Unreachable: there was no connection eight times in a row.
    """
    listening = _Listening(file, source_of(file, _shown(url), "jetstream", _shown(url)), until, on_kept)
    before = listening.source
    try:
        with suppress(TimeoutError):
            async with asyncio.timeout(until.seconds):
                await listening.stay(url)
    finally:
        listening.keep()
    return before, listening.source


class _Listening:
    """What came and is not kept yet. `cursor` is of the last message that came."""

    def __init__(self, file: WorkingFile, source: Source, until: Until, on_kept: Callable[[Source], None]) -> None:
        self.source = source
        self._file, self._until, self._on_kept = file, until, on_kept
        self._reading = JsonLines(Event, self._event)
        self._rows, self._cursor, self._came = Rows(), int(source.cursor or 0), 0
        self._before = source.line
        self._kept_at = time.monotonic()

    async def stay(self, url: str) -> None:
        failures = 0
        while not self._enough():
            came = self._came
            try:
                async with aclosing(messages_of(_address(url, self._cursor))) as messages:
                    await self._take(messages)
            except Unreachable:
                failures = 1 if self._came > came else failures + 1
                if failures == _MOST_FAILURES:
                    raise
            if not self._enough():
                self.keep()
                await asyncio.sleep(min(_LONGEST_PAUSE, 0.25 * 2**failures))

    async def _take(self, messages: AsyncIterator[bytes]) -> None:
        async for message in messages:
            self._came += 1
            self._reading.read(self._before + self._came, message, self._rows)
            if self._enough():
                return
            if len(self._rows) >= _AT_ONCE or time.monotonic() - self._kept_at > _EVERY:
                self.keep()

    def keep(self) -> None:
        """Take in what came since the last time."""
        if self._cursor > int(self.source.cursor or 0) or len(self._rows):
            chunk = Chunk(self._rows, self._cursor, self._before + self._came, cursor=str(self._cursor))
            self.source = keep(self._file, chunk, "bluesky", self.source)
            self._rows = Rows()
            self._on_kept(self.source)
        self._kept_at = time.monotonic()

    def _event(self, number: int, event: Event, rows: Rows) -> None:
        if event.time_us > (time.time() + _AHEAD) * 1e6:
            raise Unreadable("time_us is ahead of the clock")
        event_acts(number, event, rows)
        self._cursor = max(self._cursor, event.time_us)

    def _enough(self) -> bool:
        return self._until.count is not None and self._came >= self._until.count


def _shown(url: str) -> str:
    """The stream without what may hold a key, and without where in it."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path or "/subscribe", "", ""))


def _address(url: str, cursor: int) -> str:
    """With the collections that are read, unless others are asked for, and from where."""
    parts = urlsplit(url)
    asked = parse_qsl(parts.query)
    if not any(name == "wantedCollections" for name, _ in asked):
        asked += [("wantedCollections", name) for name in COLLECTIONS]
    if not any(name == "maxMessageSizeBytes" for name, _ in asked):
        asked.append(("maxMessageSizeBytes", _LARGEST))
    if cursor:
        asked = [(name, value) for name, value in asked if name != "cursor"] + [("cursor", str(cursor - _REWIND))]
    return urlunsplit((parts.scheme, parts.netloc, parts.path or "/subscribe", urlencode(asked), ""))
