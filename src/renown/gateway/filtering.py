"""Which voices a ranking looks at: a frozen filter, and the rows of a snapshot that it asks for."""

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache, reduce
from operator import or_

import msgspec
import numpy as np

from renown.claims import VoiceKind
from renown.errors import BadRequest, UnknownName
from renown.gateway.bitset import Bitset
from renown.gateway.standings import Standings

_KEPT = 1_000


class Filter(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """What is asked of a voice. Topics and kinds are alternatives (any of them); the rest must all hold.

    `country` is ISO 3166-1 alpha-2, `place` and `text` are looked for inside what is claimed, case-folded;
    `minimum_score` is a composite; `voices` are voice keys (a comparison).
    """

    topics: tuple[str, ...] = ()
    country: str | None = None
    place: str | None = None
    networks: tuple[str, ...] = ()
    kinds: tuple[VoiceKind, ...] = ()
    list: str | None = None
    minimum_score: float | None = None
    providers: tuple[str, ...] = ()
    text: str | None = None
    voices: tuple[str, ...] = ()

    @property
    def canonical(self) -> str:
        """The same filter, the same text: JSON without what is not asked, keys and alternatives sorted."""
        return _canonical(self)

    @classmethod
    def from_canonical(cls, text: str) -> "Filter":
        """The filter that has this canonical text.

        Raises:
            ValueError: it is the text of no filter.
        """
        return msgspec.json.decode(text, type=cls)

    def steps(self, standings: Standings) -> Iterator[tuple[str, Bitset]]:
        """The rows that meet one condition after the other, with the reason by which it leaves people out.

        Raises:
            UnknownName: a topic, list, network or provider nobody has.
            BadRequest: the country is no alpha-2 code (code UNKNOWN_COUNTRY).
        """
        if self.voices:
            yield "not one of those compared", standings.only(self.voices)
        if self.list is not None:
            yield f"not on the list {self.list!r}", _named(standings.lists, self.list, "list")
        if self.country is not None:
            yield "country not known", standings.known_country
            yield f"country is not {self.country.upper()}", standings.country.any_of([_alpha_2(self.country)])
        if self.place is not None:
            yield f"place does not say {self.place!r}", standings.place.saying(self.place.casefold())
        if self.text is not None:
            yield (
                f"name, handle and description do not say {self.text!r}",
                standings.text.saying(self.text.casefold()),
            )
        yield from self._alternatives(standings)
        for provider in self.providers:
            scored = ~np.isnan(standings.raw[:, standings.column(provider)])
            yield f"no score of {provider}", Bitset.of(scored)

    def _alternatives(self, standings: Standings) -> Iterator[tuple[str, Bitset]]:
        if self.topics:
            named = [_named(standings.topics, topic, "topic") for topic in self.topics]
            yield f"not known to speak on {' or '.join(self.topics)}", reduce(or_, named)
        if self.networks:
            named = [_named(standings.networks, network, "network") for network in self.networks]
            yield f"not on {' or '.join(self.networks)}", reduce(or_, named)
        if self.kinds:
            kinds = " or ".join(kind.lower() for kind in self.kinds)
            yield f"not of the kind {kinds}", standings.kind.any_of(str(kind) for kind in self.kinds)


@lru_cache(_KEPT)
def _canonical(asked: Filter) -> str:
    plain = msgspec.to_builtins(asked)
    return json.dumps(
        {name: sorted(said) if isinstance(said, (list, tuple)) else said for name, said in plain.items()},
        sort_keys=True,
        ensure_ascii=False,
        separators=(",", ":"),
    )


def _alpha_2(country: str) -> str:
    if len(country) != 2 or not country.isalpha():
        raise BadRequest(
            f"{country[:40]!r} is no country code.", "Give ISO 3166-1 alpha-2, for example GB.", code="UNKNOWN_COUNTRY"
        )
    return country.upper()


def _named(marked: Mapping[str, Bitset], name: str, what: str) -> Bitset:
    rows = marked.get(name.casefold())
    if rows is None:
        raise UnknownName(what, name, marked)
    return rows
