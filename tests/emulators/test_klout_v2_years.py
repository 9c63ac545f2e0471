"""What Klout v2 knows beside Twitter and beside 2013: other networks, undocumented paths, the year 2012."""

import httpx
import pytest

from renown.emulators import Behaviour, Dataset, running

ONE = "37436179756135399"
IN_2012 = Behaviour(klout_era="2012")


async def ask(client: httpx.AsyncClient, url: str) -> httpx.Response:
    """One call with the right key."""
    return await client.get(url, params={"key": "test-key"})


@pytest.mark.parametrize("path", ["gp/112000000000000000001", "ig/816000000", "fb/third-party_Id"])
async def test_every_network_leads_to_a_klout_id(client, data, path):
    """Google+ ids of 21 digits, Instagram ids, and Facebook's for third parties, which are no numbers."""
    async with running("klout", data) as emulator:
        reply = await ask(client, f"{emulator.url}/identity.json/{path}")
    assert reply.content == b'{"id":"37436179756135399","network":"ks"}'
    assert "X-Renown-Emulator" not in reply.headers


@pytest.mark.parametrize("path", ["gp/1", "ig/1", "fb/nobody", "klout/5000/gp", f"ks/{ONE}/tw"])
async def test_who_is_not_there_is_404(client, data, path):
    """Unknown ids, an account without one there, and the path that was documented once and did not work."""
    async with running("klout", data) as emulator:
        reply = await ask(client, f"{emulator.url}/identity.json/{path}")
    assert reply.status_code == 404


@pytest.mark.parametrize("path", ["gp/one", "ig/one", "klout/one/gp", "klout/one"])
async def test_letters_where_digits_belong(client, data, path):
    """An object with `validationErrors`."""
    async with running("klout", data) as emulator:
        reply = await ask(client, f"{emulator.url}/identity.json/{path}")
    assert list(reply.json()) == ["validationErrors"]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        (f"klout/{ONE}/gp", {"id": "112000000000000000001", "network": "gp"}),
        (f"klout/{ONE}", {"id": ONE, "network": "ks"}),
    ],
)
async def test_the_ways_back_that_nobody_recorded(client, data, path, body):
    """To Google+ by analogy with Twitter, to nowhere as we see fit: both are marked assumed."""
    async with running("klout", data) as emulator:
        reply = await ask(client, f"{emulator.url}/identity.json/{path}")
    assert reply.json() == body
    assert reply.headers["X-Renown-Emulator"] == "assumed"


@pytest.mark.parametrize("ending", ["", "/score", "/topics", "/influence"])
async def test_by_twitter_id_without_the_identity_step(client, data, ending):
    """The undocumented `/tw-user.json` answers what `/user.json` does."""
    async with running("klout", data) as emulator:
        direct = await ask(client, f"{emulator.url}/tw-user.json/900000000000000001{ending}")
        usual = await ask(client, f"{emulator.url}/user.json/{ONE}{ending}")
    assert direct.status_code == 200
    assert direct.content == usual.content


async def test_bodies_of_2012_lack_names_and_buckets(client, data):
    """A user is an id and a score, a score has no bucket, topics have lower-case names and no kind."""
    async with running("klout", data, IN_2012) as emulator:
        user, score, topics = [
            await ask(client, f"{emulator.url}/user.json/{ONE}{ending}") for ending in ("", "/score", "/topics")
        ]
    assert user.json() == {"kloutId": ONE, "score": {"score": 61.25012345678901}}
    assert list(score.json()) == ["score", "scoreDelta"]
    assert [list(topic) for topic in topics.json()] == [["id", "displayName", "name", "slug", "imageUrl"]] * 2
    assert topics.json()[0]["name"] == "made up cars"
    assert all("X-Renown-Emulator" not in reply.headers for reply in (user, score, topics))


async def test_influence_of_2012_tells_topics_of_each(client):
    """A payload has the topics of its user, each with score, strength and seconds; nothing of it is assumed."""
    topic = {"id": "1", "displayName": "Made Up Cars", "score": 90.0, "strength": "strong", "seconds": 7736654}
    accounts = [
        {"handle": "one", "klout": {"id": "1", "score": 50, "influencers": ["two"], "influencees": ["two"]}},
        {"handle": "two", "klout": {"id": "2", "score": 60, "topics": [topic]}},
    ]
    async with running("klout", Dataset.from_json({"key": "test-key", "accounts": accounts}), IN_2012) as emulator:
        reply = await ask(client, f"{emulator.url}/user.json/1/influence")
    [influencer] = reply.json()["myInfluencers"]
    [told] = influencer["entity"]["payload"].pop("topics")
    assert influencer == {"entity": {"id": "2", "payload": {"kloutId": "2", "score": {"score": 60.0}}}}
    assert list(told) == ["topicData", "score", "strength", "seconds"]
    assert told["topicData"]["name"] == "made up cars"
    assert "X-Renown-Emulator" not in reply.headers


async def test_a_topic_without_its_strength_is_marked(client, data):
    """Payloads with topics of which the data know only names are not what was recorded in 2012."""
    changed = [
        {"handle": "one", "klout": {"id": "1", "score": 50, "influencers": ["two"], "influencees": ["two"]}},
        {"handle": "two", "klout": {"id": "2", "score": 60, "topics": [{"id": "1", "displayName": "Cars"}]}},
    ]
    async with running("klout", Dataset.from_json({"key": "test-key", "accounts": changed}), IN_2012) as emulator:
        reply = await ask(client, f"{emulator.url}/user.json/1/influence")
    assert reply.headers["X-Renown-Emulator"] == "assumed"
