"""The entries of rankings: composites with the very claims they were made of, kept until the next change."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

import numpy as np

from renown.claims import Absence
from renown.gateway.blended import Scored
from renown.gateway.bounded import Bounded
from renown.gateway.held import Held, Memory
from renown.gateway.ranking import Ranked
from renown.gateway.rankings import Rankings
from renown.gateway.shown import Shown
from renown.gateway.standings import Standings
from renown.providers import Registry

_MOST = 20_000

_Place = tuple[int, int]  # a snapshot, and a row of it


class Entries:
    """Makes entries of rankings. Those of a page that was asked for since the last change are given as they are."""

    def __init__(self, rankings: Rankings, held: Held, registry: Registry, now: Callable[[], datetime]) -> None:
        self._rankings = rankings
        self._held = held
        self._registry = registry
        self._now = now
        self._memory: Memory | None = None
        self._scored: Bounded[_Place, Scored] = Bounded(_MOST)

    async def of(self, ranked: Ranked, start: int, stop: int) -> Shown:
        """The entries at the positions from `start` up to `stop`. Suspends only where the store must be read."""
        memory = await self._held.memory()
        if memory is not self._memory:
            self._rankings.forget_pages()
            self._scored = Bounded(_MOST)
            self._memory = memory
        page = self._rankings.page(ranked, start, stop)
        if page is None:
            rows = ranked.candidates[ranked.ranking.rows[start:stop]].tolist()
            held = await self._of_rows(ranked.standings, rows, memory, self._scored)
            page = Shown(ranked, start, stop, [held[row] for row in rows])
            if memory is self._memory:
                self._rankings.keep_page(ranked, start, stop, page)
        return page

    async def _of_rows(
        self, standings: Standings, rows: Sequence[int], memory: Memory, kept: Bounded[_Place, Scored]
    ) -> Mapping[int, Scored]:
        """Voices of a snapshot by their rows: kept, as rankings by many recipes show the same, or read."""
        # What is kept under it keeps the snapshot alive, so that no other one can take its number.
        snapshot = id(standings)
        found = {row: scored for row in rows if (scored := kept.get((snapshot, row)))}
        missing = [row for row in rows if row not in found]
        if missing:
            for row, scored in zip(missing, await self._read(standings, missing, memory), strict=True):
                kept.keep((snapshot, row), scored)
                found[row] = scored
        return found

    async def _read(self, standings: Standings, rows: Sequence[int], memory: Memory) -> list[Scored]:
        now, as_of, voices = self._now(), standings.as_of, [standings.voices[row] for row in rows]
        records = await memory.records(voices)
        then = records if as_of is None else await memory.past_records(voices, as_of)
        ids = standings.claims[np.array(rows)].tolist()
        claims = await memory.claims(id_ for of_one in ids for id_ in of_one if id_)
        absences = await memory.absences(voices)
        found = []
        for voice, of_one in zip(voices, ids, strict=True):
            scores = {
                provider: claims.get(id_) or self._why_none(standings, voice, provider, absences[voice], now)
                for provider, id_ in zip(standings.providers, of_one, strict=True)
            }
            found.append(Scored(standings, voice, scores, records[voice], then[voice]))
        return found

    def _why_none(
        self, standings: Standings, voice: str, provider: str, absences: Sequence[Absence], now: datetime
    ) -> Absence:
        if standings.without and (held := standings.why_held(voice, provider, now)):
            return held
        for absence in absences:
            if absence.provider == provider:
                return absence
        return self._registry.why_absent(provider, voice, now)
