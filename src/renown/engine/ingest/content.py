"""A file as lines: unpacked where it is packed, from where an earlier reading stopped, whatever stands in it."""

import gzip
import hashlib
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BufferedReader, BytesIO, RawIOBase
from pathlib import Path
from typing import Any, BinaryIO, cast

from renown.engine.ingest.rows import Unreadable
from renown.errors import BadImport

LONGEST_LINE = 1 << 20
"""Bytes. What is longer is no line of any form that is read here."""

_GZIP = b"\x1f\x8b"
_BUFFER = 1 << 18
_BLOCK = 8 << 20
_DAMAGED = (EOFError, zlib.error, gzip.BadGzipFile)
_TOO_LONG = f"is longer than {LONGEST_LINE:,} bytes"
_CUT_OFF = "the rest cannot be unpacked: the file is cut off, or damaged here"


def digest_of(path: Path) -> str:
    """The sha256 of a file as it lies there: what it is recognised by.

    Raises:
        BadImport: it cannot be read.
    """
    with opened(path) as (raw, _):
        return hashlib.file_digest(cast("BufferedReader", raw), "sha256").hexdigest()


@contextmanager
def opened(path: Path) -> Iterator[tuple[BinaryIO, BinaryIO]]:
    """The file as it lies there, and its content.

    Raises:
        BadImport: it cannot be read.
    """
    try:
        with path.open("rb", buffering=_BUFFER) as raw:
            packed = raw.read(2) == _GZIP
            raw.seek(0)
            yield raw, BufferedReader(_Unpacked(raw), _BUFFER) if packed else raw
    except OSError as error:
        raise BadImport(
            f"{path} cannot be read: {error.strerror or error}.", "Give the path of a file, or a URL."
        ) from None


def whole(content: BinaryIO, name: str) -> bytes:
    """All that is in a file which is one document.

    Raises:
        BadImport: it cannot be unpacked.
    """
    try:
        return content.read()
    except _DAMAGED:
        raise BadImport(f"{name} cannot be unpacked: it is cut off or damaged.", "Fetch it again.") from None


class CutOff(Unreadable):
    """What follows cannot be unpacked."""


class _Unpacked(RawIOBase):
    """Gives all that can be unpacked before it says that the rest cannot; its lines are found in C."""

    def __init__(self, packed: BinaryIO) -> None:
        self._content = gzip.GzipFile(fileobj=packed)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, position: int, whence: int = 0) -> int:
        return self._content.seek(position, whence)

    def tell(self) -> int:
        return self._content.tell()

    def readinto(self, place: Any) -> int:
        piece = self._content.read1(len(place))
        place[: len(piece)] = piece
        return len(piece)


def head_of(path: Path, size: int = 1 << 16) -> bytes:
    """How the content of a file begins; less where it is damaged.

    Raises:
        BadImport: it cannot be read.
    """
    head = b""
    with opened(path) as (_, content), suppress(*_DAMAGED):
        while len(head) < size and (piece := content.readline(size - len(head))):
            head += piece
    return head


class Lines:
    """The lines of an opened content from a position on (bytes of content, and how many lines lie before it).

    `position` and `number` are those behind the line that was given last.
    """

    def __init__(self, content: BinaryIO, position: int = 0, number: int = 0) -> None:
        self._content = content
        self._given_back: list[bytes] = []
        self.position, self.number = position, number
        content.seek(position)

    def next(self) -> bytes | None:
        """The next line with its end, None behind the last.

        Raises:
            Unreadable: it is too long. The next call goes on behind it.
            CutOff: what follows cannot be unpacked. Then this was the last.
        """
        line = self._given_back.pop() if self._given_back else self._read()
        if line:
            self.position += len(line)
            self.number += 1
        if len(line) > LONGEST_LINE:
            raise Unreadable(_TOO_LONG)
        return line or None

    def give_back(self, lines: list[bytes]) -> None:
        """Put back lines that were given last, in their order."""
        self._given_back += reversed(lines)
        self.position -= sum(map(len, lines))
        self.number -= len(lines)

    def block(self) -> bytes | None:
        """Many whole lines at once; None where lines are to be had one by one only: the last, and damaged ones."""
        if self._given_back:
            return None
        start = self._content.tell()
        try:
            block = self._content.read(_BLOCK)
            block += self._content.readline(LONGEST_LINE)
        except _DAMAGED:
            block = b""
        end = block.rfind(b"\n") + 1
        if end < len(block) or not end:
            self._content.seek(start + end)
        self.position += end
        self.number += block.count(b"\n")
        return block[:end] or None

    def _read(self) -> bytes:
        try:
            line = self._content.readline(LONGEST_LINE)
            if len(line) < LONGEST_LINE or line.endswith(b"\n"):
                return line
            self.number += 1
            while line:
                self.position += len(line)
                if line.endswith(b"\n"):
                    break
                line = self._content.readline(LONGEST_LINE)
        except _DAMAGED:
            self._content = BytesIO()
            self.number += 1
            raise CutOff(_CUT_OFF) from None
        raise Unreadable(_TOO_LONG)
