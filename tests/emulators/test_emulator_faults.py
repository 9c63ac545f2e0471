"""Faults on demand: what each does, that they go together, and how they are asked for."""

import math
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from itertools import pairwise

import httpx
import pytest

from renown.emulators import CONTROL_PATH, EMULATORS, AlgorithmChange, Behaviour, RetryAfter, build, running
from renown.emulators.course import Course

SCORE = "/user.json/37436179756135399/score?key=test-key"


async def statuses(client: httpx.AsyncClient, url: str, calls: int) -> list[int]:
    """The statuses of so many calls, one after the other."""
    return [(await client.get(url)).status_code for _ in range(calls)]


def failures(behaviour: Behaviour, calls: int) -> list[str | None]:
    """How so many calls fail that meet this behaviour."""
    course = Course(behaviour)
    return [course.next_call() for _ in range(calls)]


def test_a_share_of_calls_fails():
    """About a tenth in either way; the same seed fails the same calls, another seed others."""
    behaviours = [Behaviour(shares={"5xx": 0.1, "hang": 0.1}, seed=seed) for seed in (3, 3, 4)]
    first, same, other = [failures(behaviour, 5_000) for behaviour in behaviours]
    assert first == same != other
    assert [first.count(way) for way in ("5xx", "hang")] == pytest.approx([500, 500], rel=0.15)


async def test_a_server_error_has_any_of_four_statuses(client, data):
    """500, 502, 503 and 504, each marked: no source keeps a body."""
    async with running("klout", data, Behaviour(fail="5xx")) as emulator:
        replies = [await client.get(emulator.url + SCORE) for _ in range(30)]
    assert {reply.status_code for reply in replies} == {500, 502, 503, 504}
    assert {reply.headers["X-Renown-Emulator"] for reply in replies} == {"assumed"}


async def test_shares_go_together(client, data):
    """Some calls are over the rate, some get a web page, some nothing, the others what they asked for."""
    behaviour = Behaviour(shares={"over_rate": 0.2, "html": 0.2, "empty": 0.2})
    async with running("klout", data, behaviour) as emulator:
        replies = [await client.get(emulator.url + SCORE) for _ in range(40)]
    kinds = {(reply.status_code, reply.headers["Content-Type"], bool(reply.content)) for reply in replies}
    assert kinds == {
        (403, "text/xml", True),
        (200, "text/html", True),
        (200, "application/json", False),
        (200, "application/json;charset=UTF-8", True),
    }


