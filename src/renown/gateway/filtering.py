"""Which voices a ranking looks at: a frozen filter, and the mask it makes of a snapshot, with every exclusion counted."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from renown.claims import VoiceKind
from renown.errors import BadRequest, UnknownName
from renown.gateway.standings import Standings

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
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
        asked = {f.name: getattr(self, f.name) for f in fields(self)}
        said = {k: sorted(v) if isinstance(v, tuple) else v for k, v in asked.items() if v not in (None, ())}
        return json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_canonical(cls, text: str) -> "Filter":
        """The filter that has this canonical text.

        Raises:
            ValueError: it is the text of no filter.
        """
        said = json.loads(text)
        if not isinstance(said, dict):
            raise ValueError("not a filter")  # noqa: TRY004 - a malformed text, whatever its type
        if "kinds" in said:
            said["kinds"] = [VoiceKind(kind) for kind in said["kinds"]]
        try:
            return cls(**{k: tuple(v) if isinstance(v, list) else v for k, v in said.items()})
        except TypeError as error:
            raise ValueError("not a filter") from error

    def steps(self, standings: Standings) -> Iterator[tuple[str, Mask]]:
        """One mask a condition, with the reason by which it leaves people out.

        Raises:
            UnknownName: a topic, list, network or provider nobody has.
            BadRequest: the country is no alpha-2 code (code UNKNOWN_COUNTRY).
        """
        if self.voices:
            yield "not one of those compared", standings.mask_of(self.voices)
        if self.list is not None:
            yield f"not on the list {self.list!r}", _named(standings.lists, self.list, "list")
        if self.country is not None:
            if len(self.country) != 2 or not self.country.isalpha():
                raise BadRequest(
                    f"{self.country[:40]!r} is no country code.",
                    "Give ISO 3166-1 alpha-2, for example GB.",
                    code="UNKNOWN_COUNTRY",
                )
            yield "country not known", standings.country != ""
            yield f"country is not {self.country.upper()}", standings.country == self.country.upper()
        if self.place is not None:
            yield f"place does not say {self.place!r}", _saying(standings.place, self.place)
        if self.topics:
            named = [_named(standings.topics, topic, "topic") for topic in self.topics]
            yield f"not known to speak on {' or '.join(self.topics)}", np.logical_or.reduce(named)
        if self.networks:
            named = [_named(standings.networks, network, "network") for network in self.networks]
            yield f"not on {' or '.join(self.networks)}", np.logical_or.reduce(named)
        if self.kinds:
            kinds = " or ".join(kind.lower() for kind in self.kinds)
            yield f"not of the kind {kinds}", np.isin(standings.kind, [str(kind) for kind in self.kinds])
        if self.text is not None:
            yield f"name, handle and description do not say {self.text!r}", _saying(standings.text, self.text)
        for provider in self.providers:
            yield f"no score of {provider}", ~np.isnan(standings.raw[:, standings.column(provider)])


def _named(masks: dict[str, Mask], name: str, what: str) -> Mask:
    mask = masks.get(name.casefold())
    if mask is None:
        raise UnknownName(what, name, masks)
    return mask


def _saying(texts: NDArray[np.object_], wanted: str) -> Mask:
    wanted = wanted.casefold()
    return np.fromiter((wanted in text for text in texts), dtype=bool, count=len(texts))
