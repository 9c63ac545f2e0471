"""What a provider is: a declaration, and two pure functions on either end of the transport.

Two kinds. **Asked**: `requests` says what to ask, `read` turns one reply into claims, absences and, where the
provider needs another step (an identity first, a job to poll), further requests. **Derived**: `derive` computes its
score from claims the gateway hands it. Neither opens a socket or the store.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import chain
from typing import Protocol, Self, runtime_checkable

from renown.claims import Absence, Account, Claim, Metric, Provenance, Relation
from renown.settings import ProviderSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """What a provider says of itself.

    `primary` is the slug of the metric that counts as its score, None for a source of profile facts only.
    `reads` names the networks its numbers are made from, so that three that read one network are not taken for three
    witnesses. `closed` is the day it closed for good. `fresh_for` ends in STALE; `keep_for` (the licence) in deletion.
    `eras` are the days on which its scale is known to have changed. `pace` is calls a second, `quota` calls a day in
    UTC (None: no limit is known), `batch` accounts a call. `blended` says whether a recipe with equal weights counts
    it; one with weights of its own can always name it. `base_url` is where it is asked unless its settings say
    otherwise; `secrets` names the settings without which it is not asked.
    """

    slug: str
    name: str
    metrics: tuple[Metric, ...]
    primary: str | None
    networks: tuple[str, ...] = ("twitter",)
    reads: tuple[str, ...] = ("twitter",)
    licence: str | None = None
    attribution: str | None = None
    closed: date | None = None
    fresh_for: timedelta = timedelta(days=1)
    keep_for: timedelta | None = None
    pace: float = 10.0
    quota: int | None = None
    batch: int = 1
    eras: tuple[date, ...] = ()
    blended: bool = True
    base_url: str | None = None
    secrets: tuple[str, ...] = ()

    @property
    def primary_metric(self) -> Metric | None:
        """The metric that counts as this provider's score."""
        return next((m for m in self.metrics if m.slug == self.primary), None)

    def metric(self, slug: str) -> Metric | None:
        """The metric with this slug, or None."""
        return next((m for m in self.metrics if m.slug == slug), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One GET. It never holds a key: the transport adds the adapter's credentials.

    `path` is relative to the base URL, `step` is the adapter's own word for what it asks, `delay` seconds are waited
    before it is sent (a job being polled), `attempt` counts such polls. A parameter with several values is sent once
    for each.
    """

    step: str
    path: str
    accounts: tuple[Account, ...]
    params: Mapping[str, str | Sequence[str]] = field(default_factory=dict)
    delay: float = 0.0
    attempt: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What came back. `url` has every secret removed; header names are lower-case."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Identity:
    """An account by the value of a claim on its id (`peerindex.id`), where a reply gives no handle."""

    field: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """That a provider names somebody else as the influencer or influencee of `subject`, an account key.

    It becomes a claim only where the other is in the directory already, and is forgotten otherwise. Its provenance is
    that of the claim on how many there are: by this it is known which links are of the newest reading.
    """

    subject: str
    relation: Relation
    other: Account | Identity
    provenance: Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one reply says: claims, absences, what to ask next, and whom it names beside a voice.

    An absence beside a follow-up (a job still being computed) stands only if the follow-up brings no score.
    """

    claims: tuple[Claim, ...] = ()
    absences: tuple[Absence, ...] = ()
    follow: tuple[Request, ...] = ()
    links: tuple[Link, ...] = ()

    @classmethod
    def of_all(cls, readings: Iterable["Reading"]) -> Self:
        """What several readings say together."""
        readings = tuple(readings)
        return cls(
            claims=tuple(chain.from_iterable(each.claims for each in readings)),
            absences=tuple(chain.from_iterable(each.absences for each in readings)),
            follow=tuple(chain.from_iterable(each.follow for each in readings)),
            links=tuple(chain.from_iterable(each.links for each in readings)),
        )


class Provider(Protocol):
    """Both kinds declare themselves. `adapter` names the code and its version: `klout-v2@1`."""

    @property
    def declaration(self) -> Declaration:
        """What it says of itself."""
        ...

    @property
    def adapter(self) -> str:
        """The code and its version."""
        ...


@runtime_checkable
class Asked(Provider, Protocol):
    """A provider with an API. Constructed with its settings."""

    @property
    def credentials(self) -> Mapping[str, str]:
        """Query parameters that carry secrets; only the transport reads this."""
        ...

    def requests(self, accounts: Sequence[Account], known: Mapping[str, str]) -> tuple[Request, ...]:
        """What to ask for these accounts. `known` maps account keys to the provider's own ids, where held."""
        ...

    def read(self, request: Request, reply: Reply) -> Reading:
        """What the reply says.

        Raises:
            ProviderFailure: it is an error, or cannot be read (the subclass says which).
        """
        ...


@runtime_checkable
class KeyedByHeader(Protocol):
    """What an asked provider is as well whose API takes a secret in a header."""

    @property
    def secret_headers(self) -> Mapping[str, str]:
        """Headers that carry secrets; only the transport reads this."""
        ...


@runtime_checkable
class Derived(Provider, Protocol):
    """A provider whose score is computed from claims that are held."""

    @property
    def needs(self) -> tuple[str, ...]:
        """The fields it computes from. One that ends in `/` stands for all that begin so."""
        ...

    def derive(self, subject: str, claims: Sequence[Claim], now: datetime) -> tuple[Claim, ...] | Absence:
        """The claims it makes of one subject's latest claims on `needs`, or why it makes none."""
        ...


class Factory(Protocol):
    """What the entry point names: called with the provider's settings."""

    def __call__(self, settings: ProviderSettings) -> Provider:
        """A provider, ready to be asked."""
        ...
