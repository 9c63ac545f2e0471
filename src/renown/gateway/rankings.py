"""Rankings that were computed, and the pages of them that were shown: as many as fit a bound, the last used first."""

import asyncio
from collections import OrderedDict
from dataclasses import dataclass, field

from renown.gateway.filtering import Filter
from renown.gateway.ranking import Ranked, rank_standings
from renown.gateway.shown import Shown
from renown.gateway.standings import Standings
from renown.scoring import Recipe

# A ranked row takes about 100 bytes; an entry, and a ranking by itself, as much as 25 rows. In all about 300 MB.
_MOST_ROWS = 3_000_000
_ROWS_AN_ENTRY = 25

# Below it a thread costs more than it spares the others.
_LARGE = 20_000

_Key = tuple[str, str, Filter]


@dataclass(slots=True)
class _Kept:
    """A ranking, its pages by where they begin and end, and what they take in rows."""

    ranked: Ranked
    pages: dict[tuple[int, int], Shown] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        entries = sum(len(page) for page in self.pages.values())
        return len(self.ranked.candidates) + _ROWS_AN_ENTRY * (1 + entries)


class Rankings:
    """Rankings by snapshot, recipe and filter."""

    def __init__(self, most_rows: int = _MOST_ROWS) -> None:
        self._most_rows = most_rows
        self._rows = 0
        self._kept: OrderedDict[_Key, _Kept] = OrderedDict()

    async def ranked(self, standings: Standings, recipe: Recipe, asked: Filter) -> Ranked:
        """Everybody who matches the filter, ranked. Suspends only to compute a large ranking.

        Raises:
            BadRecipe, UnknownName: the recipe or the filter cannot be computed on these columns.
        """
        key = standings.snapshot, recipe.hash, asked
        kept = self._kept.get(key)
        # A snapshot is built anew when the licence took of it.
        if kept is not None and kept.ranked.standings is standings:
            self._kept.move_to_end(key)
            return kept.ranked
        if len(standings.voices) > _LARGE:
            ranked = await asyncio.to_thread(rank_standings, standings, recipe, asked)
        else:
            ranked = rank_standings(standings, recipe, asked)
        self._forget(key)
        self._keep(key, _Kept(ranked))
        return ranked

    def page(self, ranked: Ranked, start: int, stop: int) -> Shown | None:
        """The entries that were kept of a ranking, from one position up to another."""
        kept = self._kept.get(_key(ranked))
        return kept.pages.get((start, stop)) if kept is not None and kept.ranked is ranked else None

    def keep_page(self, ranked: Ranked, start: int, stop: int, entries: Shown) -> None:
        """Keeps these entries of a ranking, as long as it is kept itself."""
        key = _key(ranked)
        kept = self._kept.get(key)
        if kept is not None and kept.ranked is ranked:
            self._forget(key)
            kept.pages[start, stop] = entries
            self._keep(key, kept)

    def forget_pages(self) -> None:
        """Lets go of all entries: what they were made of may have changed."""
        for kept in self._kept.values():
            kept.pages.clear()
        self._rows = sum(kept.rows for kept in self._kept.values())

    def _keep(self, key: _Key, kept: _Kept) -> None:
        self._kept[key] = kept
        self._rows += kept.rows
        while self._rows > self._most_rows and len(self._kept) > 1:
            _, oldest = self._kept.popitem(last=False)
            self._rows -= oldest.rows

    def _forget(self, key: _Key) -> None:
        kept = self._kept.pop(key, None)
        if kept is not None:
            self._rows -= kept.rows


def _key(ranked: Ranked) -> _Key:
    return ranked.standings.snapshot, ranked.recipe.hash, ranked.filter
