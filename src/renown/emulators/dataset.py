"""Whom the emulators know: one JSON file for all three, checked when it is read.

A provider's own field names are kept (`dayChange`, `topicType`, `place_name`). An account without a provider's part is
unknown to that provider.
"""

from collections import Counter
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Self

import msgspec
from msgspec import Meta

Digits = Annotated[str, Meta(pattern=r"^[0-9]{1,20}\Z")]
Handle = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_]{1,20}\Z")]
Uuid = Annotated[str, Meta(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")]
Percent = Annotated[int, Meta(ge=0, le=100)]

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


class KloutDeltas(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Change of the score over the last day, week and month, in score points."""

    dayChange: float
    weekChange: float
    monthChange: float


class KloutTopic(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One topic; `id` and `displayName` are enough. `displayType` came in 2014."""

    id: Digits
    displayName: str
    name: str | None = None
    slug: str | None = None
    imageUrl: str = "http://kcdn3.klout.com/static/images/icons/generic-topic.png"
    displayType: str | None = None
    topicType: str = "entity"


class KloutPart(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What Klout knows of an account. `influencers` and `influencees` are handles of this file's other accounts."""

    id: Digits
    score: Annotated[float, Meta(ge=0, le=100)]
    bucket: Annotated[str, Meta(pattern=r"^[0-9]+-[0-9]+\Z")] | None = None
    deltas: KloutDeltas | None = None
    topics: tuple[KloutTopic, ...] = ()
    influencers: tuple[Handle, ...] = ()
    influencees: tuple[Handle, ...] = ()


class KredPart(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Kred's pair: influence 1-1000 (0: unscored) and the outreach level, open at the top."""

    influence: Annotated[int, Meta(ge=0, le=1000)]
    outreach: Annotated[int, Meta(ge=0)]


class PeerIndexPart(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What PeerIndex knows of an account.

    `topics` maps benchmark topics to scores 0-100; without them the topic resource knows nothing of the account.
    `influenced_by` and `influences` are handles of this file's other accounts.
    """

    id: Uuid
    peerindex: Percent
    authority: Percent | None = None
    activity: Percent | None = None
    audience: Percent | None = None
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


class Account(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One Twitter account and what each provider knows of it."""

    handle: Handle
    twitter_id: Digits | None = None
    klout: KloutPart | None = None
    kred: KredPart | None = None
    peerindex: PeerIndexPart | None = None


class Dataset(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A whole data file. `key` opens every emulator; Kred wants `app_id` beside it. `note` says what the file is."""

    key: Annotated[str, Meta(min_length=1)]
    app_id: Annotated[str, Meta(min_length=1)] | None = None
    note: str = ""
    accounts: tuple[Account, ...]

    def __post_init__(self) -> None:
        _refuse_twins("handle", (a.handle.casefold() for a in self.accounts))
        _refuse_twins("Twitter id", (a.twitter_id for a in self.accounts if a.twitter_id))
        _refuse_twins("Klout id", (a.klout.id for a in self.accounts if a.klout))
        _refuse_twins("PeerIndex id", (a.peerindex.id for a in self.accounts if a.peerindex))
        on_klout = {a.handle.casefold(): a.klout for a in self.accounts if a.klout}
        on_peerindex = {a.handle.casefold(): a.peerindex for a in self.accounts if a.peerindex}
        for klout in on_klout.values():
            _refuse_strangers("Klout", klout.influencers + klout.influencees, on_klout)
        for peerindex in on_peerindex.values():
            _refuse_strangers("PeerIndex", peerindex.influenced_by + peerindex.influences, on_peerindex)

    @classmethod
    def from_json(cls, obj: Any) -> Self:
        """A data set from decoded JSON.

        Raises:
            ValueError: it is not one; says what is wrong and where.
        """
        try:
            return msgspec.convert(obj, cls)
        except msgspec.ValidationError as error:
            raise ValueError(f"not an emulator's data set: {error}") from error


def read_dataset(path: str | Path) -> Dataset:
    """The data set in this file (UTF-8 JSON).

    Raises:
        OSError: the file cannot be read.
        ValueError: it holds no data set; names the file, what is wrong and where.
    """
    try:
        return Dataset.from_json(msgspec.json.decode(Path(path).read_bytes()))
    except msgspec.DecodeError as error:
        raise ValueError(f"{path} is not JSON: {error}") from error
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from error


def read_example() -> Dataset:
    """The small synthetic data set that is shipped, for a first try without a file."""
    return Dataset.from_json(msgspec.json.decode(files("renown.emulators").joinpath("example.json").read_bytes()))


def _refuse_twins(what: str, values: Iterable[str]) -> None:
    twins = [value for value, count in Counter(values).items() if count > 1]
    if twins:
        raise ValueError(f"the {what} {twins[0]!r} stands on more than one account")


def _refuse_strangers(provider: str, handles: Iterable[str], known: Iterable[str]) -> None:
    strangers = {handle.casefold() for handle in handles} - set(known)
    if strangers:
        raise ValueError(f"{min(strangers)!r} is named as somebody {provider} knows, but has no part of it here")
