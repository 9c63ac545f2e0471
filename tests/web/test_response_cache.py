"""Whole answers are kept while what they say is what would be said: not longer, and not for somebody else."""

import asyncio
import json
from datetime import timedelta

import pytest
from web_stage import ACCOUNT, Asking, Clock, fact

from renown.gateway import Gateway
from renown.settings import Settings

VOICE = '{ voice(account: { handle: "PirelliUK" }) { name { value } score(provider: "klout") { __typename } } }'
FRESH = '{ voice(account: { handle: "PirelliUK" }) { description { value provenance { freshness } } } }'
DESCRIBED = "query Q($h: String!) { voice(account: { handle: $h }) { description { value } } }"


@pytest.fixture
def clock():
    """The gateway's, moved by hand."""
    return Clock()


@pytest.fixture
def settings(empty_sqlite_url):
    """What other processes write is seen at the next request."""
    return Settings(_env_file=None, database_url=empty_sqlite_url, notice_seconds=0)


@pytest.fixture
async def gateway(settings, clock):
    """A gateway that holds one voice and asks nobody."""
    async with await Gateway.open(settings, now=clock) as opened:
        await opened.keep([fact("klout.score", 39.0)], [ACCOUNT])
        yield opened


@pytest.fixture
async def ask(gateway):
    """Asks it."""
    asking = Asking(gateway)
    yield asking
    await asking.responder.close()


async def test_the_same_request_is_run_once(ask):
    """A repeat is the same bytes, whatever order its variables come in and whatever it says beside them."""
    query = "query Q($h: String!, $n: String!) { voice(account: { handle: $h, network: $n }) { id } }"
    first = await ask(query, {"h": "PirelliUK", "n": "twitter"})
    again = await ask(query, {"n": "twitter", "h": "PirelliUK"}, headers=[(b"user-agent", b"another")])
    assert (again.body, again.headers) == (first.body, first.headers)
    assert ask.runs == 1


@pytest.mark.parametrize(
    "other",
    [
        {"variables": {"h": "nobody_here"}},
        {"query": DESCRIBED + " "},
        {"operation": "Q"},
        {"headers": [(b"x-renown-provenance", b"1")]},
        {"headers": [(b"accept", b"application/graphql-response+json")]},
    ],
    ids=["variables", "document", "operation", "paths", "media type"],
)
async def test_another_request_is_run_for_itself(ask, other):
    """What differs in anything an answer may depend on has an answer of its own."""
    await ask(DESCRIBED, {"h": "PirelliUK"})
    await ask(**{"query": DESCRIBED, "variables": {"h": "PirelliUK"}} | other)
    assert ask.runs == 2


async def test_nothing_is_shared_with_who_says_who_they_are(ask):
    """A request with an `Authorization` is run each time, and its answer may be stored by nobody."""
    known = [(b"authorization", b"Bearer somebody")]
    await ask(VOICE)
    answers = [await ask(VOICE, headers=known) for _ in range(2)]
    assert ask.runs == 3
    assert {dict(answer.headers)[b"cache-control"] for answer in answers} == {b"no-store"}


async def test_what_is_written_here_is_seen_at_once(ask, gateway):
    """The next request after a write of this process is answered anew."""
    assert (await ask.data(DESCRIBED, {"h": "PirelliUK"}))["voice"]["description"] is None
    await gateway.keep([fact("description", "Tyres")], [ACCOUNT])
    assert (await ask.data(DESCRIBED, {"h": "PirelliUK"}))["voice"]["description"] == {"value": "Tyres"}


async def test_what_another_process_writes_is_seen(ask, settings, clock):
    """A write through another gateway on the same store ends what is kept here."""
    assert (await ask.data(DESCRIBED, {"h": "PirelliUK"}))["voice"]["description"] is None
    async with await Gateway.open(settings, now=clock) as other:
        await other.keep([fact("description", "Tyres")], [ACCOUNT])
    assert (await ask.data(DESCRIBED, {"h": "PirelliUK"}))["voice"]["description"] == {"value": "Tyres"}


async def test_an_answer_that_shows_freshness_ends_with_it(ask, gateway, clock):
    """Up to the moment a shown claim ends to be fresh its answer is kept; then it is STALE, and that is kept again."""
    await gateway.keep([fact("description", "Tyres", fresh=timedelta(minutes=5))], [ACCOUNT])

    async def shown(query=FRESH):
        return (await ask.data(query))["voice"]["description"]["provenance"]["freshness"]

    assert [await shown(), await shown(), ask.runs] == ["FRESH", "FRESH", 1]
    # The same claim in another answer: what was made for the first may be used again, and ends no later.
    assert [await shown(FRESH + " "), await shown(FRESH + " "), ask.runs] == ["FRESH", "FRESH", 2]
    clock.move(minutes=5)
    assert [await shown(), await shown(), ask.runs] == ["STALE", "STALE", 3]
    assert [await shown(FRESH + " "), ask.runs] == ["STALE", 4]


