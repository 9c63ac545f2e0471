"""The emulator of Klout's first API against what is on record, over a real port."""

import httpx
import pytest
import pytest_asyncio

from renown.emulators import Behaviour, Dataset, running


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def klout(data):
    """The base URL of one emulator for this file."""
    async with running("klout-v1", data) as emulator:
        yield emulator.url


async def ask(client: httpx.AsyncClient, url: str, users: str, **params: str) -> httpx.Response:
    """One call with the right key."""
    return await client.get(url, params={"users": users, "key": "test-key", **params})


async def test_a_score_is_the_recorded_bytes(client):
    """The recording of July 2011 to the byte: 72 of them, under `application/json`, with nothing assumed."""
    account = {"handle": "zigotto", "klout": {"id": "1", "score": 25.9}}
    async with running("klout-v1", Dataset.from_json({"key": "test-key", "accounts": [account]})) as emulator:
        reply = await ask(client, f"{emulator.url}/klout.json", "zigotto")
    assert reply.content == b'{"status":200,"users":[{"twitter_screen_name":"zigotto","kscore":25.9}]}'
    assert (len(reply.content), reply.headers["Content-Type"]) == (72, "application/json")
    assert "X-Renown-Emulator" not in reply.headers


async def test_a_profile_has_every_recorded_field(client, klout):
    """Ids and names outside, fifteen fields of the score inside; whole numbers lose their decimals, as PHP had it."""
    reply = await ask(client, f"{klout}/users/show.json", "synthetic_ONE")
    [user] = reply.json()["users"]
    assert list(user) == ["twitter_id", "twitter_screen_name", "score"]
    assert " ".join(user["score"]) == (
        "kscore slope description kclass_id kclass kclass_description kscore_description"
        " network_score amplification_score true_reach delta_1day delta_5day"
    )
    assert b'"amplification_score":2,"true_reach":1815' in reply.content
    assert rb"You go places\/others do not." in reply.content
    assert user["score"]["kscore"] == 61.25
    assert "X-Renown-Emulator" not in reply.headers


async def test_a_profile_without_its_fields_is_marked_assumed(client, klout):
    """What the data lack is left out, never null."""
    reply = await ask(client, f"{klout}/users/show.json", "crowd_0")
    assert reply.json()["users"] == [
        {"twitter_id": "9000", "twitter_screen_name": "crowd_0", "score": {"kscore": 20.5}}
    ]
    assert reply.headers["X-Renown-Emulator"] == "assumed"


async def test_topics_are_lower_case_words(client, klout):
    """No ids, no kinds."""
    reply = await ask(client, f"{klout}/users/topics.json", "synthetic_one")
    assert reply.json()["users"] == [
        {"twitter_screen_name": "Synthetic_One", "topics": ["made up cars", "made up racing"]}
    ]


@pytest.mark.parametrize(
    ("path", "name", "handles"),
    [
        ("influenced_by", "influencers", [f"crowd_{n}" for n in (6, 5, 4, 3, 2, 1, 0)]),
        ("influencer_of", "influencees", ["crowd_0", "crowd_1"]),
    ],
)
async def test_ties_come_as_pairs(client, klout, path, name, handles):
    """Influencers from high to low, influencees from low to high, each a name with a score, as in the fixtures."""
    reply = await ask(client, f"{klout}/soi/{path}.json", "synthetic_one")
    [user] = reply.json()["users"]
    assert list(user) == ["twitter_screen_name", name]
    assert [pair["twitter_screen_name"] for pair in user[name]] == handles
    assert all(20 <= pair["kscore"] <= 27 for pair in user[name])


async def test_twenty_five_ties_at_most(client):
    """Of more, the 25 with the highest scores."""
    crowd = [{"handle": f"c{n}", "klout": {"id": str(n), "score": n}} for n in range(1, 31)]
    hub = {"handle": "hub", "klout": {"id": "99", "score": 50, "influencees": [who["handle"] for who in crowd]}}
    async with running("klout-v1", Dataset.from_json({"key": "test-key", "accounts": [hub, *crowd]})) as emulator:
        reply = await ask(client, f"{emulator.url}/soi/influencer_of.json", "hub")
    [user] = reply.json()["users"]
    assert [pair["kscore"] for pair in user["influencees"]] == list(range(6, 31))


