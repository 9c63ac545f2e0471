"""Reads who reacted to whom from a file into memory: lines as of the Higgs log, or a CSV with a header; or gzipped.

    376989 50329 1341101181 RT            actor target at kind, separated by blanks; a post where posts are known
    actor,target,kind,at,post             a header that names at least the first four, in any order

`at` is seconds since 1970 (UTC) or ISO 8601. `post`, where there is one, names the target's post that was reacted to.
A line that cannot be read is counted and told with its reason; the others are read all the same.
"""

from array import array
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from renown.claims import parse_time
from renown.engine.ingest.content import CutOff, Lines, opened
from renown.engine.ingest.delimited import CsvActs, HiggsActs
from renown.engine.ingest.rows import Act, Rows, Unreadable
from renown.engine.interactions import NO_POST, Interactions, Kind
from renown.engine.kind_words import KIND_WORDS, KINDS_BY_WORD
from renown.errors import BadImport, Refusal

_LONGEST_NAME = 200
# The year 5138: what is larger is in milliseconds.
_LATEST = 10**11
_TOLD, _TELL_EVERY = 20, 5_000


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
    with opened(path) as (raw, content):
        first = content.readline()
        content.seek(0)
        reader = CsvActs(path.name, first) if b"," in first else HiggsActs()
        lines, done, more = Lines(content), 0, True
        while more:
            rows = Rows()
            more = _some(lines, reader, rows, path)
            reading.take(rows)
            on_read(raw.tell() - done)
            done = raw.tell()
    return reading.made()


def _some(lines: Lines, reader: CsvActs | HiggsActs, rows: Rows, path: Path) -> bool:
    """Read some lines into the rows; whether there are more."""
    for _ in range(_TELL_EVERY):
        try:
            if not reader.take(lines, rows):
                return False
        except CutOff:
            raise BadImport(f"{path} cannot be unpacked: it is cut off or damaged.", "Fetch it again.") from None
        except Unreadable as why:
            rows.refuse(lines.number, str(why), b"")
    return True


@dataclass(slots=True)
class _Reading:
    numbers: dict[str, int] = field(default_factory=dict)
    posts: dict[str, int] = field(default_factory=dict)
    columns: tuple[array, ...] = field(default_factory=lambda: tuple(array("q") for _ in range(5)))
    refused: int = 0
    refusals: list[Refusal] = field(default_factory=list)
    to_oneself: int = 0

    def take(self, rows: Rows) -> None:
        told = [Refusal(line, "", f"{reason}.") for line, reason, _ in rows.refused]
        told += [refusal for act in rows.acts if (refusal := self._refusal(act))]
        self.refused += len(told)
        told.sort(key=lambda refusal: refusal.line)
        self.refusals += told[: max(0, _TOLD - len(self.refusals))]

    def _refusal(self, act: Act) -> Refusal | None:
        """Take an act in, or say why not."""
        try:
            actor, target, at, kind, post = _read(act)
        except _Wrong as why:
            return Refusal(act.line, why.column, why.reason)
        if actor == target:
            self.to_oneself += 1
            return None
        numbers = self.numbers
        one = numbers.setdefault(actor, len(numbers))
        other = numbers.setdefault(target, len(numbers))
        numbered = self.posts.setdefault(post, len(self.posts)) if post else NO_POST
        for column, value in zip(self.columns, (one, other, at, kind, numbered), strict=True):
            column.append(value)
        return None

    def made(self) -> ReadEdges:
        actor, target, at, kind, post = (np.array(column, dtype=np.int64) for column in self.columns)
        names = np.array(list(self.numbers), dtype=np.str_)
        events = Interactions(names, actor, target, at, kind.astype(np.int8), post)
        return ReadEdges(events, self.refused, tuple(self.refusals), self.to_oneself)


class _Wrong(Exception):
    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column = column
        self.reason = reason


def _read(act: Act) -> tuple[str, str, int, Kind, str]:
    actor, target = _named("actor", act.actor), _named("target", act.target)
    kind = KINDS_BY_WORD.get((act.kind or "").strip().lower())
    if kind is None:
        words = ", ".join(words[-1] for words in KIND_WORDS.values())
        raise _Wrong("kind", f"{(act.kind or '')[:20]!r} is none of {words}.")
    return actor, target, _seconds((act.at or "").strip()), kind, (act.post or "").strip()


def _named(column: str, text: str | None) -> str:
    name = (text or "").strip()
    if not 0 < len(name) <= _LONGEST_NAME:
        raise _Wrong(column, "is empty." if not name else f"is longer than {_LONGEST_NAME} characters.")
    return name


def _seconds(text: str) -> int:
    try:
        at = int(text) if text.lstrip("-").isdecimal() else int(parse_time(text).timestamp())
    except (ValueError, OverflowError):
        raise _Wrong("at", f"{text[:40]!r} is neither seconds since 1970 nor ISO 8601.") from None
    if abs(at) > _LATEST:
        raise _Wrong("at", f"{text[:40]!r} is not in seconds.")
    return at