@pytest.mark.parametrize("offer", ["identity", "gzip"])
async def test_a_truncated_body_is_the_first_half(client, data, offer):
    """A whole HTTP answer whose JSON breaks off, also for a client that offers gzip; it is marked."""
    async with running("klout", data) as emulator:
        whole = await client.get(emulator.url + SCORE)
        emulator.behave(Behaviour(fail="truncated"))
        half = await client.get(emulator.url + SCORE, headers={"Accept-Encoding": offer})
    assert half.content == whole.content[: len(whole.content) // 2]
    assert half.headers["Content-Length"] == str(len(half.content))
    assert half.headers["X-Renown-Emulator"] == "assumed"


async def test_the_quota_ends_after_so_many_calls(client, data):
    """Three calls are answered, later ones are refused by the day's quota; another behaviour counts anew."""
    async with running("klout", data, Behaviour(quota_calls=3)) as emulator:
        assert await statuses(client, emulator.url + SCORE, 5) == [200, 200, 200, 403, 403]
        refused = await client.get(emulator.url + SCORE)
        emulator.behave(Behaviour(quota_calls=1))
        assert await statuses(client, emulator.url + SCORE, 2) == [200, 403]
    assert refused.headers["X-Mashery-Error-Code"] == "ERR_403_DEVELOPER_OVER_RATE"


async def test_a_pace_is_kept_by_refusing(client, data):
    """Of a burst, as many as the pace are answered, and then one in each second's place; others are over QPS."""
    async with running("klout", data, Behaviour(calls_per_second=2)) as emulator:
        first = [await client.get(emulator.url + SCORE) for _ in range(3)]
        while (await client.get(emulator.url + SCORE)).status_code == 403:
            pass
    assert [reply.status_code for reply in first] == [200, 200, 403]
    assert first[2].headers["X-Mashery-Error-Code"] == "ERR_403_DEVELOPER_OVER_QPS"


async def test_flapping_goes_down_and_comes_back(client, data):
    """Asked for long enough, it answers, fails by the server's fault, and answers again."""
    seen = []
    async with running("klout", data, Behaviour(flapping_seconds=0.4)) as emulator:
        while [up for up, after in pairwise([*seen, None]) if up != after][:3] != [True, False, True]:
            seen.append((await client.get(emulator.url + SCORE)).status_code == 200)
    assert not all(seen)


@pytest.mark.parametrize("name", EMULATORS)
async def test_retry_after_in_seconds_or_as_a_date(client, data, name):
    """Any refusal can be told to say when to come back, in either of HTTP's two forms."""
    in_seconds = Behaviour(fail="over_rate", retry_after=RetryAfter(120))
    as_date = Behaviour(fail="5xx", retry_after=RetryAfter(120, as_date=True))
    async with running(name, data, in_seconds) as emulator:
        assert (await client.get(emulator.url)).headers["Retry-After"] == "120"
        emulator.behave(as_date)
        moment = parsedate_to_datetime((await client.get(emulator.url)).headers["Retry-After"])
    assert timedelta(0) < moment - datetime.now(UTC) <= timedelta(seconds=120)


def test_latency_has_a_median_and_a_tail():
    """Of many draws half lie under the median and 99 of 100 under the p99; the same seed draws the same."""
    behaviour = Behaviour(delay_seconds=0.05, delay_p99_seconds=0.4, seed=5)
    course = Course(behaviour)
    draws = [course.delay() for _ in range(20_000)]
    assert sum(delay < 0.05 for delay in draws) == pytest.approx(10_000, rel=0.05)
    assert sum(delay < 0.4 for delay in draws) == pytest.approx(19_800, rel=0.005)
    assert [Course(behaviour).delay() for _ in range(2)] == [draws[0]] * 2


def test_latency_does_not_move_the_failures():
    """The same calls fail whether or not a latency is drawn between them: faults can be added one by one."""
    behaviour = Behaviour(shares={"500": 0.5}, delay_seconds=0.05, delay_p99_seconds=0.4)
    course = Course(behaviour)
    assert [course.delay() and course.next_call() for _ in range(50)] == failures(behaviour, 50)


@pytest.mark.parametrize(
    ("name", "path", "read"),
    [
        ("klout", "/user.json/{klout}/score?key=test-key", lambda body: body["score"]),
        ("klout-v1", "/klout.json?users={handle}&key=test-key", lambda body: body["users"][0]["kscore"]),
        ("peerindex", "/actor/basic?twitter_screen_name={handle}&api_key=test-key", lambda body: body["peerindex"]),
        ("peerindex-a", "/profile/show.json?id={handle}&api_key=test-key", lambda body: body["peerindex"]),
        ("peerindex-b", "/profile/profile.json?id={handle}&api_key=test-key", lambda body: body["peerindex"]),
    ],
)
async def test_an_algorithm_change_moves_every_score_in_order(client, data, name, path, read):
    """After so many calls every score is another, on the same scale and in the same order, and stays so."""
    known = [account for account in data.accounts if account.klout]
    paths = [path.format(klout=account.klout.id, handle=account.handle) for account in known]
    change = AlgorithmChange(after_calls=len(known), seed=2)
    async with running(name, data, Behaviour(algorithm_change=change)) as emulator:
        before, after, later = [
            [read((await client.get(emulator.url + asked)).json()) for asked in paths] for _ in range(3)
        ]
    assert after == later
    assert all(old != new and 0 <= new <= 100 for old, new in zip(before, after, strict=True))
    moved = sorted(zip(before, after, strict=True))
    assert all(lower[1] <= higher[1] for lower, higher in pairwise(moved))


async def test_kreds_new_algorithm_leaves_levels_and_the_unscored(client, data):
    """Influence changes; outreach is a level that never falls, and 0 means unscored: both stay."""
    change = AlgorithmChange(at=datetime(2012, 8, 15, tzinfo=UTC))
    behaviour = Behaviour(algorithm_change=change, polls_before_complete=0)
    async with running("kred", data, behaviour) as emulator:
        params = {"term": "synthetic_one,only_kred", "app_id": "0badcafe", "app_key": "test-key"}
        one, unscored = (await client.get(f"{emulator.url}/kredscore", params=params)).json()["data"]
    assert one["influence"] != 733
    assert (one["outreach"], unscored["influence"]) == (6, 0)


async def test_an_algorithm_change_may_lie_ahead(client, data):
    """Before its moment the scores are the first ones, and so they are when the behaviour is taken back."""
    ahead = Behaviour(algorithm_change=AlgorithmChange(at=datetime.now(UTC) + timedelta(days=1)))
    async with running("klout", data, ahead) as emulator:
        scores = [(await client.get(emulator.url + SCORE)).json()["score"]]
        for behaviour in (Behaviour(algorithm_change=AlgorithmChange(after_calls=0)), Behaviour()):
            emulator.behave(behaviour)
            scores.append((await client.get(emulator.url + SCORE)).json()["score"])
    assert scores[0] == scores[2] == 61.25012345678901
    assert scores[1] != scores[0]


@pytest.mark.parametrize(
    ("texts", "behaviour"),
    [
        ([], Behaviour()),
        (["hang"], Behaviour(fail="hang")),
        (["5xx=0.1", "over-rate=0.05"], Behaviour(shares={"5xx": 0.1, "over_rate": 0.05})),
        (["latency=50ms"], Behaviour(delay_seconds=0.05)),
        (["latency=50ms,p99=400ms"], Behaviour(delay_seconds=0.05, delay_p99_seconds=0.4)),
        (["quota=100", "pace=10"], Behaviour(quota_calls=100, calls_per_second=10)),
        (["flapping=1.5m"], Behaviour(flapping_seconds=90)),
        (["polls=never"], Behaviour(polls_before_complete=math.inf)),
        (["polls=3"], Behaviour(polls_before_complete=3)),
        (["retry-after=60"], Behaviour(retry_after=RetryAfter(60))),
        (["retry-after=60,date"], Behaviour(retry_after=RetryAfter(60, as_date=True))),
        (["algorithm-change=50"], Behaviour(algorithm_change=AlgorithmChange(after_calls=50))),
        (
            ["algorithm-change=2012-08-15T00:00:00Z, seed=7"],
            Behaviour(algorithm_change=AlgorithmChange(at=datetime(2012, 8, 15, tzinfo=UTC), seed=7)),
        ),
        (["klout-era=2012", "unknown-user=no-users"], Behaviour(klout_era="2012", klout_unknown_user="no-users")),
        (["seed=3"], Behaviour(seed=3)),
    ],
)
def test_faults_are_read_from_texts(texts, behaviour):
    """Every field can be asked for in a word or two, and several together."""
    assert Behaviour.read(texts) == behaviour


@pytest.mark.parametrize(
    ("texts", "says"),
    [
        (["explode"], r"'explode' cannot be read: there is no 'explode'; there is 500, 5xx, .*latency"),
        (["5xx=often"], "'often' is no number"),
        (["5xx=0.6", "html=0.6"], "together 1 at most"),
        (["5xx=nan"], "together 1 at most"),
        (["5xx=0.1", "5xx=0.2"], "'5xx=0.2' cannot be read: 5xx is asked for twice"),
        (["hang", "html"], "fail is asked for twice"),
        (["latency=50"], "'50' is no length of time such as 50ms"),
        (["latency=50ms,p99=10ms"], "a p99 is the median or more"),
        (["latency=1..2s"], "'1..2' is no number"),
        (["quota=many"], "'many' is no whole number"),
        (["quota=-1"], "0 calls or more"),
        (["pace=0"], "1 call a second or more"),
        (["flapping=0s"], "more than 0 seconds"),
        (["retry-after=-1"], "0 seconds or more"),
        (["algorithm-change=2012-08-15"], "needs its time zone"),
        (["algorithm-change=soon"], "Invalid isoformat"),
        (["hang,date"], "hang has no option 'date'"),
        (["klout-era=1999"], "no era of Klout '1999'; there is 2012, 2013"),
        (["unknown-user=shrug"], "'shrug'; there is empty-404, batch-404, no-users"),
    ],
)
def test_a_text_that_asks_for_nothing_possible_is_refused(texts, says):
    """One ValueError that says which text, and what would have been possible."""
    with pytest.raises(ValueError, match=says):
        Behaviour.read(texts)


@pytest.mark.parametrize("wrong", [{}, {"at": datetime.now(UTC), "after_calls": 1}, {"after_calls": -1}])
def test_an_impossible_change_is_refused(wrong):
    """Neither or both of moment and number, or a negative number."""
    with pytest.raises(ValueError, match=r"either at a moment|0 calls or more"):
        AlgorithmChange(**wrong)


async def test_the_control_endpoint_changes_the_behaviour(client, data):
    """A test in any language can do it; the answer is marked, and the call is neither counted nor failed."""
    async with running("klout", data, Behaviour(fail="hang")) as emulator:
        control = str(httpx.URL(emulator.url).copy_with(path=CONTROL_PATH))
        changed = await client.post(control, json=["5xx", "retry-after=5"])
        failed = await client.get(emulator.url + SCORE)
        await client.post(control, json=[])
        answered = await client.get(emulator.url + SCORE)
        assert len(emulator.calls) == 2
    assert changed.json() == {"faults": ["5xx", "retry-after=5"]}
    assert changed.headers["X-Renown-Emulator"] == "assumed"
    assert (failed.headers["Retry-After"], answered.status_code) == ("5", 200)


@pytest.mark.parametrize(
    ("content", "content_type", "status"),
    [
        (b'["explode"]', "application/json", 400),
        (b'{"fail": "500"}', "application/json", 400),
        (b"[", "application/json; charset=utf-8", 400),
        (b'["500"]', "text/plain", 415),
    ],
)
async def test_the_control_endpoint_refuses_what_it_cannot_read(client, data, content, content_type, status):
    """It says why, and the behaviour stays; a content type that any web page can send is refused."""
    async with running("klout", data) as emulator:
        control = str(httpx.URL(emulator.url).copy_with(path=CONTROL_PATH))
        refused = await client.post(control, content=content, headers={"Content-Type": content_type})
        by_get = await client.get(control)
        assert (await client.get(emulator.url + SCORE)).status_code == 200
    assert (refused.status_code, by_get.status_code) == (status, 405)
    assert list(refused.json()) == ["error"]


@pytest.mark.parametrize(
    ("control", "caller", "status"), [(True, "192.0.2.1", 403), (True, "socket", 403), (False, "127.0.0.1", 596)]
)
async def test_the_control_endpoint_is_for_this_machine_when_asked_for(data, control, caller, status):
    """Another machine is refused; without `control` there is no such path."""
    transport = httpx.ASGITransport(build("klout", data, control=control), client=(caller, 4711))
    async with httpx.AsyncClient(transport=transport, base_url="http://emulator") as client:
        reply = await client.post(CONTROL_PATH, json=["500"])
    assert reply.status_code == status