async def test_the_order_of_users_is_not_the_asked_one(client, klout, data):
    """However five are asked for, they come in one and the same order, which another seed changes."""
    names = [f"crowd_{n}" for n in range(5)]
    asked = [",".join(names), ",".join(reversed(names))]
    replies = [await ask(client, f"{klout}/klout.json", users) for users in asked]
    orders = [[user["twitter_screen_name"] for user in reply.json()["users"]] for reply in replies]
    assert orders[0] == orders[1]
    assert sorted(orders[0]) == names
    assert orders[0] not in (names, names[::-1])
    async with running("klout-v1", data, Behaviour(seed=1)) as emulator:
        other = (await ask(client, f"{emulator.url}/klout.json", asked[0])).json()["users"]
    assert [user["twitter_screen_name"] for user in other] != orders[0]


async def test_an_unknown_user_is_an_empty_404(client, klout):
    """As recorded: no byte of body, under `text/html`, nothing assumed."""
    reply = await ask(client, f"{klout}/klout.json", "only_kred")
    assert (reply.status_code, reply.content, reply.headers["Content-Type"]) == (404, b"", "text/html")
    assert "X-Renown-Emulator" not in reply.headers


@pytest.mark.parametrize("way", ["empty-404", "batch-404", "no-users"])
async def test_one_unknown_among_several(client, data, way):
    """A batch is refused as a whole in one of the three ways; else the known are told. On neither is a body kept."""
    async with running("klout-v1", data, Behaviour(klout_unknown_user=way)) as emulator:
        mixed = await ask(client, f"{emulator.url}/klout.json", "crowd_0,nobody")
        known = await ask(client, f"{emulator.url}/klout.json", "crowd_0")
    assert (mixed.status_code, mixed.content) == ((404, b"") if way == "batch-404" else (200, known.content))
    assert ["X-Renown-Emulator" in reply.headers for reply in (mixed, known)] == [True, False]


async def test_no_users_is_said_under_200(client, data):
    """The third way: a body without `users`, to the byte."""
    async with running("klout-v1", data, Behaviour(klout_unknown_user="no-users")) as emulator:
        reply = await ask(client, f"{emulator.url}/users/show.json", "nobody,only_kred")
    assert (reply.status_code, reply.content) == (200, b'{"status":200,"headers":[],"body":{"error":"No users"}}')
    assert "X-Renown-Emulator" not in reply.headers


@pytest.mark.parametrize("users", ["", ",", "a,b,c,d,e,f"])
async def test_none_and_more_than_five_are_refused(client, klout, users):
    """Five at most is on record; 403 is the documented status of a bad request, and that it was used here is ours."""
    reply = await ask(client, f"{klout}/klout.json", users)
    assert reply.status_code == 403
    assert reply.headers["X-Renown-Emulator"] == "assumed"


@pytest.mark.parametrize("resource", ["users/topics", "soi/influenced_by", "soi/influencer_of"])
async def test_empty_lists_are_marked(client, klout, resource):
    """No empty list is on record."""
    reply = await ask(client, f"{klout}/{resource}.json", "crowd_0")
    assert reply.status_code == 200
    assert reply.headers["X-Renown-Emulator"] == "assumed"


async def test_refusals_are_masherys(client, klout, data):
    """A bad key is Mashery's HTML, an unknown path its 596, a quota its 403 with a code; v1 recorded none of them."""
    bad_key = await client.get(f"{klout}/klout.json", params={"users": "crowd_0", "key": "wrong"})
    no_path = await ask(client, f"{klout}/klout.xml", "crowd_0")
    async with running("klout-v1", data, Behaviour(fail="over_rate")) as emulator:
        over = await ask(client, f"{emulator.url}/klout.json", "crowd_0")
    assert (bad_key.status_code, bad_key.content) == (403, b"<h1>Developer Inactive</h1>")
    assert no_path.status_code == 596
    assert over.headers["X-Mashery-Error-Code"] == "ERR_403_DEVELOPER_OVER_RATE"
    assert {reply.headers["X-Renown-Emulator"] for reply in (bad_key, no_path, over)} == {"assumed"}


async def test_callback_wraps_v1(client, klout):
    """JSONP, for the badges that stood on web pages."""
    reply = await ask(client, f"{klout}/klout.json", "crowd_0", callback="show")
    assert reply.content == b'show({"status":200,"users":[{"twitter_screen_name":"crowd_0","kscore":20.5}]});'
