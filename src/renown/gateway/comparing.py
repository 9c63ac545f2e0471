"""Compares two to five voices, and refuses to order those that the recipe's alternatives do not keep apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations

from renown.claims import Absence, Account
from renown.errors import BadRequest
from renown.gateway.blended import Blended
from renown.gateway.filtering import Filter
from renown.gateway.gateway import Gateway
from renown.gateway.ranking import Ranked
from renown.gateway.recipes import DEFAULT_RECIPE
from renown.gateway.tally import Tally
from renown.gateway.voices import VoiceRecord
from renown.scoring import Recipe, odds

SURE = 0.75
_FEWEST, _MOST = 2, 5


@dataclass(frozen=True, slots=True)
class Pair:
    """Two voice keys, the first placed no lower; `odds` is the share of the draws in which it is above, ties half."""

    first: str
    second: str
    odds: float

    @property
    def too_close(self) -> bool:
        """Whether the two are not to be ordered."""
        return self.odds < SURE


@dataclass(frozen=True, slots=True)
class Compared:
    """The ranking of those compared, their composites, those without one, the odds of each pair, and a sentence.

    `records` holds all of them by voice key.
    """

    ranked: Ranked
    entries: Sequence[Blended]
    unranked: list[tuple[VoiceRecord, Absence]]
    pairs: list[Pair]
    verdict: str
    records: dict[str, VoiceRecord]


async def compare(
    gateway: Gateway,
    accounts: Sequence[Account],
    recipe: Recipe = DEFAULT_RECIPE,
    *,
    as_of: datetime | None = None,
    tally: Tally | None = None,
    deadline: float | None = None,
) -> Compared:
    """Compares the voices of these accounts, now or as they stood at a moment.

    Raises:
        BadRequest: fewer than two or more than five different voices (code BAD_COMPARISON).
        UnknownVoice: one of them is not known.
        BadRecipe: the recipe cannot be computed.
    """
    if not _FEWEST <= len({account.key for account in accounts}) <= _MOST or len(accounts) > _MOST:
        raise BadRequest(
            f"A comparison is of {_FEWEST} to {_MOST} different voices.",
            "Name each once; for more, ask for a ranking.",
            code="BAD_COMPARISON",
        )
    found = await gateway.voices(accounts, tally, deadline=deadline)
    records = {record.key: record for record in (each.unwrap() for each in found)}
    standings = await gateway.snapshots.current(as_of)
    ranked = await gateway.rank(Filter(voices=tuple(records)), recipe, standings=standings)
    entries = await gateway.entries(ranked, 0, len(ranked))
    pairs = _pairs(entries)
    names = {key: _name(record) for key, record in records.items()}
    lacking = [
        (record, gateway.too_few(record, recipe, standings))
        for key, record in records.items()
        if key not in ranked.positions
    ]
    verdict = _verdict(pairs, names, [record.key for record, _ in lacking])
    return Compared(ranked, entries, lacking, pairs, verdict, records)


def _pairs(entries: Sequence[Blended]) -> list[Pair]:
    """Each two of the entries, which are all there are."""
    return [
        Pair(upper.voice, lower.voice, round(odds(upper.stretch.drawn.places, upper.at, lower.at), 6))
        for upper, lower in combinations(entries, 2)
    ]


def _name(record: VoiceRecord) -> str:
    claim = record.shown("name")
    return str(claim.value) if claim else record.accounts[0].handle


def _verdict(pairs: Sequence[Pair], names: dict[str, str], lacking: Sequence[str]) -> str:
    close = [f"{names[pair.first]} and {names[pair.second]}" for pair in pairs if pair.too_close]
    clear = [
        f"{names[pair.first]} is above {names[pair.second]} (odds {pair.odds:.0%})"
        for pair in pairs
        if not pair.too_close
    ]
    said = [f"Too close to call: {'; '.join(close)}."] if close else []
    said += [f"{'; '.join(clear)}."] if clear else []
    said += [f"Not ranked, for want of scores: {', '.join(names[key] for key in lacking)}."] if lacking else []
    return " ".join(said)
