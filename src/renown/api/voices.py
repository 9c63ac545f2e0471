"""Who speaks: voices, and all that is known of each."""

from collections.abc import Hashable
from datetime import datetime, timedelta
from typing import Annotated

import strawberry

from renown import claims as held
from renown.api.accounts import Account
from renown.api.claims import (
    After,
    ClaimConnection,
    First,
    SourcedFloat,
    SourcedKind,
    SourcedString,
)
from renown.api.composites import CompositeResult, composite_result
from renown.api.connections import Node
from renown.api.context import Info
from renown.api.describe import argument, object_type, resolver
from renown.api.enums import AbsenceReason
from renown.api.ids import encode_id
from renown.api.influence import InfluenceConnection, influence_connection
from renown.api.movement import voice_movement
from renown.api.recipes import RecipeArgument, read_recipe
from renown.api.scores import (
    Absence,
    MissingField,
    Score,
    ScorePointConnection,
    ScoreResult,
    score_result,
)
from renown.api.topics import Topic, TopicAffinity
from renown.api.voice_pages import claims_page, history_page
from renown.api.vouches import VouchConnection, vouch_connection
from renown.errors import BadRequest
from renown.gateway import VoiceRecord
from renown.gateway.paging import check_page
from renown.gateway.snapshots import check_passed
from renown.gateway.walking import stand_in

AsOf = Annotated[datetime | None, argument("As it stood at this moment, by what had been observed then. Default: now.")]
MaxAge = Annotated[
    int | None,
    argument(
        "The oldest observation that will do, in seconds; older ones are asked for again where a provider is live."
    ),
]


