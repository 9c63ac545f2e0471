"""Rankings: entries, the universe they were drawn from, and the lock."""

from collections.abc import Hashable, Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar

import strawberry

from renown.api.composites import Composite
from renown.api.connections import Node, PageInfo, page_info
from renown.api.context import Info
from renown.api.describe import input_type, object_type, plain, resolver
from renown.api.enums import VoiceKind
from renown.api.ids import encode_id, encode_ids
from renown.api.leave_one_out import LeaveOneOut, leave_one_out
from renown.api.plan.forms import SAME, WITHIN
from renown.api.rank_checks import RankCheck, rank_checks
from renown.api.recipes import Recipe
from renown.api.references import FrozenReference, reference_of
from renown.api.scalars import URL
from renown.api.universe import Universe
from renown.api.voices import Voice
from renown.gateway import Blended, Filter, Ranked
from renown.gateway import lock as locking
from renown.gateway.asked import RankingPage
from renown.gateway.shown import Shown
from renown.gateway.stretch import token_of


@input_type
class VoiceFilter:
    """Which voices to look at. Topics, networks and kinds are alternatives; the rest must all hold."""

    topics: list[str] | None = plain("Topic slugs; any of them will do.", default=None)
    country: str | None = plain("ISO 3166-1 alpha-2.", default=None)
    place: str | None = plain("What the claimed place must say.", default=None)
    networks: list[str] | None = plain("Network slugs; any of them will do.", default=None)
    kinds: list[VoiceKind] | None = plain("Kinds of voice; any of them will do.", default=None)
    minimum_score: float | None = plain("The lowest composite.", default=None)
    providers: list[str] | None = plain("Slugs; each of them must have a score.", default=None)
    text: str | None = plain("What name, handle or description must say.", default=None)
    list: str | None = plain("The slug of a list.", default=None)

    def understood(self) -> Filter:
        """The filter as the gateway takes it."""
        return Filter(
            topics=tuple(self.topics or ()),
            country=self.country,
            place=self.place,
            networks=tuple(self.networks or ()),
            kinds=tuple(self.kinds or ()),
            list=self.list,
            minimum_score=self.minimum_score,
            providers=tuple(self.providers or ()),
            text=self.text,
        )


@object_type
class RankingEntry(Node):
    """A voice and its place. The id names snapshot, recipe, filter and voice."""

    blended: strawberry.Private[Blended]

    in_form: ClassVar[Mapping[str, Any]] = {
        "id": lambda page: page.entry_ids,
        "place": lambda page: page.shown.places,
        "place_low": lambda page: page.shown.drawn.place_low.tolist(),
        "place_high": lambda page: page.shown.drawn.place_high.tolist(),
        "shared": lambda page: page.shown.shared,
        "tier": lambda page: page.shown.tiers,
        "voice": SAME,
        "composite": WITHIN,
    }

    @resolver
    def id(self) -> strawberry.ID:
        """An opaque id, unique in this gateway."""
        return encode_id("RankingEntry", f"{self.blended.stretch.token}~{self.blended.voice}")

    @resolver
    def place(self) -> int:
        """The place, from 1; equal values share one, and the places after it are skipped."""
        return self.blended.place

    @resolver
    def place_low(self) -> int:
        """The best place over the recipe's reasonable alternatives."""
        return self.blended.place_range[0]

    @resolver
    def place_high(self) -> int:
        """The worst place over the recipe's reasonable alternatives."""
        return self.blended.place_range[1]

    @resolver
    def shared(self) -> bool:
        """Whether another voice has the same place."""
        return self.blended.shared

    @resolver
    def tier(self) -> int:
        """From 1. A tier begins where everybody above beats everybody below in at least 75 % of the draws."""
        return self.blended.tier

    @resolver
    def voice(self) -> Voice:
        """Who it is, today: the past is asked for through its fields that take `asOf`."""
        return Voice(record=self.blended.record)

    @resolver
    def composite(self) -> Composite:
        """The value it was placed by. It and all below it is of the ranking's moment."""
        return Composite(blended=self.blended)


@object_type
class RankingEdge:
    """An entry and where it stands in its connection."""

    in_form: ClassVar[Mapping[str, Any]] = {"cursor": lambda page: page.cursors, "node": WITHIN}

    cursor: str = plain("Its cursor, for `after`.")
    node: RankingEntry = plain("The entry.")


