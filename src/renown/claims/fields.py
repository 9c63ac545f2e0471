"""The fields a claim can be about.

| field | value | of |
|---|---|---|
| `name`, `description`, `country` (ISO 3166-1 alpha-2), `place` | text | profile |
| `kind` | a `VoiceKind` | profile |
| `followers`, `following`, `listed`, `posts` | whole number | profile |
| `topic/<slug>` | strength 0-1; 1 where the source only names the topic | topic affinity |
| `list/<slug>` | true | membership of a list |
| `<provider>.<metric>` | number on the metric's scale | what a provider says |
| `<provider>.<metric>/<topic slug>` | number on the metric's scale | what it says within a topic |
| `influencer/<account key>` | true | somebody else who, a provider says, influences the voice |
| `influencee/<account key>` | true | somebody else whom, a provider says, the voice influences |
| `vouch/<topic slug>/<account key>` | true | that the owner of that account vouches for the voice on a topic |
| `<provider>.id` | text | the provider's own id of the account |
| `<provider>.normalised`, `composite`, `<provider>.change` | number | computed when asked for |
"""

from enum import StrEnum

from renown.errors import BadRequest

PROFILE_TEXTS = ("name", "description", "country", "place")
PROFILE_COUNTS = ("followers", "following", "listed", "posts")
PROFILE_FIELDS = (*PROFILE_TEXTS, "kind", *PROFILE_COUNTS)
VOUCH = "vouch/"


class VoiceKind(StrEnum):
    """What sort of voice speaks."""

    PERSON = "PERSON"
    ORGANISATION = "ORGANISATION"
    PUBLICATION = "PUBLICATION"
    AUTOMATED = "AUTOMATED"
    PARODY = "PARODY"
    UNKNOWN = "UNKNOWN"


class Relation(StrEnum):
    """How somebody else stands to a voice in a provider's graph."""

    INFLUENCER = "influencer"
    INFLUENCEE = "influencee"


_RELATIONS = frozenset(Relation)


def vouch_field(topic: str, voucher: str) -> str:
    """The field that says somebody vouches for the voice, given the topic's name or slug and the voucher's key."""
    return f"{VOUCH}{slug_of(topic)}/{voucher}"


def vouch_in(field: str) -> tuple[str, str] | None:
    """The topic's slug and the voucher's account key in such a field; None for any other field."""
    topic, slash, voucher = field.removeprefix(VOUCH).partition("/")
    return (topic, voucher) if slash and field.startswith(VOUCH) else None


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


def relation_field(relation: Relation, account_key: str) -> str:
    """The field that says another account is the voice's influencer or influencee, given that account's key."""
    return f"{relation}/{account_key}"


def related_in(field: str) -> tuple[Relation, str] | None:
    """The relation and the other account's key in such a field; None for any other field."""
    family, slash, account_key = field.partition("/")
    return (Relation(family), account_key) if slash and family in _RELATIONS else None


def relation_count(provider: str, relation: Relation) -> str:
    """The field of how many a provider has in a relation to a voice, named or not: `klout.influencers`."""
    return f"{provider}.{relation}s"
