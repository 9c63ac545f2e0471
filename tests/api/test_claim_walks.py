"""Every number can be walked down to the figures it came from, and up to what was built on it."""

import pytest

from making import claim as made
from renown.claims import Account

CLAIM = """
query($id: ID!, $first: Int = 20, $after: String) {
  node(id: $id) {
    ... on Claim {
      id field value subject { id }
      provenance { kind source adapter provider { slug } inputs(first: 20) { totalCount nodes { id field value } } }
      usedBy(first: $first, after: $after) {
        totalCount pageInfo { hasNextPage hasPreviousPage endCursor } edges { cursor node { id field value } }
      }
    }
  }
}"""
VOICE = """
query($handle: String!) {
  voice(account: { handle: $handle }) {
    id
    name { id value } kind { id value } country { id value }
    accounts { followers { id value } listed { id value } }
    scores {
      ... on Score { id value provider { slug } normalised { id value } components { id value metric { slug } } }
    }
    composite { ... on Composite { id value provenance { inputs { nodes { id } } } } }
  }
}"""


@pytest.fixture(scope="module")
def claim(served):
    """Looks a claim up by its id."""
    return lambda id_, **more: served.data(CLAIM, {"id": id_, **more})["node"]


@pytest.fixture(scope="module")
def mclaren(served):
    """A voice with public counts, a PeerIndex, and the profile score made of the counts."""
    return served.data(VOICE, {"handle": "TheFifthDriver"})["voice"]


def _inputs(shown):
    return {each["field"]: each for each in shown["provenance"]["inputs"]["nodes"]}


def _users(shown):
    return {edge["node"]["field"]: edge["node"] for edge in shown["usedBy"]["edges"]}


def test_composite_walks_down_to_follower_counts(claim, mclaren):
    """A composite is made of provider scores; Renown's profile score of follower counts; those of a row."""
    composite = claim(mclaren["composite"]["id"])
    assert (composite["field"], composite["provenance"]["kind"]) == ("composite", "DERIVED")
    scores = _inputs(composite)
    assert scores.keys() == {"peerindex.peerindex", "renown.score"}
    profile = claim(scores["renown.score"]["id"])
    counts = _inputs(profile)
    assert counts.keys() == {"followers", "listed"}
    followers = claim(counts["followers"]["id"])
    assert (followers["value"], followers["provenance"]["inputs"]["totalCount"]) == (332359, 0)
    assert "uk_voices_2013.csv, row" in followers["provenance"]["source"]


def test_follower_count_walks_up_to_the_composite(claim, mclaren):
    """Up from a follower count stands the profile score, up from that its normalised value and the composite."""
    followers = claim(mclaren["accounts"][0]["followers"]["id"])
    profile = claim(_users(followers)["renown.score"]["id"])
    users = _users(profile)
    assert users.keys() == {"renown.normalised", "composite"}
    assert users["composite"]["id"] == mclaren["composite"]["id"]
    assert users["composite"]["value"] == mclaren["composite"]["value"]


def test_normalised_score_walks_down_to_its_score(claim, mclaren):
    """A normalised score is made of the one score it is of, and nothing stored is built on it."""
    for score in mclaren["scores"]:
        if score:
            normalised = claim(score["normalised"]["id"])
            assert normalised["field"] == f"{score['provider']['slug']}.normalised"
            assert [each["id"] for each in _inputs(normalised).values()] == [score["id"]]
            assert normalised["value"] == score["normalised"]["value"]
            assert normalised["provenance"]["provider"]["slug"] == score["provider"]["slug"]


def test_sourced_value_is_its_claim(claim, mclaren):
    """The id of a sourced value answers with the claim: its field, its value, and the voice it is about."""
    shown = {
        "name": mclaren["name"],
        "kind": mclaren["kind"],
        "country": mclaren["country"],
        "followers": mclaren["accounts"][0]["followers"],
        "listed": mclaren["accounts"][0]["listed"],
    }
    assert shown["name"]["value"] == "McLaren"
    for field, value in shown.items():
        found = claim(value["id"])
        assert (found["field"], found["value"], found["subject"]["id"]) == (field, value["value"], mclaren["id"])


