"""The provider's stand-in: a real server on a loopback port that plays recorded replies, step by step.

It runs in a thread of its own, so that a test may block its event loop and is still answered. A second port plays
another host, to which a key must never go.
"""

import socket
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Thread
from urllib.parse import unquote

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request as WireRequest
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from renown.providers import Request
from renown.testing.recorded import Recorded

_BASE_PATH = "/base"


@dataclass(frozen=True, slots=True)
class Call:
    """One request as it came over the wire: path and query undecoded, and the step it was recognised as."""

    path: str
    query: str
    step: str | None


@dataclass(slots=True)
class StandIn:
    """Answers at `url`. `calls` are those since the last `play`; `strayed` those that reached the other host."""

    url: str
    elsewhere: str
    calls: list[Call] = field(default_factory=list)
    strayed: list[str] = field(default_factory=list)
    _replies: Mapping[str, Sequence[Recorded]] = field(default_factory=dict)
    _expected: list[Request] = field(default_factory=list)

    def play(self, replies: Mapping[str, Sequence[Recorded]]) -> None:
        """From now on answer each step with its replies: one a call, the last one again and again."""
        self._replies = replies
        for memory in (self.calls, self.strayed, self._expected):
            memory.clear()

    def expect(self, requests: Sequence[Request]) -> None:
        """These requests are about to be sent: it is by them that a call's step is known."""
        self._expected += requests

    async def answer(self, wire: WireRequest) -> Response:
        """The reply for the step this call belongs to; 404 where none is recorded."""
        step = self._step_of(wire)
        path, query = wire.scope["raw_path"].decode("ascii"), wire.scope["query_string"].decode("ascii")
        before = Counter(call.step for call in self.calls)[step]
        self.calls.append(Call(path.removeprefix(_BASE_PATH), query, step))
        replies = self._replies.get(step or "", ())
        return _Played(replies[min(before, len(replies) - 1)] if replies else Recorded(status=404))

    async def stray(self, wire: WireRequest) -> Response:
        """What the other host answers. Nobody should ask it."""
        self.strayed.append(str(wire.url))
        return Response()

    def _step_of(self, wire: WireRequest) -> str | None:
        path = wire.scope["path"].removeprefix(_BASE_PATH).strip("/")
        asked = set(wire.query_params.multi_items())
        fitting = (
            request.step
            for request in reversed(self._expected)
            if unquote(request.path).strip("/") == path and _pairs(request) <= asked
        )
        return next(fitting, None)


def _pairs(request: Request) -> set[tuple[str, str]]:
    """Its parameters as they come over the wire: one pair for each value."""
    given = ((name, [value] if isinstance(value, str) else value) for name, value in request.params.items())
    return {(name, value) for name, values in given for value in values}


class _Played(Response):
    """One recorded reply on the wire."""

    def __init__(self, recorded: Recorded) -> None:
        super().__init__(recorded.body, recorded.status, dict(recorded.headers))
        self._stalls = recorded.stalls

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not self._stalls:
            await super().__call__(scope, receive, send)
            return
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        half = bytes(self.body)[: len(self.body) // 2]
        await send({"type": "http.response.body", "body": half, "more_body": True})
        while (await receive())["type"] != "http.disconnect":
            pass


@contextmanager
def standing_in() -> Iterator[StandIn]:
    """A stand-in for as long as the block lasts."""
    with socket.create_server(("127.0.0.1", 0)) as here, socket.create_server(("127.0.0.1", 0)) as there:
        stand_in = StandIn(f"{_address(here)}{_BASE_PATH}", _address(there))
        with _served(stand_in.answer, here), _served(stand_in.stray, there):
            yield stand_in


@contextmanager
def _served(endpoint: object, listener: socket.socket) -> Iterator[None]:
    app = Starlette(routes=[Route("/{path:path}", endpoint)])  # pyright: ignore[reportArgumentType]
    config = uvicorn.Config(
        app, log_config=None, access_log=False, ws="none", lifespan="off", timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)
    thread = Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.should_exit = True
        thread.join()


def _address(listener: socket.socket) -> str:
    return f"http://127.0.0.1:{listener.getsockname()[1]}"
