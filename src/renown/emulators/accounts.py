"""An account, and what each provider knows of it in any of its years: the records a data file is made of.

A provider's own field names are kept (`dayChange`, `true_reach`, `place_name`). An account without a provider's part is
unknown to that provider; a field without a value was never sent.
"""

from typing import Annotated

import msgspec
from msgspec import Meta

Digits = Annotated[str, Meta(pattern=r"^[0-9]{1,20}\Z")]
GooglePlusId = Annotated[str, Meta(pattern=r"^[0-9]{1,21}\Z")]
Handle = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_]{1,20}\Z")]
Uuid = Annotated[str, Meta(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")]
Percent = Annotated[int, Meta(ge=0, le=100)]
Score = Annotated[float, Meta(ge=0, le=100)]
Thousand = Annotated[int, Meta(ge=0, le=1000)]
Count = Annotated[int, Meta(ge=0)]

BENCHMARK_TOPICS = {
    "News and society": 4420,
    "Leisure and Lifestyle": 4419,
    "Science and Environment": 4418,
    "Technology and Internet": 4208,
    "Health and Medical": 4203,
    "Arts, Media and Entertainment": 4202,
    "Sports": 4244,
    "Business and Finance": 4200,
}
"""All of PeerIndex's benchmark topics with its ids, in the order it sent them (LondiniumJS/revolution)."""


class _Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """Frozen, so no cycle can arise; unseen by the collector, which a hundred thousand accounts would keep busy."""


class KloutDeltas(_Record, frozen=True, kw_only=True):
    """Change of the score over the last day, week and month, in score points."""

    dayChange: float
    weekChange: float
    monthChange: float


class KloutTopic(_Record, frozen=True, kw_only=True):
    """One topic; `id` and `displayName` are enough. `displayType` came in 2014.

    `score`, `strength` and `seconds` were said in 2012 only, inside influence payloads.
    """

    id: Digits
    displayName: str
    name: str | None = None
    slug: str | None = None
    imageUrl: str = "http://kcdn3.klout.com/static/images/icons/generic-topic.png"
    displayType: str | None = None
    topicType: str = "entity"
    score: float | None = None
    strength: str | None = None
    seconds: int | None = None


class KloutProfile(_Record, frozen=True, kw_only=True):
    """What API v1 said beside the score. `true_reach` is a count of people, `slope` and the deltas are score points."""

    slope: float | None = None
    description: str | None = None
    kclass_id: int | None = None
    kclass: str | None = None
    kclass_description: str | None = None
    kscore_description: str | None = None
    network_score: Score | None = None
    amplification_score: Score | None = None
    true_reach: Count | None = None
    delta_1day: float | None = None
    delta_5day: float | None = None


class KloutPart(_Record, frozen=True, kw_only=True):
    """What Klout knows of an account. `influencers` and `influencees` are handles of this file's other accounts."""

    id: Digits
    score: Score
    bucket: Annotated[str, Meta(pattern=r"^[0-9]+-[0-9]+\Z")] | None = None
    deltas: KloutDeltas | None = None
    topics: tuple[KloutTopic, ...] = ()
    influencers: tuple[Handle, ...] = ()
    influencees: tuple[Handle, ...] = ()
    profile: KloutProfile | None = None


class KredPart(_Record, frozen=True, kw_only=True):
    """Kred's pair: influence 1-1000 (0: unscored) and the outreach level, open at the top; both by community too."""

    influence: Thousand
    outreach: Count
    influence_communities: dict[str, Thousand] = msgspec.field(default_factory=dict)
    outreach_communities: dict[str, Count] = msgspec.field(default_factory=dict)


class PeerIndexPart(_Record, frozen=True, kw_only=True):
    """What PeerIndex knows of an account. `peerindex` was absent for some profiles of the first API.

    `name`, `slug`, `url`, `keywords` (up to five) and `realness` were said by the first two APIs, the place and the
    graph by the last. `topics` maps benchmark topics to scores 0-100; without them the topic resource knows nothing of
    the account. `influenced_by` and `influences` are handles of this file's other accounts.
    """

    id: Uuid
    peerindex: Percent | None = None
    authority: Percent | None = None
    activity: Percent | None = None
    audience: Percent | None = None
    name: str | None = None
    slug: str | None = None
    url: str | None = None
    keywords: Annotated[tuple[str, ...], Meta(max_length=5)] = ()
    realness: Percent | None = None
    county: str | None = None
    place_type: str | None = None
    geoname_id: int | None = None
    longitude: float | None = None
    country_code: Annotated[str, Meta(pattern=r"^[A-Z]{2}\Z")] | None = None
    latitude: float | None = None
    place_name: str | None = None
    topics: dict[str, Percent] = msgspec.field(default_factory=dict)
    influenced_by: tuple[Handle, ...] = ()
    influences: tuple[Handle, ...] = ()

    def __post_init__(self) -> None:
        strange = sorted(set(self.topics) - set(BENCHMARK_TOPICS))
        if strange:
            raise ValueError(f"{strange[0]!r} is not a benchmark topic; those are {', '.join(BENCHMARK_TOPICS)}")


class Account(_Record, frozen=True, kw_only=True):
    """One Twitter account, its ids on other networks, and what each provider knows of it.

    `facebook_id` is Facebook's id for third parties, which is no number.
    """

    handle: Handle
    twitter_id: Digits | None = None
    google_plus_id: GooglePlusId | None = None
    instagram_id: Digits | None = None
    facebook_id: Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]{1,64}\Z")] | None = None
    klout: KloutPart | None = None
    kred: KredPart | None = None
    peerindex: PeerIndexPart | None = None