def test_components_are_claims(claim, mclaren):
    """PeerIndex's parts stand beside its score, each a claim of its own metric with the published figure."""
    (peerindex,) = [score for score in mclaren["scores"] if score.get("provider", {}).get("slug") == "peerindex"]
    parts = {part["metric"]["slug"]: part for part in peerindex["components"]}
    assert {slug: part["value"] for slug, part in parts.items()} == {"authority": 88, "activity": 43, "audience": 87}
    assert {claim(part["id"])["field"] for part in parts.values()} == {f"peerindex.{slug}" for slug in parts}


def test_walk_up_is_paged(claim, mclaren):
    """What was built on a claim comes in pages that do not overlap and leave nothing out."""
    profile = claim(mclaren["accounts"][0]["followers"]["id"])["usedBy"]["edges"][0]["node"]
    whole = claim(profile["id"])["usedBy"]
    first = claim(profile["id"], first=1)["usedBy"]
    second = claim(profile["id"], first=1, after=first["pageInfo"]["endCursor"])["usedBy"]
    assert first["edges"] + second["edges"] == whole["edges"]
    assert [page["totalCount"] for page in (whole, first, second)] == [2, 2, 2]
    assert [page["pageInfo"]["hasNextPage"] for page in (first, second)] == [True, False]
    assert [page["pageInfo"]["hasPreviousPage"] for page in (first, second)] == [False, True]


def test_walk_down_is_paged(served, mclaren):
    """What a claim was made of comes in pages in the same way."""
    query = (
        "query($id: ID!, $after: String) { node(id: $id) { ... on Claim { provenance { inputs(first: 1, after: $after)"
        " { nodes { id } totalCount pageInfo { endCursor hasNextPage } } } } } }"
    )
    seen, after, more = [], None, True
    while more:
        page = served.data(query, {"id": mclaren["composite"]["id"], "after": after})["node"]["provenance"]["inputs"]
        seen, after, more = [*seen, *page["nodes"]], page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]
        assert page["totalCount"] == 2
    assert seen == mclaren["composite"]["provenance"]["inputs"]["nodes"]


def test_list_bound_composite_is_found_again(served, claim):
    """A composite compared within a list is found again by its id, with the list it was compared in."""
    entries = served.data(
        '{ ranking(filter: { list: "tyres" }, recipe: { normaliser: ZSCORE, reference: WITHIN_LIST }) { nodes {'
        " composite { id value contributions { normalised { id value } } } } } }"
    )["ranking"]["nodes"]
    for entry in entries:
        assert claim(entry["composite"]["id"])["value"] == entry["composite"]["value"]
        for part in entry["composite"]["contributions"]:
            if part["normalised"]:
                assert claim(part["normalised"]["id"])["value"] == part["normalised"]["value"]


def test_stand_in_says_that_it_stands_in(served_alone):
    """Where nobody gives a name or kind, the handle and UNKNOWN stand in, and their provenance says so."""
    gateway = served_alone.client.app.state.gateway
    served_alone.client.portal.call(gateway.keep, [made("twitter:nameless_one")], [Account("twitter", "Nameless_One")])
    shown = served_alone.data(VOICE, {"handle": "nameless_one"})["voice"]
    assert (shown["name"]["value"], shown["kind"]["value"], shown["country"]) == ("Nameless_One", "UNKNOWN", None)
    found = served_alone.data(CLAIM, {"id": shown["name"]["id"]})["node"]
    assert found["value"] == "Nameless_One"
    assert found["provenance"]["source"] == "no source gives a name; the account's handle stands in"
    assert served_alone.data(CLAIM, {"id": shown["kind"]["id"]})["node"]["provenance"]["kind"] == "DERIVED"
