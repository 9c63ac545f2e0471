"""Provenance, the values that carry it, and the claim itself, which can be walked down and up."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from renown import claims
from renown.api.connections import Claimed, Node, PageInfo, page_info
from renown.api.context import Info
from renown.api.describe import argument, interface_type, object_type, plain, resolver
from renown.api.enums import Freshness, ProvenanceKind, VoiceKind
from renown.api.ids import encode_id
from renown.api.providers import Provider, provider_of
from renown.api.scalars import JSON, BigInt
from renown.gateway.paging import Page, check_page, decode_cursor, encode_cursor
from renown.gateway.walking import built_on

if TYPE_CHECKING:
    from renown.api.voices import Voice

First = Annotated[int | None, argument("How many at most.")]
After = Annotated[str | None, argument("Go on after this cursor.")]


def claim_id(claim: claims.Claim) -> strawberry.ID:
    """The id of a claim, and of whatever value carries it."""
    return encode_id("Claim", claim.id)


@object_type
class Provenance:
    """Where a value came from, when, and for how long it may be used. The object that carries it has the claim's id."""

    claim: strawberry.Private[claims.Claim]

    @resolver
    def kind(self) -> ProvenanceKind:
        """Whether it was observed, declared or derived."""
        return self.claim.provenance.kind

    @resolver
    def provider(self, info: Info) -> Provider | None:
        """Who said it; null for what a person declared and for what was derived from several providers."""
        slug = self.claim.provenance.provider
        return None if slug is None else provider_of(info, slug)

    @resolver
    def source(self) -> str:
        """A URL with every secret removed, a file and row, or a citation."""
        return self.claim.provenance.source

    @resolver
    def adapter(self) -> str:
        """The code that read it and its version; for a derived value the step and the recipe's hash."""
        return self.claim.provenance.adapter

    @resolver
    def observed_at(self) -> datetime:
        """When it was true, by the source's own word."""
        return self.claim.provenance.observed_at

    @resolver
    def fetched_at(self) -> datetime | None:
        """When this gateway learnt it; null for what it computed."""
        return self.claim.provenance.fetched_at

    @resolver
    def fresh_until(self) -> datetime | None:
        """After this it is STALE and still served; null for what does not age."""
        return self.claim.provenance.fresh_until

    @resolver
    def keep_until(self) -> datetime | None:
        """The licence's limit: after this it is deleted, and the answer is an absence LICENCE_EXPIRED."""
        return self.claim.provenance.keep_until

    @resolver
    def freshness(self, info: Info) -> Freshness:
        """Where it stands in its life."""
        provenance, now = self.claim.provenance, info.context.began
        if provenance.fresh_until is not None and now < provenance.fresh_until and not provenance.frozen:
            info.context.holds_until(provenance.fresh_until)
        return provenance.freshness_at(now)

    @resolver
    def digest(self) -> str | None:
        """The sha256 of the part of the stored reply that is about this account; null for what was computed."""
        return self.claim.provenance.digest

    @resolver
    def attribution(self) -> str | None:
        """What must be shown beside the value, where its source asks for that."""
        return self.claim.provenance.attribution

    @resolver
    async def inputs(self, info: Info, first: First = 20, after: After = None) -> "ClaimConnection":
        """Walk down: the claims it was made of. Empty for what was not derived."""
        page = _page(info, first, 20, after, len(self.claim.provenance.inputs))
        found = await info.context.claims.load_many(self.claim.provenance.inputs[page.start : page.stop])
        return claim_connection([claim for claim in found if claim is not None], page)


@interface_type
class Sourced(Node):
    """A value that says where it came from. Its id is the claim's id: `node` answers with the claim itself."""

    @resolver
    def id(self: Claimed) -> strawberry.ID:
        """The claim's id."""
        return claim_id(self.claim)

    @resolver
    def provenance(self: Claimed) -> Provenance:
        """Where the value came from."""
        return Provenance(claim=self.claim)


@object_type
class SourcedString(Sourced):
    """A text with its source."""

    claim: strawberry.Private[claims.Claim]

    @resolver
    def value(self) -> str:
        """The text."""
        return str(self.claim.value)


@object_type
class SourcedCount(Sourced):
    """A count with its source."""

    claim: strawberry.Private[claims.Claim]

    @resolver
    def value(self) -> BigInt:
        """The count."""
        return BigInt(int(self.claim.value))


@object_type
class SourcedFloat(Sourced):
    """A number with its source."""

    claim: strawberry.Private[claims.Claim]

    @resolver
    def value(self) -> float:
        """The number."""
        return float(self.claim.value)


@object_type
class SourcedKind(Sourced):
    """A kind of voice with its source."""

    claim: strawberry.Private[claims.Claim]

    @resolver
    def value(self) -> VoiceKind:
        """The kind."""
        return VoiceKind(str(self.claim.value))


@object_type
class Claim(Node):
    """The record everything is made of: a source said, at a time, that a field of a voice is a value."""

    claim: strawberry.Private[claims.Claim]

    @resolver
    def id(self) -> strawberry.ID:
        """The claim's id; the same as that of any value that shows it."""
        return claim_id(self.claim)

    @resolver
    async def subject(self, info: Info) -> Annotated["Voice", strawberry.lazy("renown.api.voices")] | None:
        """Whom it is about; null where that voice is gone."""
        from renown.api.voices import voice_of_account

        return await voice_of_account(info, self.claim.subject)

    @resolver
    def field(self) -> str:
        """What it is about: `klout.score`, `name`, `topic/automotive`, `composite`."""
        return self.claim.field

    @resolver
    def value(self) -> JSON:
        """What was said, as it was said."""
        return self.claim.value  # pyright: ignore[reportReturnType]

    @resolver
    def provenance(self) -> Provenance:
        """Where it came from."""
        return Provenance(claim=self.claim)

    @resolver
    async def used_by(self, info: Info, first: First = 20, after: After = None) -> "ClaimConnection":
        """Walk up: what was built on it. What is computed when asked for is given for the default recipe of today."""
        wanted, start = _asked(info, first, 20, after)
        found, total = await built_on(info.context.gateway, self.claim, wanted, start)
        return claim_connection(found, Page(start, start + len(found), total))


@object_type
class ClaimEdge:
    """A claim and where it stands in its connection."""

    cursor: str = plain("Its cursor, for `after`.")
    node: Claim = plain("The claim.")


@object_type
class ClaimConnection:
    """A page of claims."""

    edges: list[ClaimEdge] = plain("The claims with their cursors.")
    page_info: PageInfo = plain("Where the page stands.")
    total_count: int = plain("How many there are on all pages.")

    @resolver
    def nodes(self) -> list[Claim]:
        """The claims."""
        return [edge.node for edge in self.edges]


def claim_connection(found: list[claims.Claim], page: Page) -> ClaimConnection:
    """A page of claims at those positions of the whole."""
    edges = [
        ClaimEdge(cursor=encode_cursor(page.start + at), node=Claim(claim=claim)) for at, claim in enumerate(found)
    ]
    return ClaimConnection(
        edges=edges,
        page_info=page_info([edge.cursor for edge in edges], before=page.start > 0, more=page.stop < page.total),
        total_count=page.total,
    )


def _asked(info: Info, first: int | None, default: int, after: str | None) -> tuple[int, int]:
    wanted = check_page(first, default, info.context.gateway.settings.max_page)
    return wanted, 0 if after is None else max(0, decode_cursor(after, int)[0] + 1)


def _page(info: Info, first: int | None, default: int, after: str | None, total: int) -> Page:
    wanted, start = _asked(info, first, default, after)
    return Page.after(start - 1, wanted, total)
