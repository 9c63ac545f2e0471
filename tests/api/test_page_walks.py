"""However a walk is cut into pages, it meets everybody once, in order."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from making import claim as made
from renown.claims import Account

MODERATE = settings(
    max_examples=6, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
PAGE = """
totalCount nodes { id } edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }"""
RANKING = f"query($first: Int!, $after: String) {{ walked: ranking(first: $first, after: $after) {{ {PAGE} }} }}"
SEARCH = (
    f'query($first: Int!, $after: String) {{ walked: search(text: "a", first: $first, after: $after) {{ {PAGE} }} }}'
)
CLAIMS = (
    'query($first: Int!, $after: String) { voice(account: { handle: "BBC_TopGear" }) {'
    f" walked: claims(first: $first, after: $after) {{ {PAGE} }} }} }}"
)


def _page(served, query, first, after):
    data = served.data(query, {"first": first, "after": after})
    return (data.get("voice") or data)["walked"]


@pytest.mark.parametrize("query", [RANKING, SEARCH, CLAIMS], ids=["ranking", "search", "claims"])
@MODERATE
@given(sizes=st.lists(st.integers(4, 30), min_size=1, max_size=4), by_edge=st.booleans())
def test_walk_meets_each_node_once(served, query, sizes, by_edge):
    """Pages of any sizes, gone on from their end or from any edge's cursor, give each node once in the same order."""
    whole = _page(served, query, 100, None)
    assert len(whole["nodes"]) == whole["totalCount"] > 10
    met, after, turn, more = [], None, 0, True
    while more:
        size = sizes[turn % len(sizes)]
        page = _page(served, query, size, after)
        assert [edge["node"] for edge in page["edges"]] == page["nodes"]
        assert page["pageInfo"]["startCursor"] == page["edges"][0]["cursor"]
        assert page["pageInfo"]["endCursor"] == page["edges"][-1]["cursor"]
        assert (page["pageInfo"]["hasPreviousPage"], page["totalCount"]) == (turn > 0, whole["totalCount"])
        kept = page["edges"][: max(1, len(page["edges"]) // 2)] if by_edge else page["edges"]
        met += [edge["node"] for edge in kept]
        more = page["pageInfo"]["hasNextPage"] or len(kept) < len(page["edges"])
        after, turn = kept[-1]["cursor"], turn + 1
    assert met == whole["nodes"]


def test_walk_stays_in_its_snapshot(served_alone):
    """What is learnt while somebody pages moves nobody: the walk goes on in the snapshot it began in."""
    before = _page(served_alone, RANKING, 100, None)
    first = _page(served_alone, RANKING, 5, None)
    gateway = served_alone.client.app.state.gateway
    served_alone.client.portal.call(
        gateway.keep,
        [made("twitter:newcomer", "klout.score", 100.0), made("twitter:newcomer", "peerindex.peerindex", 100.0)],
        [Account("twitter", "newcomer")],
    )
    rest = _page(served_alone, RANKING, 100, first["pageInfo"]["endCursor"])
    assert first["nodes"] + rest["nodes"] == before["nodes"]
    assert _page(served_alone, RANKING, 100, None)["totalCount"] == before["totalCount"] + 1
