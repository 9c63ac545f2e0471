"""The layer that answers late, wrongly or not at all, as the behaviour in force says."""

import asyncio
import math
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from renown.emulators.answers import ASSUMED, JSON, answer
from renown.emulators.behaviour import Behaviour
from renown.emulators.course import Course
from renown.emulators.faults import Fail, RetryAfter
from renown.emulators.wire_format import WireFormat

_LOOK_EVERY = 0.05  # seconds between looks at whether the client gave up or the server stops
_PAGE = b"<!DOCTYPE html><html><head><title>Welcome</title></head><body><h1>It works!</h1></body></html>"


class Misbehaving:
    """ASGI layer that delays and fails as `app.state.behaviour` says at the time of each call.

    `app.state.course` is the course of the behaviour in force; another behaviour begins another.
    """

    def __init__(self, app: ASGIApp, wire_format: WireFormat) -> None:
        self._app = app
        self._wire_format = wire_format

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One call."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        course = _course(request)
        way = course.next_call()
        if not await _wait(request, math.inf if way == "hang" else course.delay()):
            await _stopping()(scope, receive, send)
        elif way == "truncated":
            await self._app(_unpacked(scope), receive, _Halving(send))
        elif way is None:
            await self._app(scope, receive, send)
        elif way != "hang":
            await self._failed(way, course)(scope, receive, send)

    def _failed(self, way: Fail, course: Course) -> Response:
        match way:
            case "over_rate" | "over_qps":
                response = self._wire_format.over_rate() if way == "over_rate" else self._wire_format.over_qps()
            case "html":
                return answer(_PAGE, "text/html", assumed=True)  # a parked domain, or a captive portal
            case "empty":
                return answer(b"", JSON, assumed=True)  # Klout did so when it was in trouble
            case _:
                response = _server_error(500 if way == "500" else course.server_error())
        if course.behaviour.retry_after:
            response.headers["Retry-After"] = _when(course.behaviour.retry_after)
        return response


class _Halving:
    """Sends the first half of a body, under a length that fits it."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._start: Message = {}
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message
            return
        self._body += message.get("body", b"")
        if message.get("more_body"):
            return
        half = self._body[: len(self._body) // 2]
        headers = MutableHeaders(raw=list(self._start["headers"]))
        headers.update({"Content-Length": str(len(half)), **ASSUMED})
        await self._send(dict(self._start, headers=headers.raw))
        await self._send({"type": "http.response.body", "body": half})


def _course(request: Request) -> Course:
    state = request.app.state
    behaviour: Behaviour = state.behaviour
    if state.course is None or state.course.behaviour is not behaviour:
        state.course = Course(behaviour)
    return state.course


async def _wait(request: Request, seconds: float) -> bool:
    """Wait so long, or until the client gives up. False when the server stops: nothing may hold that up."""
    loop = asyncio.get_running_loop()
    end = loop.time() + seconds
    while (left := end - loop.time()) > 0:
        if request.app.state.stopping():
            return False
        if await request.is_disconnected():
            return True
        await asyncio.sleep(min(left, _LOOK_EVERY))
    return True


def _unpacked(scope: Scope) -> Scope:
    """The call as if no compression were offered: the cut is to be in the body, not in its packing."""
    kept = [(name, value) for name, value in Headers(scope=scope).raw if name != b"accept-encoding"]
    return dict(scope, headers=kept)


def _when(retry_after: RetryAfter) -> str:
    if not retry_after.as_date:
        return str(retry_after.seconds)
    return format_datetime(datetime.now(UTC) + timedelta(seconds=retry_after.seconds), usegmt=True)


def _server_error(status: int) -> Response:
    """The statuses are on record for Klout; no source keeps a body."""
    body = {500: b"Internal Server Error", 502: b"Bad Gateway", 503: b"Service Unavailable", 504: b"Gateway Timeout"}
    return answer(body[status], "text/plain", status=status, assumed=True)


def _stopping() -> Response:
    return answer(b"The emulator stops.", "text/plain", status=503, assumed=True)
