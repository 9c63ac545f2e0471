"""Asking: every account comes back with a score or one absence, whatever happens on the way."""

import asyncio
import threading
import time

import pytest
from loopback import hang, serving
from provider_replies import AT, CONTI, PIRELLI, reasons_of, settings_with, values_of
from starlette.responses import HTMLResponse, JSONResponse, Response
from structlog.testing import capture_logs

from renown.claims import AbsenceReason, Account
from renown.providers import ask
from renown.providers.klout_v2 import KloutV2
from renown.providers.kred import Kred
from renown.providers.peerindex_c import PeerIndexC
from renown.providers.transport import Transport
from renown.settings import Settings


async def ask_a_server(adapter, endpoint, accounts=(PIRELLI,), *, known=None, seconds=5.0, **given):
    """The answer of one adapter against one upstream, and the paths it was asked for."""
    paths = []

    async def counted(request):
        paths.append(request.url.path)
        return await endpoint(request)

    with serving(counted) as base:
        provider = adapter(settings_with(base_url=base, **given))
        settings = {provider.declaration.slug: settings_with(base_url=base, **given)}
        transport = Transport(Settings(providers=settings, pace_per_second=1000))
        try:
            answer = await ask(provider, accounts, known or {}, transport, time.monotonic() + seconds, lambda: AT)
        finally:
            await transport.close()
    assert answer.calls == len(paths)
    return answer, paths


async def klout(request):
    """A Klout that knows everybody."""
    if request.url.path.startswith("/identity"):
        return JSONResponse({"id": "23244", "network": "ks"})
    if request.url.path.endswith("topics"):
        return JSONResponse([{"displayName": "Tyres"}])
    return JSONResponse({"score": 39.5})


async def test_a_cold_voice_costs_two_calls_and_a_known_one():
    """Identity and score, or the score alone where the id is held."""
    answer, paths = await ask_a_server(KloutV2, klout)
    assert (values_of(answer), paths) == (
        {"klout.id": "23244", "klout.score": 39.5},
        ["/identity.json/twitter", "/user.json/23244/score"],
    )
    answer, _ = await ask_a_server(KloutV2, klout, known={PIRELLI.key: "23244"})
    assert (values_of(answer), answer.calls) == ({"klout.score": 39.5}, 1)


async def test_topics_are_a_third_call():
    """Switched on, topics follow the identity beside the score."""
    answer, _ = await ask_a_server(KloutV2, klout, topics=True)
    assert (values_of(answer)["topic/tyres"], answer.calls) == (1.0, 3)


async def test_a_failing_topic_call_does_not_cost_the_score():
    """PeerIndex's score stands when its topics fail."""

    async def half(request):
        return JSONResponse({"peerindex": 40}) if "extended" in request.url.path else HTMLResponse("<html>")

    answer, _ = await ask_a_server(PeerIndexC, half)
    assert values_of(answer) == {"peerindex.peerindex": 40}
    assert not answer.absences


async def test_topics_alone_leave_the_score_absent():
    """Topics are kept when the score fails, and the absence says why the score is missing."""

    async def half(request):
        if "topic" in request.url.path:
            return JSONResponse({"benchmark_topics": [{"name": "Sports", "topic_score": 50}]})
        return Response(status_code=404)

    answer, _ = await ask_a_server(PeerIndexC, half)
    assert values_of(answer) == {"topic/sports": 0.5}
    assert reasons_of(answer) == {PIRELLI.key: AbsenceReason.UNKNOWN_TO_PROVIDER}


@pytest.mark.parametrize(
    ("status", "headers", "reason"),
    [
        (500, {}, AbsenceReason.UNREACHABLE),
        (403, {}, AbsenceReason.NOT_CONFIGURED),
        (404, {}, AbsenceReason.UNKNOWN_TO_PROVIDER),
        (403, {"X-Mashery-Error-Code": "ERR_403_DEVELOPER_OVER_RATE"}, AbsenceReason.QUOTA_EXHAUSTED),
        (403, {"X-Mashery-Error-Code": "ERR_403_DEVELOPER_OVER_QPS"}, AbsenceReason.RATE_LIMITED),
        (200, {}, AbsenceReason.INVALID_REPLY),
    ],
)
async def test_every_failure_becomes_an_absence_with_its_reason(status, headers, reason):
    """An HTML page with each status: one absence of the account, no exception, no log entry."""

    async def answer_so(_request):
        return HTMLResponse("<html>no</html>", status, headers)

    with capture_logs() as logs:
        answer, _ = await ask_a_server(KloutV2, answer_so)
    assert reasons_of(answer) == {PIRELLI.key: reason}
    assert not answer.claims
    assert not logs


