"""Reads "top UK automotive voices" by a small grammar, and says in plain words how it was read.

    question = ["the"] ["top" | "best" | "most influential"] [number] {word} ["on" network] ["in" place]
    word     = country or demonym | topic | network | kind of voice | filler

Countries and demonyms, topics that somebody is known to speak on, and networks may stand in any order; the longest
match wins. A place is what follows "in" when it is no country. Any other word is an error that names it.
"""

import re
from dataclasses import dataclass

from msgspec.structs import replace

from renown.claims import VoiceKind
from renown.errors import BadRequest, UnknownName
from renown.gateway.filtering import Filter
from renown.gateway.standings import Standings
from renown.gateway.vocabulary import countries, country_name, topic_name

_FILLERS = frozenset(
    {
        *("a", "about", "accounts", "all", "and", "are", "best", "by", "for", "from", "influencers", "influential"),
        *("leaders", "leading", "me", "most", "of", "on", "rank", "ranked", "ranking", "show", "the", "to", "top"),
        *("leads", "voice", "voices", "who", "whom", "with"),
    }
)
_KINDS = {
    "people": (VoiceKind.PERSON,),
    "persons": (VoiceKind.PERSON,),
    "organisations": (VoiceKind.ORGANISATION,),
    "organizations": (VoiceKind.ORGANISATION,),
    "brands": (VoiceKind.ORGANISATION,),
    "publications": (VoiceKind.PUBLICATION,),
}
_PLURALS = {
    VoiceKind.PERSON: "people",
    VoiceKind.ORGANISATION: "organisations",
    VoiceKind.PUBLICATION: "publications",
    VoiceKind.AUTOMATED: "automated accounts",
    VoiceKind.PARODY: "parodies",
    VoiceKind.UNKNOWN: "voices of unknown kind",
}
_LONGEST_QUESTION = 200
_LONGEST_NAME = 6  # words


@dataclass(frozen=True, slots=True)
class Question:
    """A filter, and how many the question asks for (None where it names no number)."""

    filter: Filter
    first: int | None


def read_question(text: str, standings: Standings) -> Question:
    """What the phrase asks, given what the snapshot knows.

    Raises:
        BadRequest: the phrase is empty or too long, or names two countries (code BAD_QUESTION).
        UnknownName: a word that is neither country, topic, network nor filler (code UNKNOWN_WORD).
    """
    if not text.strip() or len(text) > _LONGEST_QUESTION:
        raise BadRequest(
            "The question is empty." if not text.strip() else f"The question is over {_LONGEST_QUESTION} characters.",
            "Ask for example: top UK automotive voices.",
            code="BAD_QUESTION",
        )
    return _Reader(text, standings).read()


class _Reader:
    def __init__(self, text: str, standings: Standings) -> None:
        self._words = re.findall(r"[^\s,;?!\"]+", text.casefold())
        self._topics = {topic_name(slug).casefold(): slug for slug in standings.topics}
        self._networks = set(standings.networks)
        self._countries = countries()
        self._filter = Filter()
        self._first: int | None = None

    def read(self) -> Question:
        at = 0
        while at < len(self._words):
            at += self._take(at)
        return Question(self._filter, self._first)

    def _take(self, at: int) -> int:
        """Reads what stands at this word; how many words it was."""
        for length in range(min(_LONGEST_NAME, len(self._words) - at), 0, -1):
            if self._name(" ".join(self._words[at : at + length])):
                return length
        if self._words[at] == "in" and at + 1 < len(self._words):
            return self._place(at + 1) + 1
        raise UnknownName("word", self._words[at], self._known(), "Ask for example: top UK automotive voices.")

    def _name(self, phrase: str) -> bool:
        plain = phrase.removesuffix(".") if phrase not in self._countries else phrase
        if code := self._countries.get(plain):
            if self._filter.country not in {None, code}:
                raise BadRequest(
                    f"The question names two countries, {self._filter.country} and {code}.",
                    "Ask for one at a time.",
                    code="BAD_QUESTION",
                )
            self._filter = replace(self._filter, country=code)
        elif topic := self._topics.get(plain.replace("-", " ")):
            self._filter = replace(self._filter, topics=(*self._filter.topics, topic))
        elif plain in self._networks:
            self._filter = replace(self._filter, networks=(*self._filter.networks, plain))
        elif kinds := _KINDS.get(plain):
            self._filter = replace(self._filter, kinds=(*self._filter.kinds, *kinds))
        elif plain.isdecimal() and self._first is None:
            self._first = int(plain[:9])
        else:
            return plain in _FILLERS
        return True

    def _place(self, at: int) -> int:
        """After "in": a country, topic or network if the next words name one, else a place as people claim it."""
        if self._words[at] == "the" and at + 1 < len(self._words):
            return self._place(at + 1) + 1
        for length in range(min(_LONGEST_NAME, len(self._words) - at), 0, -1):
            phrase = " ".join(self._words[at : at + length])
            if phrase not in _FILLERS and self._name(phrase):
                return length
        stop = next((n for n in range(at + 1, len(self._words)) if self._means_more(self._words[n])), len(self._words))
        self._filter = replace(self._filter, place=" ".join(self._words[at:stop]))
        return stop - at

    def _means_more(self, word: str) -> bool:
        """Whether a word is more than a part of a place's name."""
        known = (self._countries, self._topics, self._networks, _KINDS, _FILLERS)
        return any(word in names for names in known)

    def _known(self) -> set[str]:
        return {*self._topics, *self._networks, *self._countries, *_KINDS, "top", "voices"}


def in_plain_words(asked: Filter, first: int) -> str:
    """How a filter was understood: a sentence a person can check."""
    kinds = " or ".join(_PLURALS[kind] for kind in asked.kinds) or "voices"
    parts = [f"The top {first} {kinds}"]
    if asked.topics:
        parts.append(f"known to speak on {' or '.join(topic_name(t).lower() for t in asked.topics)}")
    if asked.country:
        parts.append(f"whose country is {country_name(asked.country.upper())} ({asked.country.upper()})")
    if asked.place:
        parts.append(f"whose claimed place says {asked.place!r}")
    if asked.networks:
        parts.append(f"with an account on {' or '.join(asked.networks)}")
    if asked.list:
        parts.append(f"on the list {asked.list!r}")
    if asked.providers:
        parts.append(f"scored by {' and '.join(asked.providers)}")
    if asked.text:
        parts.append(f"whose name, handle or description says {asked.text!r}")
    if asked.minimum_score is not None:
        parts.append(f"with a composite of at least {asked.minimum_score:g}")
    return ", ".join(parts) + ", by composite score."
