"""Who influences a voice and whom it influences, as far as they are voices of the directory."""

from typing import TYPE_CHECKING, Annotated

import strawberry

from renown.api.claims import Claim, SourcedCount
from renown.api.connections import PageInfo, page_info
from renown.api.context import Info
from renown.api.describe import object_type, plain, resolver
from renown.claims import Relation
from renown.gateway import VoiceRecord
from renown.gateway.links import Linked, counts, linked_voices
from renown.gateway.paging import check_page, decode_cursor, encode_cursor

if TYPE_CHECKING:
    from renown.api.voices import Voice

_FIRST = 20

AnyVoice = Annotated["Voice", strawberry.lazy("renown.api.voices")]


@object_type
class InfluenceEdge:
    """Another voice that providers name beside this one, what says so, and where it stands in its connection."""

    cursor: str = plain("Its cursor, for `after`.")
    node: AnyVoice = plain("The other voice.")
    claims: list[Claim] = plain("What says so: a claim of each provider that names it.")


@object_type
class InfluenceConnection:
    """A page of the voices that providers name beside this one, named by most providers first.

    It holds whoever was in the directory already when the provider named them. Nobody enters the directory by being
    named, and nothing is kept of who is not in it: they are counted only.
    """

    edges: list[InfluenceEdge] = plain("The voices with their cursors and what says so.")
    page_info: PageInfo = plain("Where the page stands.")
    total_count: int = plain("How many voices of the directory there are on all pages.")
    counted: list[SourcedCount] = plain(
        "How many there are by the count of each provider that was asked, those outside the directory among them."
    )

    @resolver
    def nodes(self) -> list[AnyVoice]:
        """The voices."""
        return [edge.node for edge in self.edges]


async def influence_connection(
    info: Info, record: VoiceRecord, relation: Relation, first: int | None, after: str | None
) -> InfluenceConnection:
    """A page of a voice's influencers or influencees.

    Raises:
        BadPage, BadCursor: that page cannot be given.
    """
    gateway = info.context.gateway
    wanted = check_page(first, _FIRST, gateway.settings.max_page)
    begin = None if after is None else tuple(decode_cursor(after, int, str))
    linked = await linked_voices(gateway.store, record, relation)
    left = [each for each in linked if begin is None or each.place > begin]
    edges = await _edges(info, left[:wanted])
    return InfluenceConnection(
        edges=edges,
        page_info=page_info(
            [edge.cursor for edge in edges], before=len(left) < len(linked), more=len(left) > len(edges)
        ),
        total_count=len(linked),
        counted=[SourcedCount(claim=claim) for claim in counts(record, relation)],
    )


async def _edges(info: Info, linked: list[Linked]) -> list[InfluenceEdge]:
    from renown.api.voices import Voice

    records = await info.context.records.load_many([each.voice for each in linked])
    return [
        InfluenceEdge(
            cursor=encode_cursor(*each.place),
            node=Voice(record=record),
            claims=[Claim(claim=claim) for claim in each.claims],
        )
        for each, record in zip(linked, records, strict=True)
    ]
