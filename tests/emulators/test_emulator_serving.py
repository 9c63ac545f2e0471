"""How emulators misbehave, are counted, start and stop."""

import asyncio
import logging
import signal
import socket
import subprocess
import sys

import httpx
import pytest

from renown.emulators import EMULATORS, Behaviour, build, read_example, running, serve

NAMES = list(EMULATORS)


@pytest.mark.parametrize(
    ("name", "ending"),
    [
        ("klout", "/v2"),
        ("kred", ""),
        ("peerindex", "/1"),
        ("klout-v1", "/1"),
        ("peerindex-a", "/1"),
        ("peerindex-b", "/v2"),
    ],
)
async def test_the_url_is_an_adapters_base(data, name, ending):
    """The URL is the loopback address, a port and the root the provider's clients were given."""
    async with running(name, data) as emulator:
        url = httpx.URL(emulator.url)
        assert (url.host, str(url)) == ("127.0.0.1", f"http://127.0.0.1:{url.port}{ending}")


async def test_calls_are_recorded_without_keys(client, data):
    """Every call that arrives stands in `calls`, refused and unknown ones too; of a key only its name stays."""
    async with running("kred", data) as emulator:
        await client.get(f"{emulator.url}/kredscore?app_key=test-key&term=a,b&app_id=0badcafe")
        await client.get(f"{emulator.url}/elsewhere?api_key=secret")
        await client.get(f"{emulator.url}/plain?%6bey=secret")
        await client.get(f"{emulator.url}/plain/")
    assert emulator.calls == [
        "/kredscore?app_key=&term=a,b&app_id=",
        "/elsewhere?api_key=",
        "/plain?key=",
        "/plain/",
    ]


async def test_two_hundred_callers_at_once_are_all_counted(data):
    """The count is exact under concurrency."""
    limits = httpx.Limits(max_connections=40)
    async with running("klout", data) as emulator, httpx.AsyncClient(limits=limits, timeout=30) as client:
        url = f"{emulator.url}/identity.json/tw/9000?key=test-key"
        replies = await asyncio.gather(*(client.get(url) for _ in range(200)))
    assert {reply.status_code for reply in replies} == {200}
    assert len(emulator.calls) == 200


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("fail", "says"), [("500", (500, "text/plain")), ("html", (200, "text/html"))])
async def test_failing_by_status_or_page(client, data, name, fail, says):
    """Each emulator can answer 500, or a web page with status 200, on any path; both are marked as ours."""
    async with running(name, data, Behaviour(fail=fail)) as emulator:
        reply = await client.get(f"{emulator.url}/anything")
    assert (reply.status_code, reply.headers["Content-Type"]) == says
    assert reply.headers["X-Renown-Emulator"] == "assumed"
    assert len(emulator.calls) == 1


@pytest.mark.parametrize("name", NAMES)
async def test_hanging_lasts_until_the_client_gives_up(data, name):
    """No byte comes before the client's own deadline, and the call is counted."""
    async with running(name, data, Behaviour(fail="hang")) as emulator, httpx.AsyncClient(timeout=0.2) as client:
        with pytest.raises(httpx.ReadTimeout):
            await client.get(f"{emulator.url}/anything")
        assert len(emulator.calls) == 1


@pytest.mark.parametrize("behaviour", [Behaviour(fail="hang"), Behaviour(delay_seconds=3600)])
async def test_stopping_does_not_wait_for_a_hanging_call(client, data, behaviour, caplog):
    """A call that still waits when the emulator stops is answered 503, and nothing is logged as an error."""
    caplog.set_level(logging.WARNING)
    async with running("klout", data, behaviour) as emulator:
        waiting = asyncio.create_task(client.get(f"{emulator.url}/anything"))
        while not emulator.calls:  # noqa: ASYNC110 - the list is filled by another thread
            await asyncio.sleep(0.01)
    assert (await waiting).status_code == 503
    assert not caplog.records


async def test_a_delayed_answer_is_the_same_answer(client, data):
    """A client with less patience than the delay gets nothing; one with more gets what it would have got."""
    async with running("klout", data, Behaviour(delay_seconds=0.3)) as emulator:
        url = f"{emulator.url}/identity.json/tw/9000?key=test-key"
        with pytest.raises(httpx.ReadTimeout):
            await client.get(url, timeout=0.05)
        assert (await client.get(url)).json() == {"id": "5000", "network": "ks"}


