"""A shorter way for answers that are kept: uvicorn's protocol answers them as soon as the request has been read.

    uvicorn --http renown.web.quick_road:QuickRoad ...

The usual way makes a task, a scope and a dozen calls of every request. Here, once the last byte of a request is read,
its answer is looked up, and written if it is there. Everything else goes the usual way, as if this were not here:
whatever would have to wait, is refused, or is out of the ordinary. Both ways send the same bytes.
"""

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from renown.errors import BadRequest
from renown.web.requests import read

if TYPE_CHECKING:
    from renown.web.answers import Answer

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
        answer = None if self._body is None else self._answer(b"".join(self._body))
        if answer is None:
            self._leave()
            super().on_message_complete()
        else:
            self._body = None
            self._write(answer)

    def shutdown(self) -> None:
        """The server ends: a request that is being read is answered first."""
        self._leave()
        super().shutdown()

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

    def _leave(self) -> None:
        """Tells the usual way what has been read so far."""
        if self._body is not None:
            body, self._body = self._body, None
            super().on_headers_complete()
            for part in body:
                super().on_body(part)

    def _answer(self, body: bytes) -> "Answer | None":
        with suppress(BadRequest):  # the usual way says what is wrong with it
            method = self._parser.get_method().decode()
            _, _, query = self.url.partition(b"?")
            return self.app_state["responder"].at_once(read(method, query, self.headers, body))
        return None

    def _write(self, answer: "Answer") -> None:
        stays_open = self._parser.should_keep_alive()
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
        self.on_response_complete()
