"""Jetstream by a real websocket on the loopback address: connections that break, cursors, garbage, and when it ends."""

import json
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from ingest_samples import AT, event, like, post_uri

from renown.engine.ingest import live
from renown.engine.ingest.live import listen
from renown.engine.ingest.source import sources
from renown.engine.ingest.until import Until
from renown.errors import Unreachable

MESSAGES = [json.dumps(like(f"fan{n}", post_uri("star"), time_us=AT * 10**6 + n * 10**6)) for n in range(60)]


class Jetstream:
    """Gives its messages from the cursor on, and hangs up after so many; what was asked is kept."""

    def __init__(self, messages, hangs_up_after=1_000, stays=False):
        self.messages, self.hangs_up_after, self.stays = messages, hangs_up_after, stays
        self.asked = []

    async def subscribe(self, request):
        """One connection."""
        self.asked.append(dict(request.query) | {"wantedCollections": request.query.getall("wantedCollections", [])})
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        cursor, given = int(request.query.get("cursor", 0)), 0
        for message in self.messages:
            if json.loads(message).get("time_us", cursor) >= cursor if message.startswith("{") else True:
                await (socket.send_str(message) if isinstance(message, str) else socket.send_bytes(message))
                given += 1
            if given == self.hangs_up_after:
                break
        if self.stays:
            await socket.receive()
        await socket.close()
        return socket


@asynccontextmanager
async def serving(jetstream):
    """The stream's address."""
    app = web.Application()
    app.router.add_get("/subscribe", jetstream.subscribe)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"ws://127.0.0.1:{runner.addresses[0][1]}/subscribe"
    finally:
        await runner.cleanup()


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    """No pause between connections."""
    monkeypatch.setattr(live, "_LONGEST_PAUSE", 0.01)


async def test_what_the_stream_says_comes_in_until_the_count(stage):
    """Only the collections that are read are asked for."""
    jetstream = Jetstream(MESSAGES)
    async with serving(jetstream) as url:
        before, after = await listen(stage.file, url, Until(count=40))
    assert (before.events, after.events, after.line) == (0, 40, 40)
    assert jetstream.asked[0]["wantedCollections"] == list(live.COLLECTIONS)
    assert "cursor" not in jetstream.asked[0]


async def test_a_broken_connection_is_made_again_without_loss_or_doubling(stage):
    """From five seconds before the last message that came; what comes twice is recognised."""
    jetstream = Jetstream(MESSAGES, hangs_up_after=20)
    async with serving(jetstream) as url:
        await listen(stage.file, url, Until(count=78))
    assert len(stage.pairs()) == len({actor for actor, *_ in stage.pairs()}) == 60
    cursors = [int(asked["cursor"]) for asked in jetstream.asked[1:]]
    assert cursors[0] == (AT + 19 - 5) * 10**6
    assert len(cursors) == 3


async def test_another_run_goes_on_from_where_the_last_was(stage):
    """The same source, known by its address without query, key or cursor."""
    jetstream = Jetstream(MESSAGES)
    async with serving(jetstream) as url:
        await listen(stage.file, f"{url}?wantedCollections=app.bsky.feed.like", Until(count=30))
        await listen(stage.file, url.replace("//", "//user:secret@"), Until(count=36))
    (source,) = sources(stage.file)
    assert (source.events, source.repeated, source.line) == (60, 6, 66)
    assert "secret" not in str(source)
    assert jetstream.asked[0]["wantedCollections"] == ["app.bsky.feed.like"]
    assert int(jetstream.asked[1]["cursor"]) == (AT + 29 - 5) * 10**6


async def test_a_silent_stream_is_left_when_its_time_is_over(stage):
    """And what came before is kept."""
    async with serving(Jetstream(MESSAGES[:7], stays=True)) as url:
        _, after = await listen(stage.file, url, Until(seconds=0.5))
    assert after.events == 7


async def test_garbage_is_noted_and_moves_no_cursor(stage):
    """Neither does a moment ahead of the clock, behind which nothing would be given any more."""
    ahead = json.dumps(like("late", post_uri("star"), time_us=2**62))
    undone = json.dumps(event("fan1", "app.bsky.feed.like", "1", None, "delete", time_us=(AT + 99) * 10**6))
    garbage = ["not json", "{}", ahead, "\x00", undone]
    async with serving(Jetstream([*MESSAGES[:5], *garbage])) as url:
        _, after = await listen(stage.file, url, Until(count=10))
    assert (after.events, after.refused, after.withdrawn) == (5, 4, 1)
    assert int(after.cursor) == (AT + 99) * 10**6
    assert (8, "time_us is ahead of the clock") in stage.refused()


async def test_a_stream_that_is_not_there_is_given_up(stage):
    """After eight times, in words that hold no address."""
    with pytest.raises(Unreachable, match="The websocket cannot be reached"):
        await listen(stage.file, "ws://127.0.0.1:9/subscribe?key=secret", Until())
