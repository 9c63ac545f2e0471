"""Why a voice moved between two moments: its place and value then and now, and a part of the change for each cause."""

import asyncio
from dataclasses import dataclass
from datetime import datetime

from renown.claims import Absence, AbsenceReason
from renown.errors import BadRequest, UnknownName
from renown.gateway.filtering import Filter
from renown.gateway.gateway import Gateway
from renown.gateway.moving_words import explanations, statement
from renown.gateway.ranking import Ranked
from renown.gateway.recipes import DEFAULT_RECIPE
from renown.gateway.standings import Standings
from renown.gateway.voices import VoiceRecord
from renown.gateway.worlds import Worlds
from renown.scoring import Recipe
from renown.scoring.movement import CausePart, split

# So many rows in all worlds together are ranked in about half a second.
_MOST_ROWS = 500_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A voice in two rankings, and a part for each cause with its explanation; parts add up to the last millionth.

    `every_order` says whether the parts are Shapley's; where that would have cost too much they are those of one order.
    """

    voice: str
    then: Ranked
    now: Ranked
    parts: tuple[CausePart, ...]
    explanations: tuple[str, ...]
    every_order: bool

    @property
    def places(self) -> tuple[int, int]:
        """Its place then and now."""
        one, other = (int(ranked.ranking.places[ranked.positions[self.voice]]) for ranked in (self.then, self.now))
        return one, other

    @property
    def values(self) -> tuple[float, float]:
        """Its composite then and now, to six decimals."""
        one, other = (float(ranked.values[ranked.positions[self.voice]]) for ranked in (self.then, self.now))
        return one, other

    @property
    def statement(self) -> str:
        """The whole movement in two sentences."""
        return statement(self.places, self.values, self.parts)


async def movement(
    gateway: Gateway,
    record: VoiceRecord,
    since: datetime,
    until: datetime | None = None,
    *,
    recipe: Recipe = DEFAULT_RECIPE,
    recipe_then: Recipe | None = None,
    asked: Filter | None = None,
) -> Moved | Absence:
    """Why a voice moved in the ranking of a filter from one moment to another (now, where none is given).

    `recipe_then` is the recipe the first ranking was made by; the same where none is given. No provider is asked. A
    voice that was not ranked at one of the moments has no movement, and the absence says at which and why.

    Raises:
        BadRequest: a moment is in the future (BAD_MOMENT), or the first is not the earlier (BAD_PERIOD).
        BadRecipe, UnknownName: a recipe or the filter cannot be computed at either moment.
    """
    if since >= (until or gateway.now()):
        raise BadRequest(
            "The movement begins when it ends, or later.",
            "Give the earlier moment first.",
            code="BAD_PERIOD",
        )
    asked, recipe_then = asked or Filter(), recipe_then or recipe
    then = await _ranking(gateway, await gateway.snapshots.current(since), recipe_then, asked)
    now = await _ranking(gateway, await gateway.snapshots.current(until), recipe, asked)
    if isinstance(then, UnknownName) and isinstance(now, UnknownName):
        raise now
    lacking = [
        _unranked(gateway, record, ranked, used, moment)
        for ranked, used, moment in ((then, recipe_then, since), (now, recipe, until))
        if isinstance(ranked, UnknownName) or record.key not in ranked.positions
    ]
    if isinstance(then, Ranked) and isinstance(now, Ranked) and not lacking:
        names = {each.declaration.slug: each.declaration.name for each in gateway.registry}
        return await asyncio.to_thread(explain, then, now, record.key, names)
    said = " ".join(absence.message for absence in lacking)
    return Absence(record.key, "", lacking[0].reason, said, gateway.now())


def explain(then: Ranked, now: Ranked, voice: str, names: dict[str, str] | None = None) -> Moved:
    """The movement of a voice from one ranking to another of the same filter; it must be in both.

    `names` are what providers are called, by slug.
    """
    worlds = Worlds(then, now, voice)
    every_order = len(worlds) * 2 ** len(worlds.changed) <= _MOST_ROWS
    parts = split(worlds.stand, worlds.changed, every_order=every_order)
    said = explanations(worlds, names or {})
    return Moved(
        voice=voice,
        then=then,
        now=now,
        parts=parts,
        explanations=tuple(said[part.cause] for part in parts),
        every_order=every_order,
    )


async def _ranking(gateway: Gateway, standings: Standings, recipe: Recipe, asked: Filter) -> Ranked | UnknownName:
    """The ranking, or that the snapshot does not know a topic, list or network of the filter."""
    try:
        return await gateway.rank(asked, recipe, standings=standings)
    except UnknownName as error:
        return error


def _unranked(
    gateway: Gateway, record: VoiceRecord, ranked: Ranked | UnknownName, recipe: Recipe, moment: datetime | None
) -> Absence:
    """Why a voice is not in a ranking."""
    when = "Now" if moment is None else f"At {moment.isoformat()}"
    if isinstance(ranked, Ranked) and record.key in ranked.unranked:
        few = gateway.too_few(record, recipe, ranked.standings)
        return Absence(record.key, "", few.reason, f"{when} it is not ranked: {few.message}", gateway.now())
    why = str(ranked) if isinstance(ranked, UnknownName) else "it does not match the filter."
    return Absence(record.key, "", AbsenceReason.NOT_APPLICABLE, f"{when} it is not ranked: {why}", gateway.now())
