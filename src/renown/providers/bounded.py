"""A reply's body, gathered piece by piece and never larger than its bound, also while it is being inflated."""

import zlib

_GZIP_OR_ZLIB = 32 + zlib.MAX_WBITS


class BoundedBody:
    """Gathers the raw pieces of one body. Each step raises ValueError, worded to follow "the reply", if it cannot."""

    def __init__(self, encoding: str, limit: int) -> None:
        self._encoding = encoding.strip().lower()
        if self._encoding not in ("", "identity", "gzip", "x-gzip", "deflate"):
            raise ValueError("is packed in a way that was not offered")
        packed = self._encoding not in ("", "identity")
        self._inflater = zlib.decompressobj(_GZIP_OR_ZLIB) if packed else None
        self._limit = limit
        self._body = bytearray()
        self._seen = False

    def feed(self, piece: bytes) -> None:
        """Take one piece as it came over the wire."""
        self._seen = self._seen or bool(piece)
        room = self._limit - len(self._body) + 1  # one more than fits tells that it does not
        if self._inflater is None:
            self._body += piece[:room]
        else:
            try:
                self._body += self._inflater.decompress(piece, room)
            except zlib.error:
                raise ValueError("cannot be unpacked") from None
        if len(self._body) > self._limit:
            raise ValueError(f"is larger than {self._limit:,} bytes")

    def whole(self) -> bytes:
        """The body, once every piece has been fed."""
        if self._inflater is not None and self._seen and not self._inflater.eof:
            raise ValueError("ends in the middle")
        return bytes(self._body)