async def test_over_quota_says_when_to_come_back():
    """The moment of `Retry-After` reaches the absence."""

    async def over(_request):
        headers = {"X-Mashery-Error-Code": "ERR_403_DEVELOPER_OVER_RATE", "Retry-After": "60"}
        return Response(status_code=403, headers=headers)

    answer, _ = await ask_a_server(KloutV2, over)
    assert answer.absences[0].retry_at is not None


async def test_a_hanging_upstream_is_an_absence():
    """The deadline passes, and the account is absent for that reason."""
    answer, _ = await ask_a_server(KloutV2, hang, seconds=0.2)
    assert reasons_of(answer) == {PIRELLI.key: AbsenceReason.TIMED_OUT}


async def test_kred_is_polled_until_it_is_complete():
    """Two polls of the identical request, then both scores of the batch."""
    left = [{"status": "submitted"}, {"status": "processing"}]

    async def job(request):
        assert request.query_params["term"] == "PirelliUK,ContiUK"
        if left:
            return JSONResponse(left.pop(0))
        rows = [{"name": name, "influence": 500, "outreach": 3} for name in ("contiuk", "pirelliuk")]
        return JSONResponse({"status": "complete", "data": rows})

    answer, _ = await ask_a_server(Kred, job, (PIRELLI, CONTI))
    assert answer.calls == 3
    assert {claim.subject for claim in answer.claims} == {PIRELLI.key, CONTI.key}
    assert not answer.absences


async def test_a_job_that_outlives_the_deadline_is_processing():
    """No poll is waited for that would come too late, and the reason is that Kred is still at work."""

    async def job(_request):
        return JSONResponse({"status": "processing"})

    answer, _ = await ask_a_server(Kred, job, seconds=0.4)
    assert (reasons_of(answer), answer.calls) == ({PIRELLI.key: AbsenceReason.PROCESSING}, 1)


async def test_large_batches_are_cut():
    """Kred takes 50 names a call: 51 accounts are two calls."""
    many = [Account("twitter", f"voice{number}") for number in range(51)]

    async def everybody(request):
        names = request.query_params["term"].split(",")
        return JSONResponse({"status": "complete", "data": [{"name": name, "influence": 9} for name in names]})

    answer, paths = await ask_a_server(Kred, everybody, many)
    assert (len(answer.claims), len(paths)) == (51, 2)


async def test_another_network_is_not_applicable():
    """An account on a network the provider does not know costs no call."""
    stranger = Account("mastodon", "pirelli@social.example")
    answer, paths = await ask_a_server(KloutV2, klout, (stranger,))
    assert (reasons_of(answer), paths) == ({stranger.key: AbsenceReason.NOT_APPLICABLE}, [])


async def test_nobody_asked_about_is_nothing_asked():
    """No accounts, no calls."""
    answer, paths = await ask_a_server(KloutV2, klout, ())
    assert (answer.claims, answer.absences, paths) == ((), (), [])


class Broken(KloutV2):
    """A plug-in whose reading breaks, with its key in the error."""

    def read(self, *_):
        """Raises what no adapter should."""
        message = f"boom {self.credentials}"
        raise ZeroDivisionError(message)


class BrokenEarly(KloutV2):
    """A plug-in that breaks before it asks."""

    def requests(self, *_):
        """Raises what no adapter should."""
        raise KeyError("boom")


class Silent(KloutV2):
    """A plug-in that reads nothing out of anything."""

    def requests(self, *_):
        """Asks nothing."""
        return ()


@pytest.mark.parametrize("adapter", [Broken, BrokenEarly])
async def test_a_plug_in_that_breaks_is_logged_and_absent(adapter):
    """An unexpected exception is one absence and one log entry, which holds no key."""
    with capture_logs() as logs:
        answer, _ = await ask_a_server(adapter, klout)
    assert reasons_of(answer) == {PIRELLI.key: AbsenceReason.INVALID_REPLY}
    assert [(entry["event"], entry["provider"]) for entry in logs] == [("provider.adapter_failed", "klout")]
    assert "s3cr3t" not in f"{logs} {answer}"


async def test_a_plug_in_that_says_nothing_leaves_an_absence():
    """No account is ever left without a word."""
    answer, _ = await ask_a_server(Silent, klout)
    assert reasons_of(answer) == {PIRELLI.key: AbsenceReason.INVALID_REPLY}


async def test_cancelling_is_not_swallowed():
    """Whoever gives up on an answer gets CancelledError, not an absence."""
    started = asyncio.Event()

    started = threading.Event()

    async def hang_and_tell(request):
        started.set()
        return await hang(request)

    task = asyncio.create_task(ask_a_server(KloutV2, hang_and_tell))
    assert await asyncio.to_thread(started.wait, 10)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
