"""Klout 0.1.3 from PyPI (erfaan/klout, 2012 to 2018), unchanged, against the emulator of the API it was written for.

It takes the domain to ask as an argument, offers gzip, and hands on any error of HTTP as its own.
"""

import socket
from gzip import GzipFile
from types import SimpleNamespace

import httpx
import pytest
from klout import Klout, KloutError, KloutHTTPError

from renown.emulators import Behaviour, read_example, running

ONE = "100000000000000001"
KEY = "demo-key"


@pytest.fixture
async def emulator():
    """The emulator with the shipped example."""
    async with running("klout", read_example()) as emulator:
        yield emulator


def client_of(emulator, key: str = KEY) -> Klout:
    """The client as its documentation has it, but for the domain."""
    return Klout(key, domain=httpx.URL(emulator.url).netloc.decode(), secure=False)


@pytest.mark.parametrize(
    "who",
    [
        {"screenName": "synthetic_one"},
        {"tw": "900000000000000001"},
        {"gp": "112000000000000000001"},
        {"ig": "816000001"},
        {"fb": "synthetic-third-party-1"},
    ],
)
async def test_every_identity_leads_to_the_klout_id(emulator, who):
    """By name, Twitter, Google+, Instagram and Facebook id: the same id, as a string."""
    assert client_of(emulator).identity.klout(**who) == {"id": ONE, "network": "ks"}


@pytest.mark.parametrize(("network", "id_"), [("tw", "900000000000000001"), ("gp", "112000000000000000001")])
async def test_a_klout_id_leads_back(emulator, network, id_):
    """To Twitter and to Google+."""
    assert getattr(client_of(emulator).identity, network)(klout=ONE) == {"id": id_, "network": network}


async def test_the_steps_of_its_documentation(emulator):
    """Name, then id, then score: the example on its first page gives the account's score."""
    k = client_of(emulator)
    klout_id = k.identity.klout(screenName="synthetic_one").get("id")
    assert k.user.score(kloutId=klout_id).get("score") == 61.25


async def test_all_four_resources(emulator):
    """User, score, topics and influence are read, each as the client's documentation shows it."""
    user = client_of(emulator).user
    assert user(kloutId=ONE)["nick"] == "synthetic_one"
    assert user.score(kloutId=ONE)["scoreDelta"] == {"dayChange": 0.125, "weekChange": -0.5, "monthChange": 1.75}
    assert [topic["id"] for topic in user.topics(kloutId=ONE)] == ["99999999999999999901", "901"]
    influence = user.influence(kloutId=ONE)
    assert (influence["myInfluencersCount"], influence["myInfluenceesCount"]) == (1, 1)
    assert influence["myInfluencers"][0]["entity"]["payload"]["nick"] == "synthetic_two"


async def test_it_is_answered_in_gzip(emulator, monkeypatch):
    """The client offers gzip, is given it, and unpacks it by itself."""
    unpacked = []
    # In the client's module only: the emulator packs by the same class.
    monkeypatch.setattr(
        "klout.api.gzip",
        SimpleNamespace(GzipFile=lambda fileobj: unpacked.append(GzipFile(fileobj=fileobj)) or unpacked[-1]),
    )
    assert client_of(emulator).user.score(kloutId=ONE)["bucket"] == "60-69"
    assert len(unpacked) == 1


@pytest.mark.parametrize(
    ("key", "klout_id", "behaviour", "status"),
    [
        ("wrong", ONE, Behaviour(), 403),
        (KEY, "1", Behaviour(), 404),
        (KEY, ONE, Behaviour(fail="over_rate"), 403),
        (KEY, ONE, Behaviour(fail="500"), 500),
    ],
)
async def test_errors_are_the_clients_own(emulator, key, klout_id, behaviour, status):
    """A bad key, an unknown user, a used-up quota and a server in trouble: its error, with the status inside."""
    emulator.behave(behaviour)
    with pytest.raises(KloutHTTPError) as raised:
        client_of(emulator, key).user.score(kloutId=klout_id)
    with raised.value.e as error:
        assert error.code == status
        assert isinstance(raised.value, KloutError)


async def test_the_quotas_headers_reach_the_caller(emulator):
    """What a caller of the time slept by can be read from the client's error."""
    emulator.behave(Behaviour(fail="over_rate"))
    with pytest.raises(KloutHTTPError) as raised:
        client_of(emulator).user.score(kloutId=ONE)
    with raised.value.e as error:
        assert error.headers["X-Mashery-Error-Code"] == "ERR_403_DEVELOPER_OVER_RATE"
        assert error.headers["Retry-After"] == "3600"


@pytest.fixture
def default_timeout():
    """Put back what the client changes for every socket of the process and never takes back."""
    before = socket.getdefaulttimeout()
    yield
    socket.setdefaulttimeout(before)


@pytest.mark.usefixtures("default_timeout")
async def test_its_timeout_is_kept(emulator):
    """An emulator that hangs makes it give up after the time it was given."""
    emulator.behave(Behaviour(fail="hang"))
    with pytest.raises(TimeoutError):
        client_of(emulator).user.score(kloutId=ONE, timeout=0.2)
