"""Klout's topic ontology, in the two CSV files that Klout published in 2018 (CC BY 3.0; klout/opendata).

    topics  topicId, topicSlug, topicDisplayName, wikiItemId, freebaseMachineId
    edges   parentTopicId, parrentTopicSlug (so spelt), childTopicId, childTopicSlug

Ids are kept as text: many do not fit a signed number of 64 bits. The root, edges from a topic to itself and edges of
ids that are no topics are passed over. A super-topic (`fashion-super`) and the topic of that name become one. A name of
less than four letters counts only as a hashtag: `tea` and `law` are mostly not meant. Klout marked nothing as
sensitive: here a topic is whose name speaks of a sensitive topic of our own vocabulary, and whatever is below it.
"""

from collections.abc import Iterable, Mapping

from renown.claims.fields import slug_of
from renown.engine.topics.matching import Matcher
from renown.engine.topics.vocabulary import Topic, Vocabulary, numbered_rows, shipped_vocabulary
from renown.errors import BadImport, BadRequest

_TOPICS = ("topicId", "topicSlug", "topicDisplayName")
_EDGES = ("parentTopicId", "childTopicId")
_ROOT = "_ROOT_"
_SHORTEST = 4


def is_of_klout(content: bytes) -> bool:
    """Whether a file is one of the two, by its first line."""
    return b"topicSlug" in _head(content) or b"parentTopicId" in _head(content)


def read_klout_ontology(contents: Mapping[str, bytes]) -> Vocabulary:
    """The vocabulary in files of Klout's, by name: one of topics, and one of edges if there is any.

    Raises:
        BadImport: a file cannot be read, or none is of topics.
    """
    named: list[dict[str, str]] = []
    edges: list[tuple[str, str]] = []
    for filename, content in contents.items():
        if b"parentTopicId" in _head(content):
            rows = numbered_rows(content, filename, _EDGES)
            edges += [(row["parentTopicId"], row["childTopicId"]) for _, row in rows]
        else:
            named += [row for _, row in numbered_rows(content, filename, _TOPICS)]
    if not named:
        raise BadImport("None of the files is one of Klout's topics.", "Name that file too, beside the one of edges.")
    return Vocabulary(_topics(named, edges))


def _topics(named: Iterable[Mapping[str, str]], edges: Iterable[tuple[str, str]]) -> list[Topic]:
    rows = [(row, slug) for row in named if (slug := _slug(row["topicSlug"]))]
    slugs = {row["topicId"]: slug for row, slug in rows}
    parents: dict[str, dict[str, None]] = {}
    for above, below in edges:
        parent, child = slugs.get(above), slugs.get(below)
        if parent and child and parent != child:
            parents.setdefault(child, {})[parent] = None
    ours = shipped_vocabulary()
    matcher = Matcher(ours, sensitive=True)
    topics: dict[str, Topic] = {}
    for row, slug in rows:
        name = row["topicDisplayName"] or slug
        is_sensitive = not ours.sensitive.isdisjoint(matcher.topics_of(name))
        topics.setdefault(slug, _topic(slug, name, tuple(parents.get(slug, ())), is_sensitive=is_sensitive))
    return list(topics.values())


def _topic(slug: str, name: str, parents: tuple[str, ...], *, is_sensitive: bool) -> Topic:
    is_short = sum(character.isalnum() for character in name) < _SHORTEST
    return Topic(
        slug=slug,
        name=name,
        parents=parents,
        words=() if is_short else (name,),
        hashtags=(name,),
        is_sensitive=is_sensitive,
    )


def _slug(given: str) -> str | None:
    """Klout's slug as the house spells slugs; None for what is no topic."""
    try:
        return None if given == _ROOT else slug_of(given).removesuffix("-super")
    except BadRequest:
        return None


def _head(content: bytes) -> bytes:
    return content[:1000].partition(b"\n")[0]