@object_type
class Lock:
    """Enough to make this ranking again, without us, and see whether it comes out the same."""

    ranked: strawberry.Private[Ranked]

    @resolver
    async def digest(self, info: Info) -> str:
        """The sha256 of the lock file."""
        return (await locking.lock(info.context.gateway, self.ranked)).digest

    @resolver
    def url(self, info: Info) -> URL:
        """Where the lock file is. `renown verify` computes the ranking again from it."""
        public = info.context.gateway.settings.public_url.rstrip("/")
        return URL(f"{public}/locks/{token_of(self.ranked)}")


@object_type
class RankingConnection:
    """A page of a ranking, and all that is needed to defend it."""

    asked: strawberry.Private[RankingPage]
    shown: strawberry.Private[Shown]

    in_forms: ClassVar[frozenset[str]] = frozenset({"nodes", "edges"})

    @property
    def kept_by(self) -> Hashable:
        """What tells its rendering from others: the entries as they were made, and the words of the question."""
        return (self.shown.serial, self.asked.first, self.asked.mark) if self.shown else None

    @property
    def forms_by(self) -> tuple[Hashable, Sequence[Hashable]]:
        """What tells its entries' forms from others: the providers that count, and each voice in its snapshot."""
        return self.asked.ranked.columns.providers, self.shown.scored

    @property
    def entry_ids(self) -> list[strawberry.ID]:
        """The ids of its entries."""
        token = self.shown.token
        return encode_ids("RankingEntry", (f"{token}~{each.voice}" for each in self.shown.scored))

    @property
    def cursors(self) -> list[str]:
        """The cursors of its entries."""
        return [self.asked.cursor(position) for position in range(self.shown.start, self.shown.stop)]

    @resolver
    def edges(self) -> list[RankingEdge]:
        """The entries with their cursors."""
        return [RankingEdge(cursor=cursor, node=each) for cursor, each in zip(self.cursors, self.nodes(), strict=True)]

    @resolver
    def nodes(self) -> list[RankingEntry]:
        """The entries, best first."""
        return [RankingEntry(blended=each) for each in self.shown]

    @resolver
    def page_info(self) -> PageInfo:
        """Where the page stands."""
        page = self.asked.page
        ends = [page.start, page.stop - 1] if self.shown else []
        cursors = [self.asked.cursor(position) for position in ends]
        return page_info(cursors, before=page.start > 0, more=page.stop < page.total)

    @resolver
    def total_count(self) -> int:
        """How many are ranked, on all pages."""
        return self.asked.page.total

    @resolver
    def understood_as(self) -> str:
        """The question in plain words, as it was read."""
        return self.asked.understood_as

    @resolver
    def recipe(self) -> Recipe:
        """How scores became one value."""
        return Recipe(recipe=self.asked.ranked.recipe)

    @resolver
    def snapshot(self) -> str:
        """The name of the snapshot it was made from; pages of one walk share it."""
        return self.asked.ranked.standings.snapshot

    @resolver
    def as_of(self, info: Info) -> datetime:
        """The moment it shows: the one that was asked for, or the present."""
        as_of = self.asked.ranked.standings.as_of
        if as_of is None:
            info.context.holds_only_now()
        return as_of or info.context.gateway.now()

    @resolver
    def universe(self) -> Universe:
        """Who was looked at."""
        return Universe(ranked=self.asked.ranked)

    @resolver
    def lock(self) -> Lock:
        """Enough to make it again."""
        return Lock(ranked=self.asked.ranked)

    @resolver
    def reference(self) -> FrozenReference | None:
        """The frozen reference in force; null where none is, and scales are read as declared."""
        return reference_of(self.asked.ranked.standings)

    @resolver
    async def leave_one_out(self) -> list[LeaveOneOut]:
        """What the absence of each provider that counts would change, in a fixed order."""
        return await leave_one_out(self.asked.ranked)

    @resolver
    async def checks(self) -> list[RankCheck]:
        """The whole ranking, not the page, against the orders of other methods, by majorities of the providers."""
        return await rank_checks(self.asked.ranked)


async def ranking_connection(info: Info, asked: RankingPage) -> RankingConnection:
    """A page of a ranking as the schema shows it."""
    shown = await info.context.gateway.entries(asked.ranked, asked.page.start, asked.page.stop)
    return RankingConnection(asked=asked, shown=shown)
