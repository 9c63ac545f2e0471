"""A ranking checked against what majorities of its providers say."""

import asyncio

import strawberry

from renown.api.describe import object_type, resolver
from renown.api.enums import RankCheckMethod
from renown.gateway import Ranked
from renown.gateway.rank_checks import RankCheck as MadeCheck
from renown.gateway.rank_checks import rank_checks as made_checks


@object_type
class RankCheck:
    """How far another method, by majorities of the providers, all weighing alike, agrees with this ranking."""

    check: strawberry.Private[MadeCheck]

    @resolver
    def method(self) -> RankCheckMethod:
        """The method."""
        return self.check.method

    @resolver
    def covers(self) -> int | None:
        """How many voices it orders: all that are ranked, on all pages. Null, never zero, where it was not made."""
        return self.check.covers

    @resolver
    def kendall_tau(self) -> float | None:
        """How alike both orders are: 1 the same, -1 the reverse; null where it was not made."""
        return None if self.check.tau is None else round(self.check.tau, 6)

    @resolver
    def reason(self) -> str | None:
        """Why it was not made, for example the list being too long for it; null where it was."""
        return self.check.reason

    @resolver
    def statement(self) -> str:
        """The same in a sentence that can be printed beside the list."""
        return self.check.statement


async def rank_checks(ranked: Ranked) -> list[RankCheck]:
    """Each check: computed where the field is selected, apart from other requests."""
    return [RankCheck(check=check) for check in await asyncio.to_thread(made_checks, ranked)]
