"""When a provider is left alone, and when it is tried again."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from loopback import serving
from provider_replies import request_for, settings_with
from starlette.responses import RedirectResponse, Response

from renown.errors import InvalidReply, ProviderFailure, QuotaExhausted, RateLimited, TimedOut, Unreachable
from renown.providers.breaker import Breaker, LeftAlone
from renown.providers.klout_v2 import KloutV2
from renown.providers.transport import Transport
from renown.settings import Settings

START = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


class Watch:
    """A clock moved by hand."""

    def __init__(self):
        self.at = START

    def __call__(self):
        """Its time."""
        return self.at

    def move(self, seconds):
        """Let time pass."""
        self.at += timedelta(seconds=seconds)


@pytest.fixture
def watch():
    """A clock moved by hand."""
    return Watch()


@pytest.fixture
def breaker(watch):
    """A breaker that opens after three failures, for 30 s."""
    return Breaker("Klout", failures=3, pause=timedelta(seconds=30), now=watch)


def _fail(breaker, times=1, kind=Unreachable):
    for _ in range(times):
        with pytest.raises(kind, match="gone"), breaker.call():
            raise kind("gone")


def _succeed(breaker):
    with breaker.call():
        pass


def test_it_opens_after_failures_in_a_row(breaker):
    """Timeouts and unreachable calls count together; while open it says when it is tried again."""
    _fail(breaker, 2)
    _fail(breaker, kind=TimedOut)
    with pytest.raises(LeftAlone) as refusal:
        breaker.check()
    assert str(refusal.value) == ("Klout is not asked: its last 3 calls failed; it is tried again at 12:00:30 UTC.")
    assert refusal.value.retry_at == START + timedelta(seconds=30)
    assert refusal.value.code == "UNREACHABLE"


@pytest.mark.parametrize("answer", [None, InvalidReply("odd")])
def test_an_answer_in_between_begins_the_count_anew(breaker, answer):
    """Whoever answers is there, even if what it says cannot be read."""
    _fail(breaker, 2)
    try:
        with breaker.call():
            if answer:
                raise answer
    except InvalidReply:
        pass
    _fail(breaker, 2)
    breaker.check()


def test_one_probe_goes_out_and_closes_it(breaker, watch):
    """When the pause is over one call goes out; another beside it does not; if it is answered, all do."""
    _fail(breaker, 3)
    watch.move(30)
    with breaker.call(), pytest.raises(LeftAlone):
        breaker.check()
    _succeed(breaker)
    _fail(breaker, 2)
    breaker.check()


def test_a_probe_that_fails_opens_it_again(breaker, watch):
    """One failed probe is enough, and the pause begins anew."""
    _fail(breaker, 3)
    watch.move(31)
    _fail(breaker)
    watch.move(29)
    with pytest.raises(LeftAlone):
        breaker.check()
    watch.move(1)
    _succeed(breaker)


def test_a_probe_that_is_given_up_leaves_room_for_another(breaker, watch):
    """A probe that was cancelled, or for which no call was left, neither closes nor blocks it."""
    _fail(breaker, 3)
    watch.move(30)
    for given_up in (KeyboardInterrupt, QuotaExhausted("none left")):
        with pytest.raises((KeyboardInterrupt, QuotaExhausted)), breaker.call():
            raise given_up
    with breaker.call(), pytest.raises(LeftAlone):
        breaker.check()


@pytest.mark.parametrize("kind", [RateLimited, QuotaExhausted])
def test_a_refusal_with_a_moment_is_kept_to(breaker, watch, kind):
    """Until the moment the provider named it is left alone, with the same reason; one without a moment is no pause."""
    breaker.leave_alone(kind("too much"))
    breaker.check()
    breaker.leave_alone(kind("too much", retry_at=START + timedelta(seconds=5)))
    with pytest.raises(kind, match="too much"):
        breaker.check()
    watch.move(5)
    breaker.check()


class Purse:
    """An allowance of so many calls."""

    def __init__(self, calls):
        self.calls = calls

    async def take(self, slug):
        """Give one away."""
        if not self.calls:
            raise QuotaExhausted(f"none left for {slug}")
        self.calls -= 1


async def _ask(endpoint, times, watch, purse):
    """What each of several requests ends in, how many calls came to the server."""
    came, ended = [], []

    async def counted(request):
        came.append(request.url.path)
        return endpoint(request)

    with serving(counted) as base:
        provider = settings_with(base_url=base)
        transport = Transport(Settings(providers={"klout": provider}, pace_per_second=1000), allowance=purse, now=watch)
        for _ in range(times):
            try:
                await transport.send(KloutV2(provider), request_for("identity"), time.monotonic() + 5)
                ended.append("answered")
            except ProviderFailure as failure:
                ended.append(type(failure))
        await transport.close()
    return ended, len(came)


async def test_while_open_no_call_goes_out(watch):
    """Of ten requests to a server in trouble five calls reach it: retries count, and then it is left alone."""
    ended, came = await _ask(lambda _request: Response(status_code=500), 10, watch, Purse(100))
    assert came == 5
    assert ended == [Unreachable, *[LeftAlone] * 9]


async def test_retries_are_paid_for(watch):
    """Each retry takes a call of the allowance, before it goes out."""
    ended, came = await _ask(lambda _request: Response(status_code=500), 1, watch, purse := Purse(2))
    assert (ended, came, purse.calls) == ([QuotaExhausted], 2, 0)


async def test_redirects_are_paid_for(watch):
    """Each redirect that is followed takes a call of the allowance."""
    ended, came = await _ask(lambda request: RedirectResponse(request.url.path), 1, watch, purse := Purse(3))
    assert (ended, came, purse.calls) == ([QuotaExhausted], 3, 0)
