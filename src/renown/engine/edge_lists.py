"""Reads who reacted to whom from a file: lines as of the Higgs log, or a CSV with a header; either of them gzipped.

    376989 50329 1341101181 RT            actor target at kind, separated by blanks
    actor,target,kind,at,post             a header that names at least the first four, in any order

`at` is seconds since 1970 (UTC) or ISO 8601. `post`, where there is one, names the target's post that was reacted to.
A line that cannot be read is counted and told with its reason; the others are read all the same.
"""

import csv
import gzip
import zlib
from array import array
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import TextIOWrapper
from itertools import chain
from pathlib import Path
from typing import BinaryIO, TextIO

import numpy as np

from renown.claims import parse_time
from renown.engine.interactions import NO_POST, Interactions, Kind
from renown.errors import BadImport, Refusal

_KINDS = {
    Kind.REPOST: ("rt", "retweet", "repost", "reblog", "boost", "share"),
    Kind.REPLY: ("re", "reply", "comment"),
    Kind.MENTION: ("mt", "mention", "quote"),
    Kind.LIKE: ("like", "favourite", "favorite"),
    Kind.LIST: ("list", "listed"),
    Kind.FOLLOW: ("follow",),
}
_BY_WORD = {word: kind for kind, words in _KINDS.items() for word in words}
_NEEDED = ("actor", "target", "at", "kind")
_LONGEST_NAME = 200
# The year 5138: what is larger is in milliseconds.
_LATEST = 10**11
_TOLD, _TELL_EVERY = 20, 50_000
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class ReadEdges:
    """What was read. `refused` lines could not be; the first of them are told. `to_oneself` were left out."""

    events: Interactions
    refused: int
    refusals: tuple[Refusal, ...]
    to_oneself: int


def read_edge_list(path: Path, on_read: Callable[[int], None] = lambda _: None) -> ReadEdges:
    """All events of a file; `on_read` is called with the bytes of the file read since it was last called.

    Raises:
        BadImport: the file cannot be opened or unpacked, or its header lacks a column.
    """
    reading = _Reading()
    with _opened(path) as (raw, lines):
        done = 0
        for count, (line, row) in enumerate(_rows(lines, path)):
            reading.take(line, row)
            if count % _TELL_EVERY == 0:
                on_read(raw.tell() - done)
                done = raw.tell()
    return reading.made()


@dataclass(slots=True)
class _Reading:
    numbers: dict[str, int] = field(default_factory=dict)
    posts: dict[str, int] = field(default_factory=dict)
    columns: tuple[array, ...] = field(default_factory=lambda: tuple(array("q") for _ in range(5)))
    refused: int = 0
    refusals: list[Refusal] = field(default_factory=list)
    to_oneself: int = 0

    def take(self, line: int, row: Sequence[str]) -> None:
        try:
            actor, target, at, kind, post = _read(row)
        except _Unreadable as why:
            self.refused += 1
            if len(self.refusals) < _TOLD:
                self.refusals.append(Refusal(line, why.column, why.reason))
            return
        if actor == target:
            self.to_oneself += 1
            return
        numbers = self.numbers
        one = numbers.setdefault(actor, len(numbers))
        other = numbers.setdefault(target, len(numbers))
        numbered = self.posts.setdefault(post, len(self.posts)) if post else NO_POST
        for column, value in zip(self.columns, (one, other, at, kind, numbered), strict=True):
            column.append(value)

    def made(self) -> ReadEdges:
        actor, target, at, kind, post = (np.array(column, dtype=np.int64) for column in self.columns)
        names = np.array(list(self.numbers), dtype=np.str_)
        events = Interactions(names, actor, target, at, kind.astype(np.int8), post)
        return ReadEdges(events, self.refused, tuple(self.refusals), self.to_oneself)


class _Unreadable(Exception):
    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column = column
        self.reason = reason


def _read(row: Sequence[str]) -> tuple[str, str, int, Kind, str]:
    if len(row) not in {4, 5}:
        raise _Unreadable("", "does not hold the fields it should: actor, target, at and kind.")
    actor, target, at, word, post = (*row, "")[:5]
    for column, name in (("actor", actor), ("target", target)):
        if not 0 < len(name) <= _LONGEST_NAME:
            raise _Unreadable(column, "is empty." if not name else f"is longer than {_LONGEST_NAME} characters.")
    kind = _BY_WORD.get(word.lower())
    if kind is None:
        raise _Unreadable("kind", f"{word[:20]!r} is none of {', '.join(words[-1] for words in _KINDS.values())}.")
    return actor, target, _seconds(at), kind, post


def _seconds(text: str) -> int:
    try:
        at = int(text) if text.lstrip("-").isdecimal() else int(parse_time(text).timestamp())
    except (ValueError, OverflowError):
        raise _Unreadable("at", f"{text[:40]!r} is neither seconds since 1970 nor ISO 8601.") from None
    if abs(at) > _LATEST:
        raise _Unreadable("at", f"{text[:40]!r} is not in seconds.")
    return at


def _rows(lines: TextIO, path: Path) -> Iterator[tuple[int, Sequence[str]]]:
    """Each line that is not empty: its number, and its fields in the order of `_NEEDED` and then the post."""
    first = next(lines, "")
    if "," in first:
        yield from _csv_rows(chain((first,), lines), path)
        return
    for line, text in enumerate(chain((first,), lines), start=1):
        fields = text.split()
        if fields:
            yield line, fields


def _csv_rows(lines: Iterator[str], path: Path) -> Iterator[tuple[int, Sequence[str]]]:
    reader = csv.reader(lines)
    header = [name.strip().lower() for name in next(reader, [])]
    missing = [column for column in _NEEDED if column not in header]
    if missing:
        raise BadImport(
            f"{path.name} has no column {' and no column '.join(missing)}.",
            "Its first line is to name actor, target, kind and at, and post where posts are known.",
        )
    order = [header.index(column) for column in (*_NEEDED, "post") if column in header]
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield reader.line_num, ()
            continue
        if row:
            yield reader.line_num, [row[at].strip() for at in order] if len(row) == len(header) else ()


@contextmanager
def _opened(path: Path) -> Iterator[tuple[BinaryIO, TextIO]]:
    """The file as it lies there, and the lines in it."""
    try:
        with path.open("rb") as raw:
            packed = raw.read(2) == _GZIP
            raw.seek(0)
            content = gzip.GzipFile(fileobj=raw) if packed else raw
            # A name that is no UTF-8 stays a name of its own.
            yield raw, TextIOWrapper(content, encoding="utf-8-sig", errors="backslashreplace")
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise BadImport(f"{path} cannot be unpacked: it is cut off or no gzip file.", "Fetch it again.") from None
    except OSError as error:
        raise BadImport(f"{path} cannot be read: {error.strerror}.", "Give the path of a log.") from None
