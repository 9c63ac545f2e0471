"""Three clients of the time from npm, unchanged, against the emulators of the APIs they were written for.

coffee_klout 0.0.9 and node_klout 0.3.1 speak Klout v2, klout 0.2.4 speaks v1. The last two have Klout's host in their
code, so that it is redirected before they are loaded.
"""

import pytest

from renown.emulators import Behaviour, read_example, running

pytestmark = pytest.mark.ci

ONE = "100000000000000001"
SCORE = {
    "score": 61.25,
    "scoreDelta": {"dayChange": 0.125, "weekChange": -0.5, "monthChange": 1.75},
    "bucket": "60-69",
}


@pytest.fixture
async def v2():
    """The emulator of Klout v2."""
    async with running("klout", read_example()) as emulator:
        yield emulator


@pytest.fixture
async def v1():
    """The emulator of Klout v1."""
    async with running("klout-v1", read_example()) as emulator:
        yield emulator


@pytest.mark.parametrize(
    ("client", "arguments"),
    [
        ("coffee_klout", [{"twitter_screen_name": "synthetic_one"}]),
        ("coffee_klout", [{"twitter_id": "900000000000000001"}]),
        ("coffee_klout", [{"google_plus_id": "112000000000000000001"}]),
        ("coffee_klout", [{"third_party_id": "synthetic-third-party-1"}]),
        ("coffee_klout", [{"klout_id": ONE}]),
        ("node_klout", ["synthetic_one"]),
        ("node_klout", ['"900000000000000001"', "tw"]),
        ("node_klout", ['"112000000000000000001"', "gp"]),
        ("node_klout", ["synthetic-third-party-1", "fb"]),
    ],
)
async def test_v2_clients_find_the_klout_id(ask, v2, client, arguments):
    """By every kind of identity that the client knows."""
    assert ask(v2.url, client, "getKloutIdentity", *arguments)["result"] == {"id": ONE, "network": "ks"}


@pytest.mark.parametrize("client", ["coffee_klout", "node_klout"])
async def test_v2_clients_read_all_four_resources(ask, v2, client):
    """User, score, topics and influence, by a Klout id too long for JavaScript's numbers."""
    user, score, topics, influence = [
        ask(v2.url, client, f"getUser{resource}", f'"{ONE}"')["result"]
        for resource in ("", "Score", "Topics", "Influence")
    ]
    assert (user["kloutId"], user["nick"], user["score"]) == (ONE, "synthetic_one", {"score": 61.25, "bucket": "60-69"})
    assert score == SCORE
    assert [topic["id"] for topic in topics] == ["99999999999999999901", "901"]
    assert influence["myInfluencers"][0]["entity"]["payload"]["nick"] == "synthetic_two"


async def test_coffee_klout_goes_from_a_name_to_a_score(ask, v2):
    """In one call of the client, which makes two of the API."""
    assert ask(v2.url, "coffee_klout", "getUserScore", {"twitter_screen_name": "synthetic_one"})["result"] == SCORE
    assert v2.calls == ["/v2/identity.json/twitter?screenName=synthetic_one&key=", f"/v2/user.json/{ONE}/score?key="]


async def test_node_klout_finds_the_way_back(ask, v2):
    """From a Klout id to Twitter's."""
    reply = ask(v2.url, "node_klout", "getUserNetworkHandle", f'"{ONE}"')
    assert reply["result"] == {"id": "900000000000000001", "network": "tw"}


@pytest.mark.parametrize("client", ["coffee_klout", "node_klout"])
@pytest.mark.parametrize(
    ("fail", "key", "klout_id", "says"),
    [
        (None, "wrong", ONE, "Inactive key, or call threshold reached."),
        (None, "demo-key", "1", "Resource or user not found."),
        ("over_rate", "demo-key", ONE, "Inactive key, or call threshold reached."),
        ("500", "demo-key", ONE, "Klout internal server error."),
    ],
)
async def test_v2_clients_say_what_went_wrong(ask, v2, client, fail, key, klout_id, says):  # noqa: PLR0917 - a table
    """A bad key, an unknown user, a used-up quota, a server in trouble: each in the client's own words."""
    v2.behave(Behaviour(fail=fail))
    assert ask(v2.url, client, "getUserScore", f'"{klout_id}"', key=key)["error"] == says


async def test_node_klout_hands_over_the_quotas_headers(ask, v2):
    """What scripts on top of it slept by."""
    v2.behave(Behaviour(fail="over_rate"))
    headers = ask(v2.url, "node_klout", "getUserScore", f'"{ONE}"')["headers"]
    assert headers["x-mashery-error-code"] == "ERR_403_DEVELOPER_OVER_RATE"
    assert headers["retry-after"] == "3600"


@pytest.mark.parametrize(
    ("method", "key", "found"),
    [
        ("getKlout", "kscore", 61.25),
        ("getTopics", "topics", ["synthetic cars", "synthetic racing"]),
        ("getInfluencedBy", "influencers", [{"twitter_screen_name": "synthetic_two", "kscore": 74.5}]),
        ("getInfluencerOf", "influencees", [{"twitter_screen_name": "synthetic_three", "kscore": 33.88}]),
    ],
)
async def test_klout_reads_v1(ask, v1, method, key, found):
    """Scores, topics and both directions of influence."""
    [user] = ask(v1.url, "klout", method, "synthetic_one")["result"]["users"]
    assert user == {"twitter_screen_name": "synthetic_one", key: found}


async def test_klout_reads_profiles_of_several(ask, v1):
    """Two users in one call, whatever their order."""
    reply = ask(v1.url, "klout", "getShow", "synthetic_two,synthetic_one")["result"]
    scores = {user["twitter_screen_name"]: user["score"]["kscore"] for user in reply["users"]}
    assert (reply["status"], scores) == (200, {"synthetic_one": 61.25, "synthetic_two": 74.5})


@pytest.mark.parametrize(
    ("user", "key", "says"),
    [
        ("nobody", "demo-key", "User not found."),
        ("synthetic_one", "wrong", "API Limited exceeded or Invalid API Key"),
    ],
)
async def test_klout_says_what_went_wrong(ask, v1, user, key, says):
    """An unknown user and a bad key, in the client's own words."""
    assert ask(v1.url, "klout", "getKlout", user, key=key)["error"] == says
