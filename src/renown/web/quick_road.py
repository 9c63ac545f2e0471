"""A shorter way for operations: uvicorn's protocol answers them as soon as the request has been read.

    uvicorn --http renown.web.quick_road:QuickRoad ...

The usual way goes through a framework, messages and checks of headers. Here, once the last byte of a request is read,
its answer is looked up, and written if it is there; else a task makes it and writes it. Everything else goes the usual
way, as if this were not here: whatever is refused, or is out of the ordinary. Both ways send the same bytes.
"""

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from renown.errors import BadRequest
from renown.web.requests import read

if TYPE_CHECKING:
    from renown.web.answers import Answer
    from renown.web.requests import GraphQLRequest

PATH = b"/graphql"

_METHODS = frozenset({b"GET", b"POST"})
_MOST_BYTES = 65_536


class QuickRoad(HttpToolsProtocol):
    """uvicorn's protocol over httptools, with this shorter way before it."""

    _body: list[bytes] | None = None
    """What has been read of a request that may go the short way; None where there is none."""

    def on_headers_complete(self) -> None:
        """The head of a request has been read."""
        if self._may_be_quick():
            self._body = []
        else:
            super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """Some of its body has been read."""
        if self._body is None:
            super().on_body(body)
            return
        self._body.append(body)
        if sum(map(len, self._body)) > _MOST_BYTES:
            self._leave()

    def on_message_complete(self) -> None:
        """All of it has been read."""
        asked = None if self._body is None else self._asked(b"".join(self._body))
        if asked is None:
            self._leave()
            super().on_message_complete()
        elif answer := self.app_state["responder"].at_once(asked):
            self._body = None
            self.write(answer, stays_open=self._parser.should_keep_alive())
            self.on_response_complete()
        else:
            self._leave(_Answering(self, asked))
            super().on_message_complete()

    def shutdown(self) -> None:
        """The server ends: a request that is being read is answered first."""
        self._leave()
        super().shutdown()

    def write(self, answer: "Answer", *, stays_open: bool) -> None:
        """Sends an answer; the connection ends with it if it does not stay open."""
        self.transport.writelines(
            (
                STATUS_LINE[answer.status],
                *(b"%b: %b\r\n" % header for header in self.server_state.default_headers),
                answer.lines,
                b"\r\n" if stays_open else b"connection: close\r\n\r\n",
                answer.body,
            )
        )
        if not stays_open:
            self.transport.close()

    @property
    def _parser(self) -> Any:
        """There as long as the connection is."""
        return self.parser

    def _may_be_quick(self) -> bool:
        path, _, _ = self.url.partition(b"?")
        return (
            path == PATH
            and b"#" not in self.url
            and self._parser.get_method() in _METHODS
            and self._parser.get_http_version() == "1.1"
            and "responder" in self.app_state
            # An earlier request on this connection has been answered in full.
            and (self.cycle is None or self.cycle.response_complete)
            and not (self.transport.is_closing() or self.flow.write_paused)
            and not (self.expect_100_continue or self._parser.should_upgrade())
            # Not worth a second form: the usual way writes the log and counts the connections.
            and not (self.access_log or self.limit_concurrency or self.root_path)
        )

    def _leave(self, to: "_Answering | None" = None) -> None:
        """Tells the usual way what has been read so far, and what is to answer it if not the application."""
        if self._body is not None:
            body, self._body = self._body, None
            usual, self.app = self.app, to or self.app
            super().on_headers_complete()
            self.app = usual
            if to is not None:
                to.cycle = self.cycle
            for part in body:
                super().on_body(part)

    def _asked(self, body: bytes) -> "GraphQLRequest | None":
        with suppress(BadRequest):  # the usual way says what is wrong with it
            method = self._parser.get_method().decode()
            _, _, query = self.url.partition(b"?")
            return read(method, query, self.headers, body)
        return None


class _Answering:
    """Answers one request that has been read, as uvicorn calls an application."""

    cycle: Any
    """uvicorn's record of the request: others may follow it on the connection before it is answered."""

    def __init__(self, road: QuickRoad, asked: "GraphQLRequest") -> None:
        self._road = road
        self._asked = asked

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        road, cycle = self._road, self.cycle
        try:
            answer = await road.app_state["responder"].answer(self._asked)
        except Exception:  # noqa: BLE001 - the usual way meets it again, and says it
            await road.app(scope, receive, send)
            return
        await road.flow.drain()
        if not cycle.disconnected:
            road.write(answer, stays_open=cycle.keep_alive)
            cycle.response_started = cycle.response_complete = True
            cycle.message_event.set()
            cycle.on_response()
