"""An answer as it goes over the wire, and what HTTP is told of how long it may be used.

An answer that can be kept is sent with `Cache-Control: no-cache`: whoever stores it must ask again whether it still
holds, which costs a 304 and no body. It has no `Age`, as it is compared with what is held at the moment it is sent.
Every other answer is `no-store`. Only GET and HEAD name a resource, so that only they have an `ETag` and a 304; on a
POST `If-None-Match` could only mean 412, and is not looked at.
"""

from collections.abc import Sequence
from functools import cached_property
from hashlib import sha256

from renown.web.scope import VARY

Headers = Sequence[tuple[bytes, bytes]]

_TAG_BYTES = 16


class Answer:
    """Status, headers in the order they are sent, and body."""

    def __init__(self, status: int, headers: Headers, body: bytes) -> None:
        self.status = status
        self.headers = headers
        self.body = body

    @cached_property
    def lines(self) -> bytes:
        """The headers as they are written, each with its end of line."""
        return b"".join(b"%b: %b\r\n" % header for header in self.headers)


class GraphQLAnswer(Answer):
    """The answer to an operation. `lasts` says that it holds until something is written, or a moment has come."""

    def __init__(self, status: int, media_type: bytes, body: bytes, *, lasts: bool) -> None:
        self.lasts = lasts
        self._cached = [(b"cache-control", b"no-cache" if lasts else b"no-store"), (b"vary", VARY)]
        self._typed = [
            (b"content-type", media_type + b"; charset=utf-8"),
            (b"content-length", b"%d" % len(body)),
        ]
        super().__init__(status, [*self._typed, *self._cached], body)

    def to(self, method: str, none_match: bytes) -> Answer:
        """The answer for a request of this method with this `If-None-Match` (b"" where there is none)."""
        if method == "POST" or not self.lasts:
            return self
        return self._unchanged if none_match and self._matches(none_match) else self._tagged

    @cached_property
    def _tag(self) -> bytes:
        return b'"%b"' % sha256(self.body).hexdigest()[: 2 * _TAG_BYTES].encode()

    @cached_property
    def _tagged(self) -> Answer:
        return Answer(self.status, [*self._typed, (b"etag", self._tag), *self._cached], self.body)

    @cached_property
    def _unchanged(self) -> Answer:
        return Answer(304, [(b"etag", self._tag), *self._cached], b"")

    def _matches(self, none_match: bytes) -> bool:
        tags = (each.strip().removeprefix(b"W/") for each in none_match.split(b","))
        return any(tag in {b"*", self._tag} for tag in tags)
