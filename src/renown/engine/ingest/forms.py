"""The forms that files come in: how each is told by its content, and what reads it."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol, runtime_checkable

import msgspec

from renown.engine.ingest.content import Lines, head_of, opened, whole
from renown.engine.ingest.counts import CountedActs, Counts
from renown.engine.ingest.delimited import NEEDED, CsvActs, HiggsActs
from renown.engine.ingest.jetstream import Event, event_acts
from renown.engine.ingest.json_lines import JsonLines, PlainAct, plain_act
from renown.engine.ingest.outbox import Activity, Outbox, activity_acts
from renown.engine.ingest.rows import Rows
from renown.engine.ingest.statuses import Status, status_acts
from renown.engine.ingest.tweets import Tweet, tweet_acts
from renown.engine.kind_words import KINDS_BY_WORD
from renown.errors import BadImport

if TYPE_CHECKING:
    from pyarrow import Table


class Form(StrEnum):
    """What a source is written in."""

    CSV = "csv"
    PARQUET = "parquet"
    NDJSON = "ndjson"
    HIGGS = "higgs"
    TWEETS = "tweets"
    JETSTREAM = "jetstream"
    MASTODON = "mastodon"
    OUTBOX = "outbox"
    COUNTS = "counts"


@dataclass(frozen=True, slots=True)
class Told:
    """What a file cannot say itself: the network of accounts that name none; of counts their kind and day."""

    network: str = "twitter"
    kind: str | None = None
    day: int | None = None

    def of(self, form: Form) -> str:
        """The part of it that a file of this form is read by, as a word."""
        if form in {Form.TWEETS, Form.JETSTREAM, Form.MASTODON, Form.OUTBOX}:
            return ""
        return f" {self.network} {self.kind} {self.day}" if form is Form.COUNTS else f" {self.network}"


class Reader(Protocol):
    """Reads one record after another."""

    def take(self, lines: Lines, rows: Rows) -> bool:
        """Read one record; False behind the last. May raise Unreadable for a line that cannot even be fetched."""
        ...


@runtime_checkable
class InBlocks(Protocol):
    """Reads many records at once, where they are plain."""

    def take_block(self, block: bytes, first: int) -> "Table | None":
        """The acts of many lines, the first of which has this number; None where not each line is plain."""
        ...


_LINES: dict[Form, Callable[[], Reader]] = {
    Form.NDJSON: lambda: JsonLines(PlainAct, plain_act),
    Form.HIGGS: HiggsActs,
    Form.TWEETS: lambda: JsonLines(Tweet, tweet_acts),
    Form.JETSTREAM: lambda: JsonLines(Event, event_acts),
    Form.MASTODON: lambda: JsonLines(Status, status_acts),
}
# The first whose names are all there.
_BY_NAMES = (
    (Form.JETSTREAM, {"did", "time_us"}),
    (Form.TWEETS, {"id_str", "created_at"}),
    (Form.TWEETS, {"delete"}),
    (Form.MASTODON, {"uri", "account", "created_at"}),
    (Form.OUTBOX, {"orderedItems"}),
    (Form.NDJSON, {"actor", "target"}),
)
_SOME_LINES = 50


def form_of(path: Path) -> Form:
    """What a file is written in, by its content.

    Raises:
        BadImport: it cannot be read, or is in none of the forms.
    """
    head = head_of(path)
    if head.startswith(b"PAR1"):
        return Form.PARQUET
    text = head.decode("utf-8", "replace").removeprefix("\ufeff")
    lines = [line for line in text.splitlines()[:_SOME_LINES] if line.strip()]
    if lines and set(NEEDED) <= {cell.strip().strip('"').lower() for cell in lines[0].split(",")}:
        return Form.CSV
    for line in lines:
        found = _of_line(line)
        if found is not None:
            return found
    if text.lstrip().startswith("{"):
        found = _of_document(path)
        if found is not None:
            return found
    raise BadImport(
        f"{path.name} is in none of the forms that are known.",
        f"Say which with --from: {', '.join(Form)}. A CSV's first line names {', '.join(NEEDED)}.",
    )


def _of_line(line: str) -> Form | None:
    fields = line.split()
    if len(fields) == 4 and fields[2].isdecimal() and fields[3].lower() in KINDS_BY_WORD:
        return Form.HIGGS
    if not line.startswith("{"):
        return None
    try:
        names = set(msgspec.json.decode(line, type=dict[str, msgspec.Raw]))
    except (msgspec.MsgspecError, RecursionError):
        return None
    return next((form for form, needed in _BY_NAMES if needed <= names), None)


def _of_document(path: Path) -> Form | None:
    with opened(path) as (_, content):
        tree = _decoded(whole(content, path.name), dict[str, msgspec.Raw])
    if tree is None:
        return None
    if "orderedItems" in tree:
        return Form.OUTBOX
    return Form.COUNTS if all(_decoded(bytes(each), dict[str, int]) is not None for each in tree.values()) else None


def _decoded(content: bytes, shape: Any) -> Any:
    try:
        return msgspec.json.decode(content, type=shape)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None


def reader_of(form: Form, path: Path, told: Told) -> Reader:
    """What reads a file of this form, which is not PARQUET.

    Raises:
        BadImport: a CSV lacks columns, or it is not said what counts stand for.
    """
    if form is Form.CSV:
        return CsvActs(path.name, head_of(path).split(b"\n", 1)[0])
    if form is Form.OUTBOX:
        return JsonLines(Activity, activity_acts)
    if form is Form.COUNTS:
        return JsonLines(Counts, _counted(path, told))
    return _LINES[form]()


def content_of(form: Form, name: str, content: BinaryIO) -> BinaryIO:
    """The content as lines: as it is, or where it is one document, its items, one a line.

    Raises:
        BadImport: it is no such document.
    """
    if form not in {Form.OUTBOX, Form.COUNTS}:
        return content
    found = _decoded(whole(content, name), Outbox if form is Form.OUTBOX else dict[str, msgspec.Raw])
    if found is None:
        raise BadImport(f"{name} is no document of the form {form}.", "Say what it is with --from.")
    items = found.ordered_items if isinstance(found, Outbox) else map(msgspec.json.encode, found.items())
    return BytesIO(b"\n".join(msgspec.json.format(bytes(item), indent=-1) for item in items))


def _counted(path: Path, told: Told) -> CountedActs:
    stem = path.name.partition(".")[0].lower()
    kind = told.kind or stem.removesuffix("s")
    if kind not in KINDS_BY_WORD:
        raise BadImport(f"{path.name} holds counts, and does not say of what.", "Give --kind, as in --kind mention.")
    if told.day is None:
        raise BadImport(
            f"{path.name} holds counts, and does not say when that was.",
            "Give the day that they stand for, as in --day 2015-05-07.",
        )
    return CountedActs(kind, told.day)
