"""The emulator of PeerIndex's last API against what is on record, over a real port."""

import httpx
import pytest
import pytest_asyncio

from renown.emulators import Behaviour, running

ID = "00000000-0000-3000-8000-000000000001"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def peerindex(data):
    """The base URL of one emulator for this file."""
    async with running("peerindex", data) as emulator:
        yield emulator.url


async def ask(client: httpx.AsyncClient, url: str, **params: str) -> httpx.Response:
    """One call with the right key."""
    return await client.get(url, params={"api_key": "test-key", **params})


@pytest.mark.parametrize("path", ["extended", "extended.json", "extended/", "extended.json/"])
@pytest.mark.parametrize(
    "who",
    [{"peerindex_id": ID}, {"twitter_id": "900000000000000001"}, {"twitter_screen_name": "synthetic_ONE"}],
)
async def test_extended_has_the_recorded_shape(client, peerindex, path, who):
    """By any one identifier and with or without `.json` and a slash: ints, string Twitter id, version "1.1"."""
    reply = await ask(client, f"{peerindex}/actor/{path}", **who)
    body = reply.json()
    assert " ".join(body) == "peerindex demographics authority audience version peerindex_id activity twitter"
    assert [body[name] for name in ("peerindex", "authority", "audience", "activity")] == [58, 60, 63, 47]
    assert (body["version"], body["peerindex_id"]) == ("1.1", ID)
    assert body["twitter"] == {"id": "900000000000000001"}
    location = body["demographics"]["location"]
    assert " ".join(location) == "county place_type geoname_id longitude country_code latitude place_name"
    assert "X-Renown-Emulator" not in reply.headers


async def test_an_actor_without_a_place_has_empty_demographics(client, peerindex):
    """`demographics` is then `{}`; scores the data lack are left out and the answer is marked assumed."""
    reply = await ask(client, f"{peerindex}/actor/extended", twitter_screen_name="crowd_0")
    assert reply.json() == {
        "peerindex": 20,
        "demographics": {},
        "version": "1.1",
        "peerindex_id": "00000000-0000-3000-8000-000000000100",
        "twitter": {"id": "9000"},
    }
    assert reply.headers["X-Renown-Emulator"] == "assumed"


async def test_topic_lists_benchmark_topics_with_int_ids(client, peerindex):
    """Name, score and PeerIndex's own id of each, in its own order; nothing of it is assumed."""
    reply = await ask(client, f"{peerindex}/actor/topic", peerindex_id=ID)
    assert reply.json() == {
        "benchmark_topics": [
            {"name": "News and society", "topic_score": 75, "id": 4420},
            {"name": "Sports", "topic_score": 59, "id": 4244},
        ],
        "version": "1.1",
        "peerindex_id": ID,
        "peerindex": 58,
    }
    assert "X-Renown-Emulator" not in reply.headers


async def test_topic_may_fail_where_extended_works(client, peerindex):
    """Some actors had no topic row at all."""
    topic = await ask(client, f"{peerindex}/actor/topic", twitter_screen_name="crowd_0")
    extended = await ask(client, f"{peerindex}/actor/extended", twitter_screen_name="crowd_0")
    assert (topic.status_code, extended.status_code) == (404, 200)
    assert topic.headers["X-Renown-Emulator"] == "assumed"


async def test_graph_names_actors_by_their_id(client, peerindex):
    """Two lists of objects with nothing but `peerindex_id`, between version and score in the recorded order."""
    reply = await ask(client, f"{peerindex}/actor/graph.json", peerindex_id=ID)
    body = reply.json()
    assert " ".join(body) == "influenced_by version peerindex_id influences peerindex"
    assert [actor["peerindex_id"][-3:] for actor in body["influenced_by"]] == ["100", "101"]
    assert body["influences"] == [{"peerindex_id": "00000000-0000-3000-8000-000000000102"}]


async def test_basic_is_assumed_as_a_whole(client, peerindex):
    """Its fields are what a client's model read; no body was recorded."""
    reply = await ask(client, f"{peerindex}/actor/basic", peerindex_id=ID)
    twitter = {"id": "900000000000000001"}
    assert reply.json() == {"version": "1.1", "peerindex_id": ID, "peerindex": 58, "twitter": twitter}
    assert reply.headers["X-Renown-Emulator"] == "assumed"


@pytest.mark.parametrize("who", [{}, {"peerindex_id": ID, "twitter_id": "900000000000000001"}])
async def test_exactly_one_identifier(client, peerindex, who):
    """None or two of the three is 400, as documented; the body is ours."""
    reply = await ask(client, f"{peerindex}/actor/extended", **who)
    assert reply.status_code == 400
    assert reply.headers["X-Renown-Emulator"] == "assumed"


@pytest.mark.parametrize("resource", ["basic", "extended", "topic", "graph"])
async def test_no_data_is_404(client, peerindex, resource):
    """An actor PeerIndex does not know is 404, as documented; the body is ours."""
    reply = await ask(client, f"{peerindex}/actor/{resource}", twitter_screen_name="only_kred")
    assert reply.status_code == 404
    assert reply.headers["X-Renown-Emulator"] == "assumed"


@pytest.mark.parametrize("params", [{}, {"api_key": "wrong"}])
async def test_a_bad_key_is_masherys_html(client, peerindex, params):
    """403 with `<h1>Developer Inactive</h1>` as text/xml: no JSON, unlike Klout."""
    reply = await client.get(f"{peerindex}/actor/extended", params={"peerindex_id": ID, **params})
    assert (reply.status_code, reply.content) == (403, b"<h1>Developer Inactive</h1>")
    assert reply.headers["Content-Type"] == "text/xml"
    assert reply.headers["X-Mashery-Error-Code"] == "ERR_403_DEVELOPER_INACTIVE"
    assert reply.headers["X-Error-Detail-Header"] == "Account Inactive"


async def test_an_unknown_path_is_596_by_analogy(client, peerindex):
    """Recorded for Klout behind the same gateway, assumed here."""
    reply = await ask(client, f"{peerindex}/actor/everything", peerindex_id=ID)
    assert reply.status_code == 596
    assert reply.headers["X-Renown-Emulator"] == "assumed"


async def test_over_rate_is_403_with_retry_after(client, data):
    """The documented status for a key over its limit; code and Retry-After are Mashery's."""
    async with running("peerindex", data, Behaviour(fail="over_rate")) as emulator:
        reply = await ask(client, f"{emulator.url}/actor/extended", peerindex_id=ID)
    assert (reply.status_code, reply.headers["Retry-After"]) == (403, "3600")
    assert reply.headers["X-Mashery-Error-Code"] == "ERR_403_DEVELOPER_OVER_RATE"
