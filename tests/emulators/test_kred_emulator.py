"""The Kred emulator against what is on record, over a real port."""

import math
import re

import httpx
import pytest

from renown.emulators import Behaviour, Dataset, running

CREDENTIALS = {"app_id": "0badcafe", "app_key": "test-key"}
AT_ONCE = Behaviour(polls_before_complete=0)


async def ask(client: httpx.AsyncClient, url: str, term: str, **params: str) -> httpx.Response:
    """One call with the right credentials."""
    return await client.get(f"{url}/kredscore", params={"term": term, "source": "twitter", **CREDENTIALS, **params})


async def test_a_known_name_has_the_documented_body(client, data):
    """Data with influence, name and outreach; a job id `999-<32 hex>`; the request with its credentials masked."""
    async with running("kred", data, AT_ONCE) as emulator:
        reply = await ask(client, emulator.url, "synthetic_one")
    body = reply.json()
    assert list(body) == ["data", "id", "request", "status"]
    assert body["data"] == [{"influence": 733, "name": "Synthetic_One", "outreach": 6}]
    assert re.fullmatch(r"999-[0-9a-f]{32}", body["id"])
    assert body["request"] == {"app_id": "***dcafe", "app_key": "***"}
    assert body["status"] == "complete"
    assert "X-Renown-Emulator" not in reply.headers


@pytest.mark.parametrize("polls", [1, 3])
async def test_a_job_is_processing_until_it_has_been_polled(client, data, polls):
    """The identical request is answered `processing` N times, then `complete` for good, under one job id."""
    async with running("kred", data, Behaviour(polls_before_complete=polls)) as emulator:
        replies = [await ask(client, emulator.url, "synthetic_one") for _ in range(polls + 2)]
    assert [reply.json()["status"] for reply in replies] == ["processing"] * polls + ["complete"] * 2
    assert len({reply.json()["id"] for reply in replies}) == 1
    assert [bool(reply.json()["data"]) for reply in replies] == [False] * polls + [True] * 2
    assert replies[0].headers["X-Renown-Emulator"] == "assumed"


async def test_a_job_may_never_complete(client, data):
    """Told so, Kred answers `processing` for as long as it is asked."""
    async with running("kred", data, Behaviour(polls_before_complete=math.inf)) as emulator:
        statuses = {(await ask(client, emulator.url, "synthetic_one")).json()["status"] for _ in range(20)}
    assert statuses == {"processing"}


async def test_scores_by_community_are_assumed_as_a_whole(client, data):
    """`/kred` has fields named as the vendor's SDK named its parameters, in a job of its own; no body was kept."""
    params = {"term": "synthetic_one", **CREDENTIALS}
    async with running("kred", data, AT_ONCE) as emulator:
        reply = await client.get(f"{emulator.url}/kred", params=params)
        other = await ask(client, emulator.url, "synthetic_one")
    assert reply.json()["data"] == [
        {
            "influence": 733,
            "influence_communities": {"Made Up Cars": 801},
            "name": "Synthetic_One",
            "outreach": 6,
            "outreach_communities": {"Made Up Cars": 3},
        }
    ]
    assert reply.headers["X-Renown-Emulator"] == "assumed"
    assert reply.json()["id"] != other.json()["id"]


async def test_another_question_is_another_job(client, data):
    """Other terms start from `processing` again."""
    async with running("kred", data) as emulator:
        await ask(client, emulator.url, "synthetic_one")
        reply = await ask(client, emulator.url, "only_kred")
    assert reply.json()["status"] == "processing"


async def test_a_batch_leaves_unknown_names_out(client, data):
    """A comma list is one call; who is unknown has no row; a score of 0 is on the wire as 0. Row order is assumed."""
    async with running("kred", data, AT_ONCE) as emulator:
        reply = await ask(client, emulator.url, "only_kred,nobody,SYNTHETIC_ONE")
    rows = {row["name"]: (row["influence"], row["outreach"]) for row in reply.json()["data"]}
    assert rows == {"Synthetic_One": (733, 6), "only_kred": (0, 0)}
    assert reply.headers["X-Renown-Emulator"] == "assumed"


@pytest.mark.parametrize("params", [{"term": "@synthetic_one"}, {"term": "synthetic_one", "source": "facebook"}])
async def test_an_at_sign_or_another_source_finds_nobody(client, data, params):
    """A name with @, or Twitter's name asked of another source, gives empty data with status complete."""
    async with running("kred", data, AT_ONCE) as emulator:
        reply = await ask(client, emulator.url, **params)
    assert (reply.status_code, reply.json()["data"], reply.json()["status"]) == (200, [], "complete")


@pytest.mark.parametrize(
    ("path", "params", "status"),
    [
        ("/kredscore", {"term": "a", "app_id": "0badcafe"}, 403),
        ("/kredscore", {"term": "a", "app_id": "other", "app_key": "test-key"}, 403),
        ("/kredscore", CREDENTIALS, 400),
        ("/other", CREDENTIALS, 404),
    ],
)
async def test_every_error_is_marked_assumed(client, data, path, params, status):
    """No source documents an error of Kred: bad credentials, no term and an unknown path are our choice."""
    async with running("kred", data) as emulator:
        reply = await client.get(emulator.url + path, params=params)
    assert reply.status_code == status
    assert list(reply.json()) == ["error"]
    assert reply.headers["X-Renown-Emulator"] == "assumed"


@pytest.mark.parametrize(("fail", "retry_after"), [("over_rate", "3600"), ("over_qps", "1")])
async def test_over_quota_is_429_with_retry_after(client, data, fail, retry_after):
    """Our choice for the undocumented: 429, told apart by Retry-After."""
    async with running("kred", data, Behaviour(fail=fail)) as emulator:
        reply = await ask(client, emulator.url, "synthetic_one")
    assert (reply.status_code, reply.headers["Retry-After"]) == (429, retry_after)
    assert reply.headers["X-Renown-Emulator"] == "assumed"


async def test_kred_needs_an_app_id():
    """Data without `app_id` are refused when the emulator is built, not at the first call."""
    with pytest.raises(ValueError, match="app_id"):
        async with running("kred", Dataset(key="k", accounts=())):
            pass
