"""Who vouches for a voice, over GraphQL: newest first, by topic, in pages, each with its source."""

import asyncio
import shutil
from datetime import UTC, datetime, timedelta

import pytest
from starlette.testclient import TestClient

from renown.gateway import Gateway
from renown.gateway.vouching import known_only
from renown.providers import read_table
from renown.web import application
from served import Served, settings_of

VOUCHES = """
query($topic: String, $first: Int, $after: String) {
  voice(account: { handle: "PirelliUK" }) {
    vouches(topic: $topic, first: $first, after: $after) {
      totalCount pageInfo { hasNextPage hasPreviousPage endCursor }
      nodes { id at topic { slug name } by { accounts { handle } } provenance { kind source provider { slug } } }
      edges { cursor node { id } }
    }
  }
}"""
CLAIM = "query($id: ID!) { node(id: $id) { __typename id ... on Claim { field usedBy { nodes { field } } } } }"
TODAY = datetime.now(UTC).date()
ROWS = [("ContiUK", "Tyres", 5), ("DunlopLive", "Tyres", 3), ("ContiUK", "Motorsport", 4), ("ContiUK", "Tyres", 9)]


async def _vouch(path):
    rows = "".join(f"{who},PirelliUK,{topic},{TODAY - timedelta(days=ago)},a page\n" for who, topic, ago in ROWS)
    async with await Gateway.open(settings_of(path)) as gateway:
        content = f"voucher,handle,topic,date,source\n{rows}".encode()
        (table,) = await known_only(gateway.store, [read_table(content, "v.csv", gateway.registry, gateway.now())])
        await gateway.keep(table.claims, table.accounts)


@pytest.fixture(scope="module")
def vouched(demo_file, tmp_path_factory):
    """The demo, in which two brands vouch for a third: one on two topics, and on one of them twice."""
    path = shutil.copy(demo_file, tmp_path_factory.mktemp("vouched") / "renown.db")
    asyncio.run(_vouch(path))
    with TestClient(application(settings_of(path))) as client:
        yield Served(client)


@pytest.fixture
def page(vouched):
    """A page of the vouches."""
    return lambda **asked: vouched.data(VOUCHES, asked)["voice"]["vouches"]


def _said(shown):
    return [(node["by"]["accounts"][0]["handle"], node["topic"]["slug"]) for node in shown["nodes"]]


def test_the_newest_of_each_person_and_topic_comes_first(page):
    """A vouch said again stands there once, by its last date; each has its file and row."""
    shown = page()
    assert _said(shown) == [("DunlopLive", "tyres"), ("ContiUK", "motorsport"), ("ContiUK", "tyres")]
    assert shown["totalCount"] == 3
    assert [node["at"][:10] for node in shown["nodes"]] == [str(TODAY - timedelta(days=ago)) for ago in (3, 4, 5)]
    first = shown["nodes"][0]
    assert first["topic"] == {"slug": "tyres", "name": "Tyres"}
    assert first["provenance"] == {
        "kind": "DECLARED",
        "source": "a page (v.csv, row 3)",
        "provider": {"slug": "vouches"},
    }


def test_one_topic_by_its_name(page):
    """Only the vouches on it are shown and counted; of a topic nobody vouched on there are none."""
    assert _said(page(topic="Tyres")) == [("DunlopLive", "tyres"), ("ContiUK", "tyres")]
    assert page(topic="motorsport")["totalCount"] == 1
    nothing = page(topic="cheese")
    assert (nothing["totalCount"], nothing["nodes"], nothing["pageInfo"]["endCursor"]) == (0, [], None)


def test_pages_join_up(page):
    """Page by page the same vouches come in the same order."""
    met, after = [], None
    for more in (True, True, False):
        shown = page(first=1, after=after)
        assert shown["pageInfo"]["hasNextPage"] is more
        assert shown["pageInfo"]["hasPreviousPage"] is (after is not None)
        assert shown["totalCount"] == 3
        met, after = met + _said(shown), shown["pageInfo"]["endCursor"]
    assert met == _said(page())


@pytest.mark.parametrize("asked", [{"first": 0}, {"after": "nonsense"}, {"after": "WyJ4IiwieSJd"}, {"topic": "!!"}])
def test_what_makes_no_sense_is_refused(vouched, asked):
    """A page of nothing, a cursor that is none, a topic without a letter: an error with a code."""
    assert vouched.error(VOUCHES, asked)["extensions"]["code"] in {"BAD_PAGE", "BAD_CURSOR", "BAD_SLUG"}


def test_a_vouch_is_a_claim_that_its_score_names(vouched, page):
    """Its id leads to the claim, and from there up to the score that was made of it."""
    newest = vouched.data(CLAIM, {"id": page()["nodes"][0]["id"]})["node"]
    assert (newest["__typename"], newest["field"]) == ("Claim", "vouch/tyres/twitter:dunloplive")
    assert {each["field"] for each in newest["usedBy"]["nodes"]} == {"vouches.vouched_for"}


def test_the_score_stands_beside_and_not_in_the_composite(vouched):
    """The voice has a score of vouches; the default composite has no part of it, one with weights has."""
    asked = """query($recipe: RecipeInput) { voice(account: { handle: "PirelliUK" }) {
      score(provider: "vouches") { ... on Score { value metric { name } } }
      composite(recipe: $recipe) { ... on Composite { contributions { provider { slug } weight } } } } }"""
    voice = vouched.data(asked)["voice"]
    assert voice["score"]["metric"]["name"] == "Vouched for"
    assert 0 < voice["score"]["value"] < 100
    assert "vouches" not in {part["provider"]["slug"] for part in voice["composite"]["contributions"]}
    weights = [{"provider": "klout", "weight": 1}, {"provider": "vouches", "weight": 1}]
    counted = vouched.data(asked, {"recipe": {"weighting": "CUSTOM", "weights": weights}})["voice"]
    parts = {part["provider"]["slug"]: part["weight"] for part in counted["composite"]["contributions"]}
    assert float(parts["vouches"]) == 0.5
