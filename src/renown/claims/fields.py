"""The fields a claim can be about.

| field | value | of |
|---|---|---|
| `name`, `description`, `country` (ISO 3166-1 alpha-2), `place` | text | profile |
| `kind` | a `VoiceKind` | profile |
| `followers`, `following`, `listed`, `posts` | whole number | profile |
| `topic/<slug>` | strength 0-1; 1 where the source only names the topic | topic affinity |
| `list/<slug>` | true | membership of a list |
| `<provider>.<metric>` | number on the metric's scale | what a provider says |
| `<provider>.id` | text | the provider's own id of the account |
| `<provider>.normalised`, `composite`, `<provider>.change` | number | computed when asked for |
"""

from enum import StrEnum

from renown.errors import BadRequest

PROFILE_TEXTS = ("name", "description", "country", "place")
PROFILE_COUNTS = ("followers", "following", "listed", "posts")
PROFILE_FIELDS = (*PROFILE_TEXTS, "kind", *PROFILE_COUNTS)


class VoiceKind(StrEnum):
    """What sort of voice speaks."""

    PERSON = "PERSON"
    ORGANISATION = "ORGANISATION"
    PUBLICATION = "PUBLICATION"
    AUTOMATED = "AUTOMATED"
    PARODY = "PARODY"
    UNKNOWN = "UNKNOWN"


def slug_of(text: str) -> str:
    """A name as a slug: `Arts, Media and Entertainment` becomes `arts-media-and-entertainment`."""
    words = "".join(c if c.isalnum() else " " for c in text.casefold()).split()
    if not words:
        raise BadRequest(f"{text[:40]!r} has no letter or digit to make a slug of.", code="BAD_SLUG")
    return "-".join(words)


def topic_field(topic: str) -> str:
    """The field that says how strongly a voice speaks on a topic, given the topic's name or slug."""
    return f"topic/{slug_of(topic)}"


def list_field(name: str) -> str:
    """The field that says a voice is on a list, given the list's name or slug."""
    return f"list/{slug_of(name)}"
