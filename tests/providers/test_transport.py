"""The transport against servers on real ports that behave as badly as servers do."""

import asyncio
import gzip
import logging
import socket
import time
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest
from loopback import hang, serving
from provider_replies import request_for, settings_with
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response, StreamingResponse

from renown.errors import InvalidReply, NotConfigured, ProviderFailure, RateLimited, TimedOut, Unreachable
from renown.providers.klout_v2 import KloutV2
from renown.providers.transport import Transport
from renown.settings import Settings

KEY = "s3cr3t"


@asynccontextmanager
async def transport_to(base_url, **given):
    """A transport whose only provider is Klout, and that provider."""
    provider = settings_with(base_url=base_url)
    transport = Transport(Settings(providers={"klout": provider}, pace_per_second=1000, **given))
    try:
        yield transport, KloutV2(provider)
    finally:
        await transport.close()


async def ask_once(endpoint, *, seconds=5.0, path="", **given):
    """What one request brings from a server, and how often it was asked."""
    calls = []
    with serving(endpoint) as base:
        async with transport_to(base + path, **given) as (transport, klout):
            request = request_for("identity", params={"screenName": "a b"})
            deadline = time.monotonic() + seconds
            try:
                brought = await transport.send(klout, request, deadline, on_call=lambda: calls.append(1))
            except ProviderFailure as failure:
                brought = failure
    return brought, len(calls)


async def test_a_request_carries_the_key_and_the_reply_does_not():
    """The key is a query parameter on the wire; the reply's URL has the path and parameters without it."""
    seen = []

    async def echo(request):
        seen.append((request.url.path, dict(request.query_params)))
        return JSONResponse({"score": 1}, headers={"X-Mashery-Responder": "m"})

    reply, calls = await ask_once(echo, path="/v2/")
    assert seen == [("/v2/identity", {"screenName": "a b", "key": KEY})]
    assert reply.url.endswith("/v2/identity?screenName=a+b") or reply.url.endswith("/v2/identity?screenName=a%20b")
    assert (reply.status, reply.body, reply.headers["x-mashery-responder"]) == (200, b'{"score":1}', "m")
    assert reply.received_at.tzinfo is UTC
    assert calls == 1


async def test_secrets_of_the_base_url_stay_out_of_the_reply():
    """A password or token that is part of the base URL is sent, and not shown."""

    async def ok(request):
        assert request.query_params["token"] == "hidden"
        return Response(b"{}")

    with serving(ok) as base:
        async with transport_to(base.replace("//", "//user:hidden@") + "/v2?token=hidden") as (transport, klout):
            reply = await transport.send(klout, request_for("identity"), time.monotonic() + 5)
    assert reply.status == 200
    assert reply.url == f"{base}/v2/identity"


@pytest.mark.parametrize("status", [400, 403, 404, 429, 596])
async def test_statuses_below_server_trouble_are_handed_on(status):
    """What a status means is the adapter's to say; nothing is tried again."""

    async def answer(_request):
        return HTMLResponse("<h1>no</h1>", status)

    reply, calls = await ask_once(answer)
    assert (reply.status, reply.body, calls) == (status, b"<h1>no</h1>", 1)


async def test_server_trouble_is_tried_again():
    """A status of server trouble may pass: the third attempt's answer counts."""
    statuses = [500, 503, 200]

    async def answer(_request):
        return Response(b"{}", statuses.pop(0))

    reply, calls = await ask_once(answer)
    assert (reply.status, calls) == (200, 3)


async def test_lasting_server_trouble_is_unreachable():
    """After three attempts it is left at that."""

    async def answer(_request):
        return Response(status_code=500)

    failure, calls = await ask_once(answer)
    assert (type(failure), calls) == (Unreachable, 3)


async def test_a_long_retry_after_is_not_waited_for():
    """Asking again before the provider said so is useless: the failure names the moment instead."""

    async def answer(_request):
        return Response(status_code=503, headers={"Retry-After": "600"})

    failure, calls = await ask_once(answer)
    assert (type(failure), calls) == (Unreachable, 1)
    assert failure.retry_at > datetime.now(UTC) + timedelta(minutes=5)


