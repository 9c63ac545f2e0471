"""Finds voices by name, handle or description in the present snapshot. Nobody is asked."""

from dataclasses import dataclass
from functools import reduce
from operator import and_

from msgspec.structs import replace

from renown.errors import BadRequest
from renown.gateway.filtering import Filter
from renown.gateway.gateway import Gateway
from renown.gateway.paging import Page, check_page, encode_cursor, fingerprint
from renown.gateway.vocabulary import TOPIC_PARENTS

_FIRST = 20


@dataclass(frozen=True, slots=True)
class Matches:
    """The voice keys found, best match first, and which part of them was asked for."""

    voices: tuple[str, ...]
    page: Page
    snapshot: str
    mark: str

    def cursor(self, position: int) -> str:
        """The cursor of a position."""
        return encode_cursor(self.snapshot, self.mark, position)


async def search(
    gateway: Gateway, text: str, asked: Filter | None = None, first: int | None = None, after: str | None = None
) -> Matches:
    """Voices whose name, handle or description says the text: those whose own words begin with it first.

    Raises:
        BadRequest: the text is empty (code EMPTY_SEARCH).
        BadPage, BadCursor, UnknownName: that part cannot be answered.
    """
    wanted = text.strip().casefold().removeprefix("@")
    if not wanted:
        raise BadRequest("The search is empty.", "Give a part of a name or handle.", code="EMPTY_SEARCH")
    within = replace(asked or Filter(), text=wanted)
    size = check_page(first, _FIRST, gateway.settings.max_page)
    mark = fingerprint(within.canonical)
    resumed = await gateway.snapshots.resumed(after)
    standings, position = resumed.standings, resumed.of(mark, after)
    left = reduce(and_, (meeting for _, meeting in within.steps(standings)))
    rows = [int(row) for row in left.rows]
    found = sorted((-_closeness(standings.text[row], wanted), standings.voices[row]) for row in rows)
    voices = tuple(voice for _, voice in found)
    return Matches(voices, Page.after(position, size, len(voices)), standings.snapshot, mark)


def _closeness(text: str, wanted: str) -> int:
    """2 where a whole word is the text, 1 where a word begins with it, else 0."""
    words = text.split()
    return 2 if wanted in words else int(any(word.startswith(wanted) for word in words))


async def known_topics(gateway: Gateway) -> list[str]:
    """The slugs of all topics somebody is known to speak on, and of their parents, in order."""
    said = (await gateway.snapshots.current()).topics
    return sorted({*said, *(TOPIC_PARENTS[slug] for slug in said if slug in TOPIC_PARENTS)})
