"""Who influences a voice and whom it influences, over GraphQL: connections of voices that are in the directory."""

import json
from urllib.parse import urlsplit

import pytest
from starlette.testclient import TestClient

from making import NOON
from making import claim as made
from renown.claims import Account, topic_field
from renown.emulators import Dataset, running
from renown.settings import ProviderSettings
from renown.web import application
from served import Served, settings_of

STAR, CROWD = Account("twitter", "The_Star"), [Account("twitter", f"Crowd_{number}") for number in range(7)]
STRANGER = "the_stranger"
GRAPH = """
totalCount
counted { id value provenance { provider { slug } source observedAt } }
pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
edges { cursor node { id accounts { handle } } claims { id field value provenance { source provider { slug } } } }
nodes { id }
"""
QUERY = f"""query($first: Int, $after: String) {{ voice(account: {{ handle: "The_Star" }}) {{
  influencers(first: $first, after: $after) {{ {GRAPH} }} influencees {{ {GRAPH} }} }} }}"""


def _said():
    """Klout names all seven, PeerIndex the last two of them; both count more."""
    klout = [made(STAR.key, f"influencer/{one.key}", True, provider="klout") for one in CROWD]
    peerindex = [made(STAR.key, f"influencer/{one.key}", True, provider="peerindex") for one in CROWD[5:]]
    return [*klout, *peerindex, made(STAR.key, "klout.influencers", 12), made(STAR.key, "peerindex.influencers", 20)]


@pytest.fixture
def linked(tmp_path):
    """A gateway that holds the star, its seven influencers and what says so, and asks nobody."""
    with TestClient(application(settings_of(tmp_path / "renown.db"))) as client:
        client.portal.call(client.app.state.gateway.keep, _said(), [STAR, *CROWD])
        yield Served(client)


def _handles(connection):
    return [edge["node"]["accounts"][0]["handle"] for edge in connection["edges"]]


def test_a_voice_is_one_edge_with_a_claim_of_each_provider(linked):
    """Most named come first; every edge has what says so, and the counts stand beside with their sources."""
    said = linked.data(QUERY)["voice"]["influencers"]
    assert _handles(said) == ["Crowd_5", "Crowd_6", "Crowd_0", "Crowd_1", "Crowd_2", "Crowd_3", "Crowd_4"]
    assert [len(edge["claims"]) for edge in said["edges"]] == [2, 2, 1, 1, 1, 1, 1]
    first = said["edges"][0]["claims"]
    assert [claim["provenance"]["provider"]["slug"] for claim in first] == ["klout", "peerindex"]
    assert {claim["field"] for claim in first} == {"influencer/twitter:crowd_5"}
    assert {(count["provenance"]["provider"]["slug"], count["value"]) for count in said["counted"]} == {
        ("klout", 12),
        ("peerindex", 20),
    }
    assert said["totalCount"] == 7
    assert said["nodes"] == [{"id": edge["node"]["id"]} for edge in said["edges"]]


def test_what_nobody_was_asked_is_empty_and_not_zero(linked):
    """Without a reading there is no count at all."""
    said = linked.data(QUERY)["voice"]["influencees"]
    assert (said["totalCount"], said["edges"], said["counted"]) == (0, [], [])


@pytest.mark.parametrize("size", [1, 2, 3, 7, 100])
def test_pages_meet_each_voice_once(linked, size):
    """However it is cut into pages, a walk meets everybody once, in order, and says where it stands."""
    whole, met, after, more = linked.data(QUERY)["voice"]["influencers"]["nodes"], [], None, True
    while more:
        page = linked.data(QUERY, {"first": size, "after": after})["voice"]["influencers"]
        assert page["pageInfo"]["hasPreviousPage"] is (after is not None)
        assert page["pageInfo"]["startCursor"] == page["edges"][0]["cursor"]
        met, after, more = met + page["nodes"], page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]
        assert len(page["nodes"]) <= size
    assert met == whole


def test_a_page_too_large_and_a_strange_cursor_are_refused(linked):
    """As in every connection."""
    for given, code in (({"first": 101}, "BAD_PAGE"), ({"first": 0}, "BAD_PAGE"), ({"after": "WzFd"}, "BAD_CURSOR")):
        assert linked.error(QUERY, given)["extensions"]["code"] == code


def test_links_and_counts_are_found_by_their_ids(linked):
    """`node` answers with the claims behind edges and counts, `claims` lists them, `usedBy` takes them."""
    said = linked.data(QUERY)["voice"]["influencers"]
    ids = [claim["id"] for edge in said["edges"] for claim in edge["claims"]]
    ids += [count["id"] for count in said["counted"]]
    query = "query($ids: [ID!]!) { nodes(ids: $ids) { id ... on Claim { field value usedBy { totalCount } } } }"
    nodes = linked.data(query, {"ids": ids})["nodes"]
    assert [node["id"] for node in nodes] == ids
    assert nodes[0] == {**nodes[0], "field": "influencer/twitter:crowd_5", "value": True, "usedBy": {"totalCount": 0}}
    voice = linked.data('{ voice(account: { handle: "The_Star" }) { claims(first: 50) { nodes { id } } } }')["voice"]
    assert {node["id"] for node in voice["claims"]["nodes"]} == set(ids)


def test_every_path_of_a_link_has_its_claim(linked):
    """A client that cannot change its query gets the claims of edges and counts by header."""
    answer = linked.answer(QUERY, x_renown_provenance="1")
    paths = answer["extensions"]["provenance"]
    assert (
        paths["voice.influencers.edges.0.claims.1"]
        == answer["data"]["voice"]["influencers"]["edges"][0]["claims"][1]["id"]
    )
    assert paths["voice.influencers.counted.0"] == answer["data"]["voice"]["influencers"]["counted"][0]["id"]


def test_what_is_said_of_people_changes_no_topic_or_missing_field(linked):
    """Links are no profile: they show up nowhere else in the voice."""
    linked.client.portal.call(
        linked.client.app.state.gateway.keep, [made(STAR.key, topic_field("cars"), 1.0, observed_at=NOON)], [STAR]
    )
    query = '{ voice(account: { handle: "The_Star" }) { topics { topic { slug } } missing { field } } }'
    voice = linked.data(query)["voice"]
    assert [affinity["topic"]["slug"] for affinity in voice["topics"]] == ["cars"]
    assert "influencer" not in json.dumps(voice["missing"])


async def test_over_http_from_an_emulated_provider(tmp_path):
    """Asked over GraphQL, Klout's own lists link who is held, count the stranger, and name the stranger nowhere."""
    accounts = [
        {"handle": handle, "klout": {"id": f"90{number}", "score": 50.5}}
        for number, handle in enumerate([STAR.handle, CROWD[0].handle, STRANGER])
    ]
    accounts[0]["klout"]["influencers"] = [CROWD[0].handle, STRANGER]
    async with running("klout", Dataset.from_json({"key": "k", "accounts": accounts})) as emulator:
        klout = ProviderSettings(base_url=emulator.url, key="k", graph=True)
        with TestClient(application(settings_of(tmp_path / "renown.db", providers={"klout": klout}))) as client:
            served = Served(client)
            served.data('{ voice(account: { handle: "Crowd_0" }) { id } }')
            said = served.data(QUERY)["voice"]["influencers"]
            everything = client.post("/graphql", json={"query": QUERY}).text
    assert _handles(said) == ["Crowd_0"]
    assert [count["value"] for count in said["counted"]] == [2]
    (claim,) = said["edges"][0]["claims"]
    assert urlsplit(claim["provenance"]["source"]).path == "/v2/user.json/900/influence"
    assert STRANGER not in everything
