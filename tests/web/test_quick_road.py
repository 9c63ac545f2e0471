"""The quick road sends what the usual way sends, byte for byte but for the date, and leaves it what is not its own."""

import asyncio
import json
import re
import shutil
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest
import uvicorn

from renown.web import application
from served import settings_of

pytest.importorskip("httptools", reason="the quick road is built on httptools, which is not installed")

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from renown.web.endpoint import Endpoint
from renown.web.quick_road import QuickRoad


class Counting(QuickRoad):
    """Counts what it answers itself."""

    answered = 0

    def write(self, answer, *, stays_open):
        """Counted."""
        type(self).answered += 1
        super().write(answer, stays_open=stays_open)


def request(query, *headers, method="POST", target="/graphql", chunked=False, version="1.1"):
    """A request as it is written."""
    body = json.dumps({"query": query}).encode() if query is not None else b""
    lines = [f"{method} {target} HTTP/{version}", "host: renown", *headers]
    if body and not any(header.startswith("content-type") for header in headers):
        lines.append("content-type: application/json")
    if chunked:
        lines.append("transfer-encoding: chunked")
        body = b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in (body[:7], body[7:])) + b"0\r\n\r\n"
    elif body:
        lines.append(f"content-length: {len(body)}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


NETWORKS = request("{ networks }")
LARGE = request("{ ranking(first: 12) { nodes { id place voice { id name { id value } } composite { id value } } } }")
BY_GET = request(None, method="GET", target="/graphql?query=%7Bnetworks%7D")
TAG = '"bd13b0d1da44d2dfbfc55e4ab67967ea"'
LAST = request("{ networks }", "connection: close")

# Each is what one connection sends, and how many of it the quick road answers.
EXCHANGES = {
    "one": ([LAST], 1),
    "one after another": ([NETWORKS, NETWORKS, LAST], 3),
    "by GET": ([BY_GET, LAST], 2),
    "unchanged": (
        [request(None, f"if-none-match: {TAG}", method="GET", target="/graphql?query=%7Bnetworks%7D"), LAST],
        2,
    ),
    "HEAD": ([request(None, method="HEAD", target="/graphql?query=%7Bnetworks%7D"), LAST], 1),
    "chunked": ([request("{ networks }", chunked=True), LAST], 2),
    "much of it": ([LARGE] * 30 + [LAST], 31),
    "another media type": ([request("{ networks }", "accept: application/graphql-response+json"), LAST], 2),
    "no media type": ([request("{ networks }", "accept: text/html"), LAST], 1),
    "HTTP/1.0": ([request("{ networks }", version="1.0")], 0),
    "expecting 100": ([request("{ networks }", "expect: 100-continue"), LAST], 1),
    "a large body": ([request("{ networks }" + " " * 70_000), LAST], 1),
    "too large a body": ([request("{ networks }" + " " * 1_100_000)], 0),
    "no JSON": ([request("{ networks }", "content-type: text/plain"), LAST], 1),
    "no query": ([request(""), LAST], 1),
    "an error": ([request("{ nothing }"), LAST], 2),
    "not kept": ([request("{ providers { state } }"), NETWORKS, LAST], 3),
    "by a key": ([request("{ networks }", "authorization: Bearer x"), LAST], 2),
    "another address": ([request(None, method="GET", target="/nothing"), LAST], 1),
    "another method": ([request("{ networks }", method="PUT"), LAST], 1),
    "an upgrade": ([request(None, "connection: upgrade", "upgrade: h2c", method="GET", target="/graphql")], 0),
    "no HTTP": ([NETWORKS, b"nonsense\r\n\r\n"], 1),
}


@asynccontextmanager
async def serving(database, protocol, **more) -> AsyncIterator[int]:
    """The application on a port of its own, with this protocol."""
    settings = settings_of(database, notice_seconds=600, public_url="http://renown")
    config = uvicorn.Config(application(settings), http=protocol, log_config=None, access_log=False, **more)
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        running = asyncio.create_task(server.serve([listener]))
        while not server.started:  # noqa: ASYNC110 - it tells nobody
            await asyncio.sleep(0.01)
        try:
            yield listener.getsockname()[1]
        finally:
            server.should_exit = True
            await running


async def exchange(port, sent, *, at_once):
    """All that is sent back until the server closes, without the date; at once, or one answer after another."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    received = b""
    for part in [b"".join(sent)] if at_once else sent:
        writer.write(part)
        await writer.drain()
        if not at_once and part is not sent[-1]:
            received += await one_answer(reader, is_head=part.startswith(b"HEAD"))
    with suppress(ConnectionResetError):  # it closes with much of a large body unread
        while more := await reader.read(65_536):
            received += more
    writer.close()
    with suppress(ConnectionResetError):
        await writer.wait_closed()
    return re.sub(rb"date: [^\r]*\r\n", b"", received)


async def one_answer(reader, *, is_head):
    """The bytes of one answer."""
    head = await reader.readuntil(b"\r\n\r\n")
    if head.startswith(b"HTTP/1.1 100"):
        return head + await one_answer(reader, is_head=is_head)
    length = re.search(rb"content-length: (\d+)", head)
    return head + (b"" if is_head or length is None else await reader.readexactly(int(length[1])))


@pytest.mark.parametrize("at_once", [False, True], ids=["in turn", "pipelined"])
async def test_both_ways_send_the_same_bytes(demo_file, tmp_path, at_once):
    """Every exchange has the same answer on both roads, and the quick road gives just those that are its own."""
    paths = [shutil.copy(demo_file, tmp_path / f"{number}.db") for number in range(2)]
    async with serving(paths[0], HttpToolsProtocol) as usual, serving(paths[1], Counting) as quick:
        for port in (usual, quick):
            for first in (
                NETWORKS,
                LARGE,
                BY_GET,
                request("{ networks }", "accept: application/graphql-response+json"),
            ):
                await exchange(port, [first, LAST], at_once=False)
        for name, (sent, own) in EXCHANGES.items():
            if at_once and name == "no HTTP":
                continue  # the usual way has not begun with the request before it, and drops that too
            Counting.answered = 0
            expected = await exchange(usual, sent, at_once=at_once)
            assert await exchange(quick, sent, at_once=at_once) == expected, name
            if not at_once:
                assert Counting.answered == own, name
            assert expected.startswith(b"HTTP/1.1 "), name


async def test_what_is_logged_or_limited_goes_the_usual_way(demo_file, tmp_path):
    """Where connections are counted or requests logged, the quick road answers nothing."""
    async with serving(shutil.copy(demo_file, tmp_path / "a.db"), Counting, limit_concurrency=100) as port:
        await exchange(port, [NETWORKS, LAST], at_once=False)
        Counting.answered = 0
        assert b"networks" in await exchange(port, [NETWORKS, LAST], at_once=False)
    assert Counting.answered == 0


async def test_a_server_that_ends_answers_what_it_is_reading(demo_file, tmp_path):
    """A request whose body is still on its way when the server is told to end is answered, and then it ends."""
    async with serving(shutil.copy(demo_file, tmp_path / "a.db"), Counting) as port:
        await exchange(port, [NETWORKS, LAST], at_once=False)
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(NETWORKS[:-5])
        await asyncio.sleep(0.1)
        ending = asyncio.get_running_loop().call_later(0.3, writer.write, NETWORKS[-5:])
    assert b'{"data":{"networks"' in await reader.read()
    assert not ending.cancelled()
    writer.close()


@pytest.fixture
def held(monkeypatch):
    """Operations that go on only once the event is set, and how many have begun."""
    may_end, begun, execute = asyncio.Event(), [], Endpoint.execute

    async def waiting(self, asked, context):
        begun.append(asked)
        await may_end.wait()
        return await execute(self, asked, context)

    monkeypatch.setattr(Endpoint, "execute", waiting)
    return may_end, begun


async def test_a_server_that_ends_answers_what_is_under_way(demo_file, tmp_path, held):
    """An operation that runs when the server is told to end is answered, and the connection is closed with it."""
    may_end, begun = held
    async with serving(shutil.copy(demo_file, tmp_path / "a.db"), Counting) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(NETWORKS)
        while not begun:  # noqa: ASYNC110 - it tells nobody
            await asyncio.sleep(0.01)
        asyncio.get_running_loop().call_later(0.3, may_end.set)
    answer = await reader.read()
    assert b"connection: close\r\n" in answer
    assert b'{"data":{"networks"' in answer
    writer.close()


async def test_who_goes_away_is_not_answered(demo_file, tmp_path, held):
    """Nothing is written for a client that left while its operation ran, and others are answered as before."""
    may_end, begun = held
    async with serving(shutil.copy(demo_file, tmp_path / "a.db"), Counting) as port:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(NETWORKS)
        while not begun:  # noqa: ASYNC110 - it tells nobody
            await asyncio.sleep(0.01)
        writer.transport.abort()
        await asyncio.sleep(0.1)
        Counting.answered = 0
        may_end.set()
        assert b'{"data":{"networks"' in await exchange(port, [LAST], at_once=False)
    assert Counting.answered == 1
