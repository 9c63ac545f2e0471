"""The entries of rankings: composites with the very claims they were made of, kept until the next change."""

from collections.abc import Callable, Sequence
from datetime import datetime

from renown.claims import Absence
from renown.gateway.blended import Blended
from renown.gateway.held import Held, Memory
from renown.gateway.ranking import Ranked
from renown.gateway.rankings import Rankings
from renown.gateway.standings import Standings
from renown.gateway.stretch import Stretch
from renown.providers import Registry


class Entries:
    """Makes entries of rankings. Those of a page that was asked for since the last change are given as they are."""

    def __init__(self, rankings: Rankings, held: Held, registry: Registry, now: Callable[[], datetime]) -> None:
        self._rankings = rankings
        self._held = held
        self._registry = registry
        self._now = now
        self._memory: Memory | None = None

    async def of(self, ranked: Ranked, start: int, stop: int) -> list[Blended]:
        """The entries at the positions from `start` up to `stop`. Suspends only where the store must be read."""
        memory = await self._held.memory()
        if memory is not self._memory:
            self._rankings.forget_pages()
            self._memory = memory
        page = self._rankings.page(ranked, start, stop)
        if page is None:
            page = await self._made(Stretch(ranked, start, stop), memory)
            if memory is self._memory:
                self._rankings.keep_page(ranked, start, stop, page)
        return list(page)

    async def _made(self, stretch: Stretch, memory: Memory) -> list[Blended]:
        ranked, voices, now = stretch.ranked, stretch.voices, self._now()
        as_of, columns = ranked.standings.as_of, ranked.columns
        records = await memory.records(voices)
        then = records if as_of is None else await memory.past_records(voices, as_of)
        ids = ranked.standings.claims[ranked.candidates[stretch.rows]][:, columns.at].tolist()
        claims = await memory.claims(id_ for of_one in ids for id_ in of_one if id_)
        absences = await memory.absences(voices)
        entries = []
        for at, voice in enumerate(voices):
            scores = {
                provider: claims.get(id_) or self._why_none(ranked.standings, voice, provider, absences[voice], now)
                for provider, id_ in zip(columns.providers, ids[at], strict=True)
            }
            entries.append(Blended(stretch, at, scores, records[voice], then[voice]))
        return entries

    def _why_none(
        self, standings: Standings, voice: str, provider: str, absences: Sequence[Absence], now: datetime
    ) -> Absence:
        return (
            standings.why_held(voice, provider, now)
            or next((absence for absence in absences if absence.provider == provider), None)
            or self._registry.why_absent(provider, voice, now)
        )
