"""How an emulator is told to misbehave, and the layer that does it."""

import asyncio
import math
from dataclasses import dataclass
from typing import Literal, get_args

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from renown.emulators.answers import answer
from renown.emulators.wire_format import WireFormat

Fail = Literal["500", "hang", "html", "over_rate", "over_qps"]

_LOOK_EVERY = 0.05  # seconds between looks at whether the client gave up or the server stops
_PAGE = b"<!DOCTYPE html><html><head><title>Welcome</title></head><body><h1>It works!</h1></body></html>"


@dataclass(frozen=True, slots=True)
class Behaviour:
    """What goes wrong, on every call alike.

    fail: None, "500", "hang" (never answers), "html" (a web page with status 200), "over_rate" (the day's quota),
        "over_qps" (the second's).
    delay_seconds: how long every answer takes.
    polls_before_complete: how many times Kred answers `processing` before a job is `complete`.

    Raises:
        ValueError: an unknown way to fail, or a negative number.
    """

    fail: Fail | None = None
    delay_seconds: float = 0.0
    polls_before_complete: int = 1

    def __post_init__(self) -> None:
        if self.fail is not None and self.fail not in get_args(Fail):
            raise ValueError(f"an emulator cannot fail by {self.fail!r}; it can by {', '.join(get_args(Fail))}")
        if not 0 <= self.delay_seconds < math.inf:
            raise ValueError(f"a delay is 0 seconds or more, not {self.delay_seconds}")
        if self.polls_before_complete < 0:
            raise ValueError(f"polls before complete are 0 or more, not {self.polls_before_complete}")


class Misbehaving:
    """ASGI layer that delays and fails as `app.state.behaviour` says at the time of each call."""

    def __init__(self, app: ASGIApp, wire_format: WireFormat) -> None:
        self._app = app
        self._answers = {
            "500": _server_error,
            "html": _web_page,
            "over_rate": wire_format.over_rate,
            "over_qps": wire_format.over_qps,
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One call."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        behaviour: Behaviour = request.app.state.behaviour
        hangs = behaviour.fail == "hang"
        if not await _wait(request, math.inf if hangs else behaviour.delay_seconds):
            await _stopping()(scope, receive, send)
        elif behaviour.fail and not hangs:
            await self._answers[behaviour.fail]()(scope, receive, send)
        elif not hangs:
            await self._app(scope, receive, send)


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


def _server_error() -> Response:
    """The status is on record for Klout; no source keeps a body."""
    return answer(b"Internal Server Error", "text/plain", status=500, assumed=True)


def _web_page() -> Response:
    """What a parked domain or a captive portal says in the place of an API."""
    return answer(_PAGE, "text/html", assumed=True)


def _stopping() -> Response:
    return answer(b"The emulator stops.", "text/plain", status=503, assumed=True)