async def test_a_short_retry_after_is_obeyed():
    """A date that has come is waited for no longer."""
    headers = [{"Retry-After": "0"}]

    async def answer(_request):
        return Response(b"{}", 503, headers.pop()) if headers else Response(b"{}")

    reply, calls = await ask_once(answer)
    assert (reply.status, calls) == (200, 2)


async def test_a_server_that_hangs_times_out():
    """No answer within the deadline is one clear failure, not tried again."""
    failure, calls = await ask_once(hang, seconds=0.2)
    assert (type(failure), calls) == (TimedOut, 1)


async def test_a_body_that_drips_times_out():
    """The deadline bounds the whole reply, not the wait for each piece."""

    async def drip(_request):
        async def pieces():
            while True:
                yield b" "
                await asyncio.sleep(0.01)

        return StreamingResponse(pieces())

    failure, _ = await ask_once(drip, seconds=0.2)
    assert type(failure) is TimedOut


async def test_a_deadline_in_the_past_asks_nobody():
    """Without time left no request goes out."""
    failure, calls = await ask_once(hang, seconds=-1)
    assert isinstance(failure, ProviderFailure)
    assert calls == 0


async def test_a_large_body_is_refused():
    """A reply larger than the limit is cut off."""

    async def large(_request):
        return Response(b"x" * 2000)

    failure, _ = await ask_once(large, body_limit_bytes=1000)
    assert type(failure) is InvalidReply
    assert "1,000 bytes" in failure.sentence


@pytest.mark.parametrize("encoding", ["gzip", "gzip, gzip"])
async def test_a_gzip_bomb_is_refused(encoding):
    """The limit holds while the body is inflated, and a body packed twice is not unpacked at all."""
    bomb = gzip.compress(b"0" * 50_000_000)

    async def answer(_request):
        return Response(bomb, headers={"Content-Encoding": encoding})

    failure, calls = await ask_once(answer)
    assert (type(failure), calls) == (InvalidReply, 1)


async def test_a_packed_body_is_unpacked():
    """We offer gzip, and read it."""

    async def answer(request):
        assert request.headers["accept-encoding"] == "gzip"
        return Response(gzip.compress(b'{"score":1}'), headers={"Content-Encoding": "gzip"})

    reply, _ = await ask_once(answer)
    assert reply.body == b'{"score":1}'


@pytest.mark.parametrize("body", [b"not packed", gzip.compress(b"x" * 1000)[:-9]], ids=["not packed", "cut short"])
async def test_a_body_that_cannot_be_unpacked_is_refused(body):
    """A body that is not packed as it says, or ends too early, is an invalid reply."""

    async def answer(_request):
        return Response(body, headers={"Content-Encoding": "gzip"})

    failure, _ = await ask_once(answer)
    assert type(failure) is InvalidReply


async def test_a_redirect_on_the_same_host_is_followed_with_the_key():
    """A moved path is asked with the credentials, and both requests count as calls."""

    async def answer(request):
        if request.url.path == "/identity":
            return RedirectResponse("/moved?x=1")
        return JSONResponse(dict(request.query_params))

    reply, calls = await ask_once(answer)
    assert reply.body == b'{"x":"1","key":"s3cr3t"}'
    assert KEY not in reply.url
    assert calls == 2


@pytest.mark.parametrize(
    "target", ["http://localhost:{port}/", "http://127.0.0.1:1/", "//elsewhere.invalid/x", "ftp://127.0.0.1/"]
)
async def test_a_redirect_off_the_host_is_not_followed(target):
    """Another host, port or protocol never sees the key."""

    async def answer(request):
        return RedirectResponse(target.format(port=request.url.port))

    failure, calls = await ask_once(answer)
    assert (type(failure), calls) == (InvalidReply, 1)


