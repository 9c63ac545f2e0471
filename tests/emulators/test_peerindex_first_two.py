"""The emulators of PeerIndex's first two APIs against what is on record, over real ports."""

from datetime import UTC, datetime

import httpx
import pytest

from renown.emulators import Behaviour, running

BOTH = [("peerindex-a", "profile/show.json"), ("peerindex-b", "profile/profile.json")]


async def ask(client: httpx.AsyncClient, url: str, who: str, **params: str) -> httpx.Response:
    """One call with the right key."""
    return await client.get(url, params={"id": who, "api_key": "test-key", **params})


async def test_the_first_has_the_recorded_shape(client, data):
    """Ten fields in their order, slashes escaped and letters beyond ASCII by number, as PHP wrote them."""
    async with running("peerindex-a", data) as emulator:
        reply = await ask(client, f"{emulator.url}/profile/show.json", "SYNTHETIC_one")
    assert " ".join(reply.json()) == "name twitter slug known authority activity audience peerindex url topics"
    assert reply.json()["topics"] == ["made up cars", "made up racing"]
    assert rb'"url":"http:\/\/pi.mu\/0"' in reply.content
    assert rb'"name":"Synthetic \u00d3n"' in reply.content
    assert reply.headers["Content-Type"] == "application/json"
    assert "X-Renown-Emulator" not in reply.headers


async def test_the_second_has_the_recorded_shape(client, data):
    """Seven fields in another order."""
    async with running("peerindex-b", data) as emulator:
        reply = await ask(client, f"{emulator.url}/profile/profile.json", "synthetic_one")
    assert " ".join(reply.json()) == "activity audience authority peerindex known twitter url"
    assert (reply.json()["known"], reply.json()["twitter"]) == (1, "Synthetic_One")
    assert "X-Renown-Emulator" not in reply.headers


async def test_the_second_takes_numbers_when_told(client, data):
    """With `identity=twitter_id` the id is Twitter's number; without, a number is a name that nobody has."""
    async with running("peerindex-b", data) as emulator:
        url = f"{emulator.url}/profile/profile.json"
        number = await ask(client, url, "900000000000000001", identity="twitter_id")
        name = await ask(client, url, "900000000000000001")
    assert number.json()["twitter"] == "Synthetic_One"
    assert (name.status_code, name.content) == (404, b"[]")


async def test_the_seconds_show_is_assumed(client, data):
    """That it told topics and benchmark topics is documented; their shape is ours. JSONP wraps it."""
    async with running("peerindex-b", data) as emulator:
        url = f"{emulator.url}/profile/show.json"
        reply = await ask(client, url, "synthetic_one")
        wrapped = await ask(client, url, "synthetic_one", callback="show")
    assert reply.json()["benchmark_topics"][0] == {"name": "News and society", "topic_score": 75, "id": 4420}
    assert reply.headers["X-Renown-Emulator"] == "assumed"
    assert wrapped.content == b"show(" + reply.content + b");"


@pytest.mark.parametrize(("name", "path"), BOTH)
async def test_an_unknown_profile_is_a_list(client, data, name, path):
    """404 with two bytes, `[]`, and the limits; the body for a name with @ is assumed."""
    async with running(name, data) as emulator:
        unknown = await ask(client, f"{emulator.url}/{path}", "nobody")
        with_at = await ask(client, f"{emulator.url}/{path}", "@synthetic_one")
    assert [(reply.status_code, reply.content) for reply in (unknown, with_at)] == [(404, b"[]")] * 2
    assert unknown.headers["X-RateLimit-Limit"] == "10000"
    assert ["X-Renown-Emulator" in reply.headers for reply in (unknown, with_at)] == [False, True]


@pytest.mark.parametrize(("name", "path"), BOTH)
async def test_limits_count_down(client, data, name, path):
    """10,000 a day less the calls so far, until the next midnight in UTC; a quota of its own is told as the limit."""
    async with running(name, data) as emulator:
        replies = [await ask(client, f"{emulator.url}/{path}", "synthetic_one") for _ in range(3)]
        emulator.behave(Behaviour(quota_calls=7))
        replies.append(await ask(client, f"{emulator.url}/{path}", "synthetic_one"))
    limits = [tuple(reply.headers[f"X-RateLimit-{what}"] for what in ("Limit", "Remaining")) for reply in replies]
    assert limits == [("10000", "9999"), ("10000", "9998"), ("10000", "9997"), ("7", "6")]
    reset = datetime.fromtimestamp(int(replies[0].headers["X-RateLimit-Reset"]), UTC)
    assert (reset.hour, reset.minute, reset.second) == (0, 0, 0)
    assert reset > datetime.now(UTC)


@pytest.mark.parametrize("api", BOTH)
@pytest.mark.parametrize(
    ("params", "says"),
    [
        ({"api_key": "wrong", "id": "a"}, (b'{"error":"Invalid API key"}', False)),
        ({"id": "a"}, (b'{"error":"Missing parameter: api_key"}', True)),
        ({"api_key": "test-key"}, (b'{"error":"Missing parameter: id"}', True)),
    ],
)
async def test_a_bad_question_is_400_in_json(client, data, api, params, says):
    """A bad key as recorded; a missing parameter in the documented words, wrapped by us."""
    name, path = api
    async with running(name, data) as emulator:
        reply = await client.get(f"{emulator.url}/{path}", params=params)
    assert reply.status_code == 400
    assert (reply.content, "X-Renown-Emulator" in reply.headers) == says


@pytest.mark.parametrize(("name", "path"), BOTH)
async def test_over_the_quota_is_403_in_json(client, data, name, path):
    """The recorded words; no Retry-After is on record."""
    async with running(name, data, Behaviour(fail="over_rate")) as emulator:
        reply = await ask(client, f"{emulator.url}/{path}", "synthetic_one")
    assert (reply.status_code, reply.content) == (403, b'{"error":"Rate limit exceeded"}')
    assert "Retry-After" not in reply.headers


@pytest.mark.parametrize(("name", "path"), BOTH)
async def test_a_newline_gives_a_page_under_200(client, data, name, path):
    """A name that ends in a newline: a web page that says 404, with status 200."""
    async with running(name, data) as emulator:
        reply = await ask(client, f"{emulator.url}/{path}", "synthetic_one\n")
    assert (reply.status_code, reply.headers["Content-Type"]) == (200, "text/html")
    assert b"404 Not Found" in reply.content


@pytest.mark.parametrize(("name", "path"), BOTH)
async def test_scores_that_are_missing_are_absent(client, data, name, path):
    """What the data lack is left out, and the answer is marked; an unknown path is ours as well."""
    async with running(name, data) as emulator:
        reply = await ask(client, f"{emulator.url}/{path}", "crowd_0")
        no_path = await ask(client, f"{emulator.url}/profile/other.json", "crowd_0")
    assert "authority" not in reply.json()
    assert reply.json()["peerindex"] == 20
    assert no_path.status_code == 404
    assert {answer.headers["X-Renown-Emulator"] for answer in (reply, no_path)} == {"assumed"}


async def test_the_first_packs_when_asked(client, data):
    """The recording was gzipped."""
    async with running("peerindex-a", data) as emulator:
        params = {"id": "synthetic_one", "api_key": "test-key"}
        reply = await client.get(
            f"{emulator.url}/profile/show.json", params=params, headers={"Accept-Encoding": "gzip"}
        )
    assert reply.headers["Content-Encoding"] == "gzip"
    assert reply.json()["known"] == 1
