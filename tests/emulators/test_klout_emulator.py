"""The Klout v2 emulator against what is on record, over a real port."""

import json
from typing import Any

import httpx
import pytest
import pytest_asyncio

from renown.emulators import Behaviour, running

ONE = "37436179756135399"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def klout(data):
    """The base URL of one emulator for this file."""
    async with running("klout", data) as emulator:
        yield emulator.url


async def ask(client: httpx.AsyncClient, url: str, **params: str) -> httpx.Response:
    """One call with the right key."""
    return await client.get(url, params={"key": "test-key", **params})


@pytest.mark.parametrize("path", ["/identity.json/twitter", "/identity.json/twitter/"])
async def test_a_screen_name_gives_a_klout_id(client, klout, path):
    """Either path form answers `{"id":"...","network":"ks"}`, in any case of the name; nothing of it is assumed."""
    reply = await ask(client, klout + path, screenName="SYNTHETIC_one")
    assert (reply.status_code, reply.content) == (200, b'{"id":"37436179756135399","network":"ks"}')
    assert reply.headers["Content-Type"] == "application/json; charset=utf-8"
    assert "X-Renown-Emulator" not in reply.headers


async def test_a_twitter_id_gives_a_klout_id(client, klout):
    """`/identity.json/tw/{id}` answers with the Klout id, as a string."""
    reply = await ask(client, f"{klout}/identity.json/tw/900000000000000001")
    assert reply.content == b'{"id":"37436179756135399","network":"ks"}'


async def test_a_klout_id_gives_a_twitter_id(client, klout):
    """The way back is asked under `klout`, answered with network `tw`."""
    reply = await ask(client, f"{klout}/identity.json/klout/{ONE}/tw")
    assert reply.content == b'{"id":"900000000000000001","network":"tw"}'


async def test_the_score_says_score_delta(client, klout):
    """The score resource has `scoreDelta` in the singular, an unrounded score and a bucket, in the recorded order."""
    reply = await ask(client, f"{klout}/user.json/{ONE}/score")
    body = reply.json()
    assert list(body) == ["score", "scoreDelta", "bucket"]
    assert list(body["scoreDelta"]) == ["dayChange", "weekChange", "monthChange"]
    assert (body["score"], body["bucket"]) == (61.25012345678901, "60-69")
    assert reply.headers["Content-Type"] == "application/json;charset=UTF-8"
    assert "X-Renown-Emulator" not in reply.headers


async def test_the_user_says_score_deltas(client, klout):
    """The user resource has `scoreDeltas` in the plural, beside a score with its bucket inside."""
    reply = await ask(client, f"{klout}/user.json/{ONE}")
    body = reply.json()
    assert list(body) == ["kloutId", "nick", "score", "scoreDeltas"]
    assert (body["kloutId"], body["nick"]) == (ONE, "Synthetic_One")
    assert body["score"] == {"score": 61.25012345678901, "bucket": "60-69"}


async def test_topics_are_a_bare_array_with_string_ids(client, klout):
    """Topic ids beyond 63 bits stay strings; `displayType` is there only where given (it came in 2014)."""
    topics = (await ask(client, f"{klout}/user.json/{ONE}/topics")).json()
    assert [topic["id"] for topic in topics] == ["10000000000000008253", "560"]
    assert list(topics[0]) == ["id", "displayName", "name", "slug", "imageUrl", "topicType"]
    assert list(topics[1]) == ["id", "displayName", "name", "slug", "imageUrl", "displayType", "topicType"]
    assert [topic["slug"] for topic in topics] == ["made-up-cars", "racing-sub"]


async def test_influence_shows_five_and_counts_all(client, klout):
    """Five influencers from high to low while the count says seven; payloads are users with their own id twice."""
    reply = await ask(client, f"{klout}/user.json/{ONE}/influence")
    body = reply.json()
    assert list(body) == ["myInfluencers", "myInfluencees", "myInfluencersCount", "myInfluenceesCount"]
    assert (body["myInfluencersCount"], body["myInfluenceesCount"]) == (7, 2)
    entities: list[dict[str, Any]] = [item["entity"] for item in body["myInfluencers"]]
    assert [entity["payload"]["nick"] for entity in entities] == [f"crowd_{n}" for n in (6, 5, 4, 3, 2)]
    assert all(entity["id"] == entity["payload"]["kloutId"] for entity in entities)
    assert "X-Renown-Emulator" not in reply.headers


@pytest.mark.parametrize("params", [{}, {"key": ""}, {"key": "wrong"}])
async def test_a_bad_key_is_refused_in_88_bytes(client, klout, params):
    """Without the right key: 403, Mashery's code, and the recorded JSON to the byte."""
    reply = await client.get(f"{klout}/user.json/{ONE}/score", params=params)
    assert reply.status_code == 403
    assert reply.headers["Content-Type"] == "application/json"
    assert reply.headers["Server"] == "Mashery Proxy"
    assert reply.headers["X-Mashery-Error-Code"] == "ERR_403_DEVELOPER_INACTIVE"
    assert len(reply.content) == 88
    assert reply.content == b'{"error":403, "description":"Invalid or unprovided API key. All calls must have a key."}'


