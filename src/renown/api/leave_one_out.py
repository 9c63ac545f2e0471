"""What the absence of each provider would change in a ranking."""

import asyncio
from typing import Annotated

import strawberry

from renown.api.context import Info
from renown.api.describe import argument, object_type, plain, resolver
from renown.api.providers import Provider, provider_of
from renown.api.voices import Voice
from renown.gateway import Ranked
from renown.gateway.leaving import Leaving, leave_each_out
from renown.gateway.paging import check_page


@object_type
class PlaceMove:
    """A voice that would have another place."""

    key: strawberry.Private[str]
    before: int = plain("Its place in the ranking.")
    after: int = plain("Its place without the provider.")

    @resolver
    async def voice(self, info: Info) -> Voice:
        """Who it is."""
        return Voice(record=await info.context.records.load(self.key))


@object_type
class LeaveOneOut:
    """What would change in the whole ranking, had one provider said nothing of anybody in it.

    Places are compared without counting the recipe's minimum of providers again; who falls short of it is in `fallen`.
    """

    leaving: strawberry.Private[Leaving]

    @resolver
    def provider(self, info: Info) -> Provider:
        """The provider left out."""
        return provider_of(info, self.leaving.provider)

    @resolver
    def moved(self) -> int:
        """How many of those ranked would have another place."""
        return self.leaving.compared.moved

    @resolver
    def moved_far(self) -> int:
        """How many of them would move three places or more."""
        return self.leaving.compared.moved_far

    @resolver
    def most_moved(self) -> PlaceMove | None:
        """Who would move most; of several the one placed best. Null where nobody would."""
        moved = self.leaving.farthest
        return None if moved is None else PlaceMove(key=moved.voice, before=moved.before, after=moved.after)

    @resolver
    def fallen_count(self) -> int:
        """How many would be left with fewer providers than the recipe asks for, and fall out of the ranking."""
        return len(self.leaving.fallen)

    @resolver
    async def fallen(self, info: Info, first: Annotated[int | None, argument("How many at most.")] = 10) -> list[Voice]:
        """Those, best placed first."""
        wanted = check_page(first, 10, info.context.gateway.settings.max_page)
        records = await info.context.records.load_many(list(self.leaving.fallen[:wanted]))
        return [Voice(record=record) for record in records]

    @resolver
    def kendall_tau(self) -> float | None:
        """How alike both orders are: 1 the same, -1 the reverse; null where there is no order."""
        tau = self.leaving.compared.tau
        return None if tau is None else round(tau, 6)

    @resolver
    async def statement(self, info: Info) -> str:
        """The same in sentences that can be printed beside the list."""
        moved, name = self.leaving.farthest, provider_of(info, self.leaving.provider).declaration.name
        if moved is None:
            return self.leaving.statement(name, "")
        record = await info.context.records.load(moved.voice)
        said = record.shown("name")
        return self.leaving.statement(name, str(said.value) if said else record.accounts[0].handle)


async def leave_one_out(ranked: Ranked) -> list[LeaveOneOut]:
    """Each provider that counts, left out: computed where the field is selected, apart from other requests."""
    return [LeaveOneOut(leaving=leaving) for leaving in await asyncio.to_thread(leave_each_out, ranked)]
