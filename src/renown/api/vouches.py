"""Who vouches for a voice, and on which topic: shown beside its scores, and no part of them."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from renown.api.claims import Sourced
from renown.api.connections import PageInfo, page_info
from renown.api.context import Info
from renown.api.describe import object_type, plain, resolver
from renown.api.topics import Topic
from renown.claims import Claim, parse_time
from renown.claims.fields import slug_of
from renown.gateway import VoiceRecord
from renown.gateway.paging import bad_cursor, check_page, decode_cursor, encode_cursor

if TYPE_CHECKING:
    from renown.api.voices import Voice


@object_type
class Vouch(Sourced):
    """That somebody vouches for a voice on a topic. A word, not a measurement."""

    claim: strawberry.Private[Claim]
    voucher: strawberry.Private[str]
    topic: Topic = plain("On what.")

    @resolver
    async def by(self, info: Info) -> Annotated["Voice", strawberry.lazy("renown.api.voices")]:
        """Who vouches."""
        from renown.api.voices import Voice

        return Voice(record=await info.context.records.load(self.voucher))

    @resolver
    def at(self) -> datetime:
        """When they last did so."""
        return self.claim.provenance.observed_at


@object_type
class VouchEdge:
    """A vouch and where it stands in its connection."""

    cursor: str = plain("Its cursor, for `after`.")
    node: Vouch = plain("The vouch.")


@object_type
class VouchConnection:
    """A page of vouches, newest first: of each person the newest on each topic."""

    edges: list[VouchEdge] = plain("The vouches with their cursors.")
    page_info: PageInfo = plain("Where the page stands.")
    total_count: int = plain("How many there are on all pages.")

    @resolver
    def nodes(self) -> list[Vouch]:
        """The vouches."""
        return [edge.node for edge in self.edges]


async def vouch_connection(
    info: Info, record: VoiceRecord, topic: str | None, first: int | None, after: str | None
) -> VouchConnection:
    """A page of the vouches for a voice, on one topic (its name or slug) or on all."""
    gateway = info.context.gateway
    wanted = check_page(first, 20, gateway.settings.max_page)
    slug = None if topic is None else slug_of(topic)
    every = [vouch for vouch in record.vouches() if slug in {None, vouch[0]}]
    begin = None if after is None else _place(after)
    rest = [vouch for vouch in every if begin is None or (vouch[2].provenance.observed_at, vouch[2].id) < begin]
    page = rest[:wanted]
    held = await gateway.store.accounts([voucher for _, voucher, _ in page])
    voices = {stored.account.key: stored.voice for stored in held}
    edges = [
        VouchEdge(
            cursor=encode_cursor(claim.provenance.observed_at.isoformat(), claim.id),
            node=Vouch(claim=claim, voucher=voices[voucher], topic=Topic(slug=on)),
        )
        for on, voucher, claim in page
    ]
    return VouchConnection(
        edges=edges,
        page_info=page_info([edge.cursor for edge in edges], before=begin is not None, more=len(rest) > wanted),
        total_count=len(every),
    )


def _place(cursor: str) -> tuple[datetime, str]:
    """The moment and the claim a cursor stands at."""
    moment, claim_id = decode_cursor(cursor, str, str)
    try:
        return parse_time(moment), claim_id
    except (ValueError, OverflowError):
        raise bad_cursor(cursor) from None
