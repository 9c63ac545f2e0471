"""Who vouched for whom, found from either end, on both databases."""

from datetime import timedelta

from sqlalchemy import text

from making import NOON, claim
from renown.claims import vouch_field
from renown.store import Store

DAY = timedelta(days=1)
ADA, BOB, CY = "twitter:ada", "twitter:bob", "twitter:cy"


def _vouch(voucher, subject, topic="tyres", days=0, **provenance):
    said = {"provider": "vouches", "observed_at": NOON - days * DAY} | provenance
    return claim(subject, vouch_field(topic, voucher), True, **said)


async def test_those_a_voucher_vouched_for_are_found(store: Store):
    """Each once, on whatever topics and however often; a store without vouches has none."""
    assert await store.vouched_by([ADA]) == set()
    await store.append([claim(BOB)])
    assert await store.vouched_by([ADA]) == set()
    await store.append([_vouch(ADA, BOB), _vouch(ADA, BOB, "sport"), _vouch(ADA, BOB, days=9), _vouch(BOB, CY)])
    assert await store.vouched_by([ADA]) == {BOB}
    assert await store.vouched_by([ADA, BOB, CY]) == {BOB, CY}
    assert await store.vouched_by([]) == set()


async def test_all_vouches_of_a_span_are_read(store: Store):
    """The superseded ones too, from the first moment on; other claims and those past their licence are not."""
    old, edge, new = _vouch(ADA, BOB, days=11), _vouch(ADA, BOB, days=10), _vouch(ADA, BOB)
    gone = _vouch(CY, BOB, keep_until=NOON)
    await store.append([old, edge, new, gone, claim(BOB)])
    said = await store.vouches_for([BOB, CY], NOON - 10 * DAY, NOON)
    assert said == {BOB: [edge, new], CY: []}


async def test_the_search_is_no_scan(store: Store):
    """Both databases can answer it from the index of vouches alone."""
    await store.append([_vouch(ADA, BOB)])
    asked = "SELECT DISTINCT subject FROM claim WHERE voucher IN ('twitter:ada', 'twitter:cy')"

    def plan(connection):
        is_sqlite = connection.dialect.name == "sqlite"
        if not is_sqlite:  # on a table of one row a scan is the quickest way
            connection.execute(text("SET enable_seqscan = off"))
        return " ".join(map(str, connection.execute(text(f"EXPLAIN {'QUERY PLAN ' if is_sqlite else ''}{asked}"))))

    assert "claim_by_voucher_subject" in await store._database.read(plan)
