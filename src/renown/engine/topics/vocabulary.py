"""Topics: what each is called, which are wider than it, and which of them are sensitive.

A vocabulary is a CSV file with the columns `slug`, `name`, `parents`, `words`, `hashtags`, `sensitive`; several in
one cell are parted by `|`. Parents are slugs; `words` are the words and phrases that speak of the topic, its name only
if it stands among them (`home` is a topic, and hardly ever meant); hashtags stand without `#`; `yes` marks a sensitive
topic. The one that is shipped is `vocabulary.csv` beside this file.

Sensitive is whatever is below a sensitive topic too: that somebody often speaks of it may tell of their health,
religion, sexuality, ethnicity or political leaning.
"""

import csv
import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import astuple, dataclass
from functools import cache, cached_property
from importlib.resources import files
from io import StringIO
from types import MappingProxyType

from renown.claims.fields import slug_of
from renown.errors import BadImport, BadRequest, Refusal

_COLUMNS = ("slug", "name", "parents", "words", "hashtags", "sensitive")


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic. `parents` are slugs of the next wider ones; `words` and `hashtags` speak of it in a text."""

    slug: str
    name: str
    parents: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    hashtags: tuple[str, ...] = ()
    is_sensitive: bool = False


class Vocabulary:
    """Topics by their slugs. Parents that are no topics of it are passed over, and circles of parents do no harm."""

    def __init__(self, topics: Iterable[Topic]) -> None:
        self.topics: Mapping[str, Topic] = MappingProxyType({topic.slug: topic for topic in topics})

    def __len__(self) -> int:
        return len(self.topics)

    @cached_property
    def digest(self) -> str:
        """128 bits of sha256, hex: two vocabularies that say the same have the same."""
        said = json.dumps([astuple(self.topics[slug]) for slug in sorted(self.topics)], ensure_ascii=False)
        return hashlib.sha256(said.encode()).hexdigest()[:32]

    def wider(self, slug: str) -> tuple[str, ...]:
        """The topics that this one belongs to, the nearest first; none of them twice, and never itself."""
        found: dict[str, None] = {slug: None}
        reached = [slug]
        for each in reached:
            parents = self.topics[each].parents if each in self.topics else ()
            new = [parent for parent in parents if parent in self.topics and parent not in found]
            found.update(dict.fromkeys(new))
            reached += new
        return tuple(found)[1:]

    @cached_property
    def sensitive(self) -> frozenset[str]:
        """The slugs of the sensitive topics, and of all that are below one."""
        marked = {slug for slug, topic in self.topics.items() if topic.is_sensitive}
        return frozenset(slug for slug in self.topics if slug in marked or not marked.isdisjoint(self.wider(slug)))


@cache
def shipped_vocabulary() -> Vocabulary:
    """The one that comes with Renown."""
    content = files("renown.engine.topics").joinpath("vocabulary.csv").read_bytes()
    return read_vocabulary(content, "vocabulary.csv")


def read_vocabulary(content: bytes, filename: str) -> Vocabulary:
    """The vocabulary in a CSV file in UTF-8.

    Raises:
        BadImport: it is none; carries the line of every row that cannot be read.
    """
    topics: dict[str, Topic] = {}
    refusals: list[Refusal] = []
    for line, row in numbered_rows(content, filename, _COLUMNS):
        try:
            topic = _topic(row, topics)
            topics[topic.slug] = topic
        except BadRequest as trouble:
            refusals.append(Refusal(line, "slug", trouble.sentence))
    refusals += [
        Refusal(0, "parents", f"{topic.slug!r} names {parent!r}, which is no topic.")
        for topic in topics.values()
        for parent in topic.parents
        if parent not in topics
    ]
    if refusals or not topics:
        raise BadImport(f"{filename} is no vocabulary that can be used.", "Correct it.", tuple(refusals))
    return Vocabulary(topics.values())


def numbered_rows(content: bytes, filename: str, columns: Collection[str]) -> list[tuple[int, dict[str, str]]]:
    """The rows of a CSV file by name, each with the line it ends on; missing cells are empty.

    Raises:
        BadImport: it is no text in UTF-8, no CSV, or lacks a column.
    """
    try:
        reader = csv.DictReader(StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
        missing = [column for column in columns if column not in (reader.fieldnames or ())]
        if missing:
            raise BadImport(f"{filename} has no column {', '.join(missing)}.", "Give a vocabulary, see docs/engine.md.")
        return [(reader.line_num, {column: row.get(column) or "" for column in columns}) for row in reader]
    except UnicodeDecodeError:
        raise BadImport(f"{filename} is no text in UTF-8.", "Save it as UTF-8.") from None
    except csv.Error as error:
        raise BadImport(f"{filename} is no CSV: {error}.", "Give a vocabulary, see docs/engine.md.") from None


def _topic(row: Mapping[str, str], earlier: Collection[str]) -> Topic:
    slug = row["slug"].strip()
    if slug in earlier:
        raise BadRequest(f"{slug!r} was named already.")
    if slug_of(slug) != slug:
        raise BadRequest(f"{slug[:40]!r} is no slug; {slug_of(slug)!r} would be one.")
    return Topic(
        slug=slug,
        name=row["name"].strip() or slug,
        parents=_several(row["parents"]),
        words=_several(row["words"]),
        hashtags=_several(row["hashtags"]),
        is_sensitive=row["sensitive"].strip().casefold() == "yes",
    )


def _several(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part for each in cell.split("|") if (part := each.strip())))
