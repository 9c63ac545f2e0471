"""Why a voice moved between two moments, cause by cause."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from renown.api.composites import Unranked
from renown.api.context import Info
from renown.api.describe import argument, enum_type, object_type, plain, resolver
from renown.api.recipes import RecipeArgument, RecipeInput, read_recipe
from renown.claims import Absence
from renown.gateway import Ranked, VoiceRecord
from renown.gateway.moving import Moved, movement
from renown.scoring.movement import Cause

if TYPE_CHECKING:
    from renown.api.rankings import RankingEntry, VoiceFilter
    from renown.api.voices import Voice

_Entry = Annotated["RankingEntry", strawberry.lazy("renown.api.rankings")]
_Since = Annotated[datetime, strawberry.argument(name="from", description="From where it stood at this moment.")]
_Until = Annotated[datetime | None, argument("To where it stood at this moment. Default: now.")]
_Then = Annotated[RecipeInput | None, argument("The recipe of the earlier ranking. Default: that of the later one.")]
_Among = Annotated["VoiceFilter", strawberry.lazy("renown.api.rankings")]
_Filter = Annotated[_Among | None, argument("The ranking it moved in; that of all voices where it is left out.")]

enum_type(
    Cause,
    OWN_CHANGE="Its own scores changed, came or went.",
    PEERS="The scores of others changed.",
    UNIVERSE="Others came to be known or to match the filter, or no longer are or do.",
    PROVIDER_METHOD="A provider changed how it scores, or the frozen reference was built anew.",
    RECIPE="The two rankings were made by different recipes.",
    STALENESS="Scores grew older or were confirmed, and the recipe counts their age.",
)


@object_type
class MovementPart:
    """What one cause did."""

    cause: Cause = plain("The cause.")
    points: float = plain("What it did to the composite. All parts add up to the change to the last decimal.")
    places: int = plain("How many places it moved the voice, up being positive. All parts add up to the change.")
    explanation: str = plain("What changed, or that nothing did, in words.")


@object_type
class Movement:
    """How a voice moved in a ranking between two moments, and why."""

    moved: strawberry.Private[Moved]
    record: strawberry.Private[VoiceRecord]
    from_: datetime = plain("The earlier moment.", name="from")
    to: datetime = plain("The later moment.")

    @resolver
    def value_then(self) -> float:
        """Its composite at the earlier moment."""
        return self.moved.values[0]

    @resolver
    def value_now(self) -> float:
        """Its composite at the later moment."""
        return self.moved.values[1]

    @resolver
    def place_then(self) -> int:
        """Its place at the earlier moment, from 1."""
        return self.moved.places[0]

    @resolver
    def place_now(self) -> int:
        """Its place at the later moment, from 1."""
        return self.moved.places[1]

    @resolver
    async def then(self, info: Info) -> _Entry:
        """Its entry in the earlier ranking, with the sources of its composite."""
        return await self._entry(info, self.moved.then)

    @resolver
    async def now(self, info: Info) -> _Entry:
        """Its entry in the later ranking, with the sources of its composite."""
        return await self._entry(info, self.moved.now)

    @resolver
    def parts(self) -> list[MovementPart]:
        """One for each cause, always in the same order; 0 where a cause did nothing."""
        return [
            MovementPart(cause=part.cause, points=part.points, places=part.places, explanation=said)
            for part, said in zip(self.moved.parts, self.moved.explanations, strict=True)
        ]

    @resolver
    def every_order(self) -> bool:
        """Whether a part is the mean over all orders in which the causes can be told (Shapley). In very large rankings
        they are told in one order: recipe, method, universe, peers, staleness, own change.
        """
        return self.moved.every_order

    @resolver
    def statement(self) -> str:
        """The whole movement in two sentences."""
        return self.moved.statement

    async def _entry(self, info: Info, ranked: Ranked) -> _Entry:
        from renown.api.rankings import RankingEntry

        at = ranked.positions[self.record.key]
        (blended,) = await info.context.gateway.entries(ranked, at, at + 1)
        return RankingEntry(blended=blended)


MovementResult = Annotated[
    Movement | Unranked,
    strawberry.union("MovementResult", description="A movement, or why there is none: the voice was not ranked."),
]


async def voice_movement(
    self: "Voice",
    info: Info,
    from_: _Since,
    to: _Until = None,
    recipe: RecipeArgument = None,
    recipe_then: _Then = None,
    filter: _Filter = None,
) -> MovementResult:
    """Why it moved in a ranking from one moment to another, cause by cause. Asks no provider."""
    gateway = info.context.gateway
    if to is None:
        info.context.holds_only_now()
    found = await movement(
        gateway,
        self.record,
        from_,
        to,
        recipe=await read_recipe(info, recipe),
        recipe_then=None if recipe_then is None else await read_recipe(info, recipe_then),
        asked=filter.understood() if filter else None,
    )
    if isinstance(found, Absence):
        return Unranked(reason=found.reason, message=found.message, record=self.record)
    return Movement(moved=found, record=self.record, from_=from_, to=to or info.context.began)