async def test_redirects_in_circles_end():
    """A provider that redirects for ever is an invalid reply."""

    async def answer(_request):
        return RedirectResponse("/again")

    failure, calls = await ask_once(answer)
    assert (type(failure), calls) == (InvalidReply, 4)


async def test_no_connection_is_unreachable():
    """A port on which nobody listens is tried three times."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        base = f"http://127.0.0.1:{unused.getsockname()[1]}"
        calls = []
        async with transport_to(base) as (transport, klout):
            with pytest.raises(Unreachable):
                await transport.send(klout, request_for("score"), time.monotonic() + 5, on_call=lambda: calls.append(1))
    assert len(calls) == 3


async def test_a_server_that_speaks_no_http_is_unreachable():
    """Bytes that are no HTTP are a failed connection."""

    async def babble(_reader, writer):
        writer.write(b"220 smtp ready\r\n")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(babble, "127.0.0.1", 0)
    async with server, transport_to(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}") as (transport, klout):
        with pytest.raises(Unreachable):
            await transport.send(klout, request_for("score"), time.monotonic() + 5)


@pytest.mark.parametrize("base", [None, "", "ftp://127.0.0.1/", "klout.example", "http://", "http://[::1"])
async def test_a_provider_without_a_usable_base_url_is_not_configured(base):
    """The failure names the setting to set."""
    async with transport_to(base) as (transport, klout):
        with pytest.raises(NotConfigured, match="RENOWN_PROVIDERS__KLOUT__BASE_URL"):
            await transport.send(klout, request_for("score"), time.monotonic() + 5)


async def test_calls_take_turns_at_the_declared_pace():
    """What gets no turn before the deadline is not sent, and says so."""

    async def ok(_request):
        return Response(b"{}")

    with serving(ok) as base:
        provider = settings_with(base_url=base)
        transport = Transport(Settings(providers={"klout": provider}, pace_per_second=0.01))
        klout = KloutV2(provider)
        first = await transport.send(klout, request_for("score"), time.monotonic() + 5)
        with pytest.raises(RateLimited):
            await transport.send(klout, request_for("score"), time.monotonic() + 0.1)
        await transport.close()
    assert first.status == 200


async def test_a_key_is_in_no_error_and_no_log(caplog):
    """Whatever goes wrong, the key is in no sentence, chain of errors or log record, even at DEBUG."""
    caplog.set_level(logging.DEBUG)
    for name in ("httpx", "httpcore", "httpcore.http11", "httpcore.connection"):
        caplog.set_level(logging.DEBUG, logger=name)

    async def ok(_request):
        return Response(b"{}")

    async def broken(_request):
        return Response(status_code=500)

    async def elsewhere(request):
        return RedirectResponse(f"http://127.0.0.1:1/?{request.url.query}")

    failures = [(await ask_once(endpoint, seconds=0.5))[0] for endpoint in (ok, broken, elsewhere, hang)][1:]
    async with transport_to("http://127.0.0.1:1") as (transport, klout):
        with pytest.raises(Unreachable) as caught:
            await transport.send(klout, request_for("score"), time.monotonic() + 5)
    for failure in (*failures, caught.value):
        assert isinstance(failure, ProviderFailure)
        assert failure.__cause__ is None
        assert KEY not in f"{failure} {failure!r} {vars(failure)}"
    assert KEY not in caplog.text
    assert not [record for record in caplog.records if record.name.startswith(("httpx", "httpcore"))]


async def test_no_more_connections_are_open_than_allowed():
    """Of eight calls at once, with two connections allowed, the server never has more than two under way."""
    under_way, most, both = 0, 0, asyncio.Event()

    async def slow(_request):
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        if most == 2:
            both.set()
        await both.wait()  # the first for the second; a third would come while they sleep
        await asyncio.sleep(0.02)
        under_way -= 1
        return JSONResponse({"score": 1})

    with serving(slow) as base:
        async with transport_to(base, max_connections=2) as (transport, klout):
            request, deadline = request_for("identity", params={"screenName": "a"}), time.monotonic() + 10
            replies = await asyncio.gather(*(transport.send(klout, request, deadline) for _ in range(8)))
    assert [reply.status for reply in replies] == [200] * 8
    assert most == 2


async def test_a_connection_that_is_reset_is_tried_again():
    """A connection that breaks before the answer is no answer too late: it is unreachable, and may pass."""
    connections = 0

    async def reset(_reader, writer):
        nonlocal connections
        connections += 1
        writer.transport.abort()

    server = await asyncio.start_server(reset, "127.0.0.1", 0)
    calls = []
    async with server, transport_to(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}") as (transport, klout):
        with pytest.raises(Unreachable):
            await transport.send(klout, request_for("score"), time.monotonic() + 5, on_call=lambda: calls.append(1))
    assert len(calls) == connections == 3


async def test_a_connection_is_used_again_and_replaced_when_it_has_gone():
    """Calls one after the other share a connection; one that the provider closed meanwhile costs no failed call."""
    connections, answered = 0, 0

    async def twice(reader, writer):
        nonlocal connections, answered
        connections += 1
        for _ in range(2):
            await reader.readuntil(b"\r\n\r\n")
            answered += 1
            writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}")
        writer.close()

    server = await asyncio.start_server(twice, "127.0.0.1", 0)
    calls = []
    async with server, transport_to(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}") as (transport, klout):
        for _ in range(6):
            await transport.send(klout, request_for("score"), time.monotonic() + 5, on_call=lambda: calls.append(1))
    assert (connections, answered, len(calls)) == (3, 6, 6)


async def test_a_reply_that_ends_in_the_middle_is_unreachable():
    """Fewer bytes than were announced are no reply."""

    async def half(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{")
        writer.close()

    server = await asyncio.start_server(half, "127.0.0.1", 0)
    async with server, transport_to(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}") as (transport, klout):
        with pytest.raises(Unreachable) as caught:
            await transport.send(klout, request_for("score"), time.monotonic() + 5)
    assert caught.value.__cause__ is None


async def test_who_gives_up_leaves_the_connection_to_nobody():
    """With one connection allowed, the call after one that was cancelled midway is answered."""
    hung = asyncio.Event()

    async def answer(request):
        if "hang" in request.query_params:
            hung.set()
            return await hang(request)
        return Response(b"{}")

    with serving(answer) as base:
        async with transport_to(base, max_connections=1) as (transport, klout):
            request = request_for("identity", params={"hang": "1"})
            leaving = asyncio.create_task(transport.send(klout, request, time.monotonic() + 10))
            await hung.wait()
            leaving.cancel()
            with pytest.raises(asyncio.CancelledError):
                await leaving
            reply = await transport.send(klout, request_for("identity"), time.monotonic() + 10)
    assert reply.status == 200


async def test_a_proxy_of_the_environment_is_used(monkeypatch):
    """What HTTP_PROXY names carries the calls."""
    asked = []

    async def proxy(reader, writer):
        asked.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}")
        writer.close()

    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    server = await asyncio.start_server(proxy, "127.0.0.1", 0)
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}")
    async with server, transport_to("http://klout.example/v2") as (transport, klout):
        reply = await transport.send(klout, request_for("score"), time.monotonic() + 5)
    assert (reply.status, reply.url) == (200, "http://klout.example/v2/score")
    assert asked[0].startswith(b"GET http://klout.example/v2/score?key=s3cr3t HTTP/1.1\r\n")


@pytest.mark.parametrize("handle", ["a b", "a+b", "a,b/c", "a%2Cb", "Zoë€", "a&b=c#d"])
async def test_every_handle_arrives_as_it_was_meant(handle):
    """However the parts of a URL are quoted on the way, the provider reads what was asked."""

    async def echo(request):
        return JSONResponse(dict(request.query_params))

    with serving(echo) as base:
        async with transport_to(base) as (transport, klout):
            request = request_for("identity", params={"screenName": handle})
            reply = await transport.send(klout, request, time.monotonic() + 5)
    assert reply.body == JSONResponse({"screenName": handle, "key": KEY}).body