async def test_nothing_is_shown_past_its_licence(ask, gateway, clock):
    """When a claim may no longer be kept, the answer that shows it is gone with it."""
    await gateway.keep([fact("description", "Tyres", keep=timedelta(minutes=5))], [ACCOUNT])
    assert (await ask.data(DESCRIBED, {"h": "PirelliUK"}))["voice"]["description"] == {"value": "Tyres"}
    clock.move(minutes=5)
    assert (await ask.data(DESCRIBED, {"h": "PirelliUK"}))["voice"]["description"] is None


@pytest.mark.parametrize(
    "query",
    [
        "{ providers { state } }",
        "{ providers { lastError } }",
        "{ providers { quota { used } } }",
        '{ provider(slug: "klout") { reportCard { asOf } } }',
        "{ ranking(recipe: { minimumProviders: 1 }) { asOf } }",
        "{ ranking(recipe: { minimumProviders: 1 }) { recipe { name } } }",
        '{ ranking(recipe: { name: "mine" }) { totalCount } }',
        "{ recipes { hash } }",
        '{ node(id: "Q2xhaW06bm9uZQ==") { id } }',
        '{ voice(account: { handle: "PirelliUK" }) { score(provider: "klout", maxAgeSeconds: 60) { __typename } } }',
        '{ voice(account: { handle: "PirelliUK" }) { movement(from: "2026-02-01T00:00:00Z") { __typename } } }',
        '{ voice(account: { handle: "nobody_here" }) { id } }',
        "{ nothing }",
    ],
)
async def test_what_may_change_by_itself_is_run_each_time(ask, query):
    """What depends on the present moment, on names, on how providers do, and every error, is never kept."""
    answers = [await ask(query) for _ in range(2)]
    assert ask.runs == 2
    assert {dict(answer.headers)[b"cache-control"] for answer in answers} == {b"no-store"}


@pytest.mark.parametrize(
    "query",
    [
        '{ ranking(recipe: { minimumProviders: 1 }, asOf: "2026-03-01T11:30:00Z") { asOf totalCount } }',
        "{ ranking(recipe: { minimumProviders: 1 }) { snapshot lock { url } nodes { place composite { value } } } }",
        '{ voice(account: { handle: "PirelliUK" }) { name { value provenance { observedAt } } missing { field } } }',
        "{ __schema { queryType { name } } }",
    ],
)
async def test_what_holds_until_the_next_write_is_kept(ask, clock, query):
    """Rankings, moments of the past, what is missing, a handle that stands in for a name: time alone changes none."""
    first = await ask(query)
    clock.move(days=1)
    assert (await ask(query)).body == first.body
    assert b"errors" not in first.body
    assert ask.runs == 1


async def test_identical_requests_at_once_are_run_once(ask):
    """Of 200 who ask the same at the same time one is run, and all get its bytes."""
    answers = await asyncio.gather(*(ask(VOICE) for _ in range(200)))
    assert ask.runs == 1
    assert len({answer.body for answer in answers}) == 1


async def test_who_asked_first_may_go_away(ask):
    """A request that is cancelled does not take along those that wait for the same answer."""
    ask.open.clear()
    first = asyncio.create_task(ask(VOICE))
    while not ask.runs:  # noqa: ASYNC110 - the store answers from a thread
        await asyncio.sleep(0.001)
    second = asyncio.create_task(ask(VOICE))
    await asyncio.sleep(0)
    first.cancel()
    ask.open.set()
    assert json.loads((await second).body)["data"]["voice"]["name"] == {"value": "PirelliUK"}
    assert ask.runs == 1
    with pytest.raises(asyncio.CancelledError):
        await first


async def test_what_is_not_kept_is_waited_for_by_nobody(ask):
    """Requests whose answer holds for a moment only do not queue up behind one another."""
    query = "{ ranking(recipe: { minimumProviders: 1 }) { asOf } }"
    await ask(query)
    ask.open.clear()
    asked = [asyncio.create_task(ask(query)) for _ in range(5)]
    while ask.runs < 6:  # noqa: ASYNC110 - the store answers from a thread
        await asyncio.sleep(0.001)
    ask.open.set()
    await asyncio.gather(*asked)


async def test_the_least_recently_used_goes_first(empty_sqlite_url, clock):
    """What is kept never has more bytes than allowed, and what was asked for last is still there."""
    settings = Settings(_env_file=None, database_url=empty_sqlite_url, response_cache_bytes=6_000)
    async with await Gateway.open(settings, now=clock) as gateway:
        ask = Asking(gateway)
        for number in range(10):
            await ask(f"{{ a{number}: networks }}")
            await ask("{ networks }")
        assert ask.runs == 11
        await ask("{ a0: networks }")
        assert ask.runs == 12
        assert ask.responder._kept._bytes <= 6_000


async def test_zero_bytes_keep_nothing(empty_sqlite_url, clock):
    """With the setting at 0 every request is run, and nobody is told to keep its answer."""
    settings = Settings(_env_file=None, database_url=empty_sqlite_url, response_cache_bytes=0)
    async with await Gateway.open(settings, now=clock) as gateway:
        ask = Asking(gateway)
        answers = [await ask("{ networks }") for _ in range(2)]
    assert ask.runs == 2
    assert {dict(answer.headers)[b"cache-control"] for answer in answers} == {b"no-store"}