@pytest.mark.parametrize("path", ["/nothing", "/user.json", f"/user.json/{ONE}/score/more"])
async def test_an_unknown_path_is_596(client, klout, path):
    """Mashery's own status, its code and its 30 bytes of text/xml."""
    reply = await ask(client, klout + path)
    assert (reply.status_code, reply.content) == (596, b"<h1>596 Service Not Found</h1>")
    assert reply.headers["Content-Type"] == "text/xml"
    assert reply.headers["X-Mashery-Error-Code"] == "ERR_596_SERVICE_NOT_FOUND"


@pytest.mark.parametrize(
    ("path", "params"),
    [
        ("/identity.json/twitter", {"screenName": "only_kred"}),
        ("/identity.json/tw/1", {}),
        ("/identity.json/klout/1/tw", {}),
        ("/identity.json/gp/112", {}),
        ("/user.json/1/score", {}),
    ],
)
async def test_an_unknown_user_is_404_with_an_assumed_body(client, klout, path, params):
    """Status 404 is on record, the body is ours and says so. An account without a Klout part is unknown to Klout."""
    reply = await ask(client, klout + path, **params)
    assert reply.status_code == 404
    assert reply.headers["X-Renown-Emulator"] == "assumed"


@pytest.mark.parametrize("path", ["/user.json/one/score", "/identity.json/tw/one", "/identity.json/twitter"])
async def test_a_malformed_id_gives_validation_errors(client, klout, path):
    """An object with `validationErrors`; its status and inside are ours."""
    reply = await ask(client, klout + path)
    assert list(reply.json()) == ["validationErrors"]
    assert reply.headers["X-Renown-Emulator"] == "assumed"


async def test_a_user_of_an_older_year_lacks_fields_rather_than_nulls(client, klout):
    """Without deltas and bucket in the data, the fields are left out; the score resource is then marked assumed."""
    user = await ask(client, f"{klout}/user.json/5000")
    score = await ask(client, f"{klout}/user.json/5000/score")
    assert user.json() == {"kloutId": "5000", "nick": "crowd_0", "score": {"score": 20.5}}
    assert score.json() == {"score": 20.5}
    assert score.headers["X-Renown-Emulator"] == "assumed"


@pytest.mark.parametrize("resource", ["topics", "influence"])
async def test_empty_lists_are_marked_assumed(client, klout, resource):
    """No empty list of topics or influencers is on record."""
    reply = await ask(client, f"{klout}/user.json/5000/{resource}")
    assert reply.status_code == 200
    assert reply.headers["X-Renown-Emulator"] == "assumed"


async def test_callback_wraps_the_answer(client, klout):
    """JSONP: the very JSON inside a call of the named function; a refusal is never wrapped."""
    plain = await ask(client, f"{klout}/user.json/{ONE}/score")
    wrapped = await ask(client, f"{klout}/user.json/{ONE}/score", callback="jQuery1.done")
    refused = await client.get(f"{klout}/user.json/{ONE}/score", params={"callback": "done"})
    assert wrapped.content == b"jQuery1.done(" + plain.content + b");"
    assert refused.json()["error"] == 403


async def test_a_callback_that_is_no_name_is_ignored(client, klout):
    """Script in `callback` does not come back."""
    reply = await ask(client, f"{klout}/user.json/{ONE}/score", callback="alert(1)//")
    assert list(reply.json()) == ["score", "scoreDelta", "bucket"]


async def test_gzip_when_offered(client, klout):
    """A client that offers gzip gets it, with the same JSON inside; one that does not gets plain bytes."""
    url = f"{klout}/user.json/{ONE}/score"
    packed = await client.get(url, params={"key": "test-key"}, headers={"Accept-Encoding": "gzip"})
    plain = await ask(client, url)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert packed.json() == plain.json() == json.loads(plain.content)


@pytest.mark.parametrize(
    ("fail", "code", "retry_after"),
    [("over_rate", "ERR_403_DEVELOPER_OVER_RATE", "3600"), ("over_qps", "ERR_403_DEVELOPER_OVER_QPS", "1")],
)
async def test_over_quota_is_told_apart_by_masherys_code(client, data, fail, code, retry_after):
    """Day's quota and second's pace: 403 both, told apart by the code, each with Retry-After; the body is assumed."""
    async with running("klout", data, Behaviour(fail=fail)) as emulator:
        reply = await ask(client, f"{emulator.url}/user.json/{ONE}/score")
    assert reply.status_code == 403
    assert (reply.headers["X-Mashery-Error-Code"], reply.headers["Retry-After"]) == (code, retry_after)
    assert reply.headers["X-Renown-Emulator"] == "assumed"
