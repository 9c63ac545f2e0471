"""A voice's scores over time, and all that is held on it, page by page."""

from datetime import datetime

from renown import claims as held
from renown.api.claims import Claim, ClaimConnection, ClaimEdge
from renown.api.connections import page_info
from renown.api.context import Info
from renown.api.scores import Score, ScorePoint, ScorePointConnection
from renown.gateway import VoiceRecord
from renown.gateway.paging import bad_cursor, check_page, decode_cursor, encode_cursor


async def history_page(
    info: Info,
    record: VoiceRecord,
    provider: str | None,
    span: tuple[datetime | None, datetime | None],
    first: int | None,
    after: str | None,
) -> ScorePointConnection:
    """A page of the scores of one provider, or of all, within a span of time, oldest first."""
    gateway = info.context.gateway
    asked = gateway.registry.scored if provider is None else [gateway.registry.provider(provider)]
    fields = [metric.field for each in asked if (metric := each.declaration.primary_metric)]
    wanted = check_page(first, 90, gateway.settings.max_page)
    begin = None if after is None else tuple(decode_cursor(after, str, int))
    page, total = await gateway.store.history(
        record.key,
        fields,
        *span,
        wanted + 1,
        after=None if begin is None else (_moment(begin[0], after), begin[1]),
        now=gateway.now(),
    )
    shown = page[:wanted]
    return ScorePointConnection(
        nodes=[
            ScorePoint(at=claim.provenance.observed_at, score=await _past(info, record, claim)) for _, claim in shown
        ],
        page_info=page_info(
            [encode_cursor(claim.provenance.observed_at.isoformat(), number) for number, claim in shown],
            before=after is not None,
            more=len(page) > wanted,
        ),
        total_count=total,
    )


async def claims_page(info: Info, record: VoiceRecord, first: int | None, after: str | None) -> ClaimConnection:
    """A page of all that is held on a voice, last learnt first."""
    gateway = info.context.gateway
    wanted = check_page(first, 50, gateway.settings.max_page)
    keys = [account.key for account in record.accounts]
    begin = 0 if after is None else decode_cursor(after, int)[0]
    page, total = await gateway.store.claims_of(keys, wanted + 1, begin, gateway.now())
    edges = [ClaimEdge(cursor=encode_cursor(number), node=Claim(claim=claim)) for number, claim in page[:wanted]]
    return ClaimConnection(
        edges=edges,
        page_info=page_info([edge.cursor for edge in edges], before=begin > 0, more=len(page) > wanted),
        total_count=total,
    )


async def _past(info: Info, record: VoiceRecord, claim: held.Claim) -> Score:
    records = await info.context.gateway.records([record.key], claim.provenance.observed_at)
    return Score(claim=claim, record=records.get(record.key, record))


def _moment(text: str, cursor: str | None) -> datetime:
    try:
        return held.parse_time(text)
    except (ValueError, OverflowError):
        raise bad_cursor(cursor or "") from None