@object_type
class Voice(Node):
    """A person, organisation or publication that speaks on one or more networks."""

    record: strawberry.Private[VoiceRecord]

    @property
    def kept_by(self) -> Hashable:
        """What tells its rendering from others."""
        return self.record.serial

    @resolver
    def id(self) -> strawberry.ID:
        """An opaque id, unique in this gateway."""
        return encode_id("Voice", self.record.key)

    @resolver
    def name(self, info: Info) -> SourcedString:
        """Its name; the handle stands in where no source gives one, and the provenance says so."""
        return SourcedString(claim=self._shown(info, "name"))

    @resolver
    def kind(self, info: Info) -> SourcedKind:
        """What sort of voice it is; UNKNOWN where no source says."""
        return SourcedKind(claim=self._shown(info, "kind"))

    @resolver
    def description(self) -> SourcedString | None:
        """What it says of itself."""
        return self._text("description")

    @resolver
    def country(self) -> SourcedString | None:
        """Its country, ISO 3166-1 alpha-2."""
        return self._text("country")

    @resolver
    def place(self) -> SourcedString | None:
        """Its region or city, as claimed."""
        return self._text("place")

    @resolver
    def accounts(self) -> list[Account]:
        """Where it speaks."""
        return [Account(account=account, record=self.record) for account in self.record.accounts]

    @resolver
    async def topics(self, info: Info, first: First = 10, as_of: AsOf = None) -> list[TopicAffinity]:
        """What it speaks on, strongest first."""
        wanted = check_page(first, 10, info.context.gateway.settings.max_page)
        record = await _at(info, self.record, None, as_of)
        return [
            TopicAffinity(topic=Topic(slug=slug), strength=SourcedFloat(claim=claim))
            for slug, claim in record.topics()[:wanted]
        ]

    @resolver
    async def vouches(
        self,
        info: Info,
        topic: Annotated[str | None, argument("A topic, by name or slug; all where it is left out.")] = None,
        first: First = 20,
        after: After = None,
    ) -> VouchConnection:
        """Who vouches for it, newest first; of each person the newest vouch on each topic. No part of its scores."""
        return await vouch_connection(info, self.record, topic, first, after)

    @resolver
    async def score(
        self,
        info: Info,
        provider: Annotated[str, argument("The provider's slug.")],
        max_age_seconds: MaxAge = None,
        as_of: AsOf = None,
    ) -> ScoreResult:
        """One provider's score, or why there is none."""
        return (await self._scores(info, [provider], max_age_seconds, as_of))[0]

    @resolver
    async def scores(
        self,
        info: Info,
        providers: Annotated[list[str] | None, argument("Slugs; all that score where it is left out.")] = None,
        max_age_seconds: MaxAge = None,
        as_of: AsOf = None,
    ) -> list[ScoreResult]:
        """One score a provider, or why there is none, always in the same order. The rest are its components."""
        if providers is None:
            providers = [provider.declaration.slug for provider in info.context.gateway.registry.scored]
        return await self._scores(info, providers, max_age_seconds, as_of)

    @resolver
    async def composite(self, info: Info, recipe: RecipeArgument = None, as_of: AsOf = None) -> CompositeResult:
        """The blend of its scores, or why there is none."""
        asked = await read_recipe(info, recipe)
        return composite_result(self.record, await info.context.gateway.composite(self.record, asked, as_of))

    movement = resolver(voice_movement)

    @resolver
    async def history(
        self,
        info: Info,
        provider: Annotated[str | None, argument("The provider's slug; all that score where it is left out.")] = None,
        from_: Annotated[
            datetime | None,
            strawberry.argument(name="from", description="From this moment. Default: the beginning."),
        ] = None,
        to: Annotated[datetime | None, argument("Up to this moment. Default: now.")] = None,
        first: First = 90,
        after: After = None,
    ) -> ScorePointConnection:
        """Its scores over time, oldest first."""
        return await history_page(info, self.record, provider, (from_, to), first, after)

    @resolver
    async def influencers(self, info: Info, first: First = 20, after: After = None) -> InfluenceConnection:
        """The voices of the directory that influence it, each as a provider says."""
        return await influence_connection(info, self.record, held.Relation.INFLUENCER, first, after)

    @resolver
    async def influencees(self, info: Info, first: First = 20, after: After = None) -> InfluenceConnection:
        """The voices of the directory that it influences, each as a provider says."""
        return await influence_connection(info, self.record, held.Relation.INFLUENCEE, first, after)

    @resolver
    async def claims(self, info: Info, first: First = 50, after: After = None) -> ClaimConnection:
        """All that is held on it, last learnt first."""
        return await claims_page(info, self.record, first, after)

    @resolver
    def missing(self) -> list[MissingField]:
        """A reason for every sourced field that is null."""
        fields = [name for name in ("description", "country", "place") if self.record.shown(name) is None]
        fields += [
            f"accounts.{number}.{name}"
            for number, account in enumerate(self.record.accounts)
            for name in ("followers", "following", "listed", "posts")
            if self.record.of_account(account, name) is None
        ]
        return [
            MissingField(
                field=name,
                reason=AbsenceReason.NOT_ASKED,
                message=f"No source that is held gives {name.rpartition('.')[2]}; import one with its citation.",
            )
            for name in fields
        ]

    def _shown(self, info: Info, name: str) -> held.Claim:
        if claim := self.record.shown(name):
            return claim
        # That nothing is said was true when anything last was: an answer must not change while nothing is written.
        observed = [each.provenance.observed_at for each in self.record.claims.values()]
        if not observed:
            info.context.holds_only_now()
        return stand_in(self.record.accounts[0], name, max(observed, default=info.context.began))

    def _text(self, name: str) -> SourcedString | None:
        claim = self.record.shown(name)
        return None if claim is None else SourcedString(claim=claim)

    async def _scores(
        self, info: Info, providers: list[str], max_age: int | None, as_of: datetime | None
    ) -> list[Score | Absence]:
        record = await _at(info, self.record, max_age, as_of)
        # Counted from when the request began, so that what was learnt for it is young enough for any age.
        oldest = None if max_age is None else info.context.began - timedelta(seconds=max_age)
        found = [info.context.gateway.score(record, slug, oldest) for slug in providers]
        return [score_result(info, record, each) for each in found]


async def _at(info: Info, record: VoiceRecord, max_age: int | None, as_of: datetime | None) -> VoiceRecord:
    """The voice as it stood at a moment, or no older than an age where its providers were to be asked at all."""
    gateway = info.context.gateway
    if max_age is not None and max_age < 0:
        raise BadRequest(f"No observation is {max_age} seconds old.", "Ask for 0 seconds or more.", code="BAD_AGE")
    if max_age is not None:
        info.context.holds_only_now()
    if as_of is not None:
        check_passed(as_of, gateway.now())
        return (await gateway.records([record.key], as_of)).get(record.key, record)
    if max_age is not None and record.asked:
        return await gateway.older_than(record, max_age, info.context.tally, deadline=info.context.deadline)
    return record


async def voice_of_account(info: Info, account_key: str) -> Voice | None:
    """The voice an account belongs to; None where it is not held."""
    stored = await info.context.gateway.store.accounts([account_key])
    return Voice(record=await info.context.records.load(stored[0].voice)) if stored else None