async def test_behaviour_can_change_while_it_runs(client, data):
    """A provider that answered begins to fail, and recovers, at one and the same URL."""
    async with running("klout", data) as emulator:
        url = f"{emulator.url}/identity.json/tw/9000?key=test-key"
        statuses = [(await client.get(url)).status_code]
        for behaviour in (Behaviour(fail="500"), Behaviour()):
            emulator.behave(behaviour)
            statuses.append((await client.get(url)).status_code)
    assert statuses == [200, 500, 200]


async def test_two_emulators_share_nothing(client, data):
    """Each has its own port and its own record of calls."""
    async with running("klout", data) as first, running("klout", data) as second:
        await client.get(f"{first.url}/anything")
    assert (len(first.calls), len(second.calls)) == (1, 0)


async def test_nothing_listens_after_it_stopped(client, data):
    """The port is closed when the block is left."""
    async with running("kred", data) as emulator:
        await client.get(emulator.url)
    with pytest.raises(httpx.ConnectError):
        await client.get(emulator.url)


async def test_a_blocked_event_loop_is_still_answered(data):
    """The emulator runs beside the test's loop, so that a synchronous client in it does not wait for itself."""
    async with running("klout", data) as emulator:
        reply = httpx.get(f"{emulator.url}/identity.json/tw/9000?key=test-key", timeout=10)  # noqa: ASYNC210 - the point
    assert reply.status_code == 200


@pytest.mark.parametrize(
    "wrong",
    [{"fail": "explode"}, {"delay_seconds": -1}, {"delay_seconds": float("nan")}, {"polls_before_complete": -1}],
)
def test_an_impossible_behaviour_is_refused(wrong):
    """A way to fail that does not exist or a negative number is a ValueError when it is written down."""
    with pytest.raises(ValueError, match=r"cannot fail by|0 seconds or more|0 or more"):
        Behaviour(**wrong)


def test_an_unknown_name_is_refused_with_the_known_ones(data):
    """There is no emulator of Klouchebag: the error lists which there are."""
    with pytest.raises(ValueError, match="klout, kred, peerindex"):
        build("klouchebag", data)


def test_a_taken_port_is_an_os_error(data):
    """`serve` raises before it serves, so that the caller can say one clear sentence."""
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(OSError, match="in use"):
        serve("klout", data, taken.getsockname()[1])


def test_serve_answers_until_interrupted():
    """From the terminal: the shipped example at the asked port; Ctrl-C ends it quietly, also while a call hangs."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    call = f"serve('peerindex', read_example(), {port}, behaviour=Behaviour(fail='hang'))"
    code = f"from renown.emulators import Behaviour, read_example, serve; {call}"
    with subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.PIPE) as process:  # noqa: S603 - our own code
        transport = httpx.HTTPTransport(retries=8)  # waits between its tries, until the port is open
        with httpx.Client(transport=transport, timeout=0.2) as client, pytest.raises(httpx.ReadTimeout):
            client.get(f"http://127.0.0.1:{port}/1/actor/basic")
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=30)
    assert (process.returncode, errors) == (0, b"")


async def test_the_example_answers_everywhere(client):
    """With the shipped data, each emulator knows `synthetic_one`."""
    data = read_example()
    questions = {
        "klout": "/identity.json/twitter?screenName=synthetic_one&key=demo-key",
        "kred": "/kredscore?term=synthetic_one&app_id=0badcafe&app_key=demo-key",
        "peerindex": "/actor/extended?twitter_screen_name=synthetic_one&api_key=demo-key",
        "klout-v1": "/users/show.json?users=synthetic_one&key=demo-key",
        "peerindex-a": "/profile/show.json?id=synthetic_one&api_key=demo-key",
        "peerindex-b": "/profile/profile.json?id=synthetic_one&api_key=demo-key",
    }
    assert questions.keys() == EMULATORS.keys()
    for name, question in questions.items():
        async with running(name, data, Behaviour(polls_before_complete=0)) as emulator:
            reply = await client.get(emulator.url + question)
        assert reply.status_code == 200
        assert "X-Renown-Emulator" not in reply.headers
