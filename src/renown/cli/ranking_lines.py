"""A part of a ranking, line by line, as the table, the JSON and the CSV of `rank`, `compare` and `demo` read it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from renown.claims import Absence, Claim

if TYPE_CHECKING:
    from renown.gateway import Blended, Gateway, Ranked, VoiceRecord


@dataclass(frozen=True, slots=True)
class Line:
    """One ranked voice: its place and composite, each with the range that holds nine draws in ten."""

    place: int
    shared: bool
    place_low: int
    place_high: int
    value_low: float
    value_high: float
    entry: "Blended"
    record: "VoiceRecord"

    @property
    def handle(self) -> str:
        """The handle of the voice's first account, in the owner's spelling."""
        return self.record.accounts[0].handle

    @property
    def name(self) -> str:
        """What it is called; empty where no source says."""
        return name_of(self.record)

    @property
    def scores(self) -> dict[str, Claim | Absence]:
        """For each of the ranking's providers, in order, its score or why there is none."""
        return {provider: self.entry.scores[provider] for provider in self.entry.ranked.columns.providers}


def name_of(record: "VoiceRecord") -> str:
    """What a voice is called; empty where no source says."""
    claim = record.shown("name")
    return str(claim.value) if claim else ""


async def lines_of(gateway: "Gateway", ranked: "Ranked", start: int, stop: int) -> list[Line]:
    """The lines at the positions from `start` up to `stop`."""
    if start >= stop:
        return []
    drawn = ranked.draws(slice(start, stop))
    entries = await gateway.entries(ranked, start, stop)
    records = await gateway.records(ranked.voices[start:stop], ranked.standings.as_of)
    return [
        Line(
            place=int(ranked.ranking.places[entry.position]),
            shared=bool(ranked.ranking.shared[entry.position]),
            place_low=int(drawn.place_low[at]),
            place_high=int(drawn.place_high[at]),
            value_low=float(drawn.value_low[at]),
            value_high=float(drawn.value_high[at]),
            entry=entry,
            record=records[entry.voice],
        )
        for at, entry in enumerate(entries)
    ]
