"""A ranking's lock file is served at its address, is what its digest says, and comes out the same when made again."""

import hashlib
from base64 import urlsafe_b64encode
from urllib.parse import urlsplit

import pytest
from structlog.testing import capture_logs

from making import claim as made
from renown.claims import Account
from renown.gateway.verifying import Verdict, verify

UK_AUTOMOTIVE = """
{ ranking(of: "top UK automotive voices") { snapshot totalCount lock { digest url } recipe { hash canonical } } }"""


def _locked(served, query=UK_AUTOMOTIVE):
    return served.data(query)["ranking"]


def _file(served, ranking):
    return served.client.get(urlsplit(ranking["lock"]["url"]).path)


def _token(*parts, filter_="{}"):
    return "~".join([*parts, urlsafe_b64encode(filter_.encode()).decode().rstrip("=")])


def test_digest_is_of_what_the_address_serves(served):
    """The digest is the sha256 of the bytes at the lock's address, which is absolute; the ETag says the same."""
    ranking = _locked(served)
    response = _file(served, ranking)
    assert ranking["lock"]["url"].startswith("http://127.0.0.1:8000/locks/")
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/json"
    assert hashlib.sha256(response.content).hexdigest() == ranking["lock"]["digest"]
    assert response.headers["etag"] == f'"{ranking["lock"]["digest"]}"'


def test_lock_holds_what_is_needed_to_make_it_again(served):
    """The file names snapshot, recipe and filter, each place with its value, and the very claims they were made of."""
    ranking = _locked(served)
    held = _file(served, ranking).json()
    assert held["snapshot"] == ranking["snapshot"]
    assert held["recipe"] == ranking["recipe"]["canonical"]
    assert held["filter"] == {"country": "GB", "topics": ["automotive"]}
    assert [entry["place"] for entry in held["entries"]] == list(range(1, ranking["totalCount"] + 1))
    claims = {each["voice"]: each["claims"] for each in held["candidates"]}
    assert all(len(claims[entry["voice"]]) >= 2 for entry in held["entries"])
    assert (held["recipe_hash"], held["draws"]) == (ranking["recipe"]["hash"], 200)


def test_served_file_can_be_verified_without_us(served):
    """What is served at the address computes the ranking again by itself, to the same bytes."""
    content = _file(served, _locked(served)).content
    verified = verify(content)
    assert (verified.verdict, verified.file.content) == (Verdict.SAME, content)


def test_same_ranking_has_the_same_bytes(served):
    """However it is asked for, by phrase or filter, and on which page, the same ranking has the same lock."""
    same = '{ ranking(filter: { topics: ["automotive"], country: "GB" }, first: 3) { lock { digest url } } }'
    first, second = _locked(served), _locked(served, same)
    assert first["lock"] == second["lock"]
    assert _file(served, first).content == _file(served, second).content


@pytest.mark.parametrize(
    "other",
    [
        'filter: { country: "GB" }',
        'of: "top UK automotive voices", recipe: { normaliser: RAW }',
        "recipe: { minimumProviders: 1 }",
    ],
)
def test_other_ranking_has_another_digest(other, served):
    """Another filter or recipe gives another digest."""
    ranking = _locked(served, f"{{ ranking({other}) {{ lock {{ digest url }} }} }}")
    assert ranking["lock"]["digest"] != _locked(served)["lock"]["digest"]
    assert hashlib.sha256(_file(served, ranking).content).hexdigest() == ranking["lock"]["digest"]


def test_other_snapshot_has_another_digest_and_the_old_stays(served_alone):
    """What is learnt later gives today's ranking another digest; the old lock still comes out, byte for byte."""
    before = _locked(served_alone)
    content = _file(served_alone, before).content
    gateway = served_alone.client.app.state.gateway
    served_alone.client.portal.call(gateway.keep, [made(value=99.0)], [Account("twitter", "PirelliUK")])
    after = _locked(served_alone)
    assert after["snapshot"] != before["snapshot"]
    assert after["lock"]["digest"] != before["lock"]["digest"]
    assert _file(served_alone, before).content == content


@pytest.mark.parametrize(
    "token",
    [
        "",
        "nonsense",
        "%C3%A9",
        "%00",
        "a~b~c",
        "~~",
        _token("999999", "89bfc4879d397f74"),
        _token("-1", "89bfc4879d397f74"),
        _token("2@2012-01-01", "89bfc4879d397f74"),
        _token("2@yesterday", "89bfc4879d397f74"),
        _token("2", "0123456789abcdef"),
        _token("2", "89bf"),
        _token("2", "89bfc4879d397f74", filter_="[1]"),
        _token("2", "89bfc4879d397f74", filter_='{"unknown": 1}'),
        _token("2", "89bfc4879d397f74", filter_='{"topics": ["nobody speaks on this"]}'),
        "2~89bfc4879d397f74~_",
    ],
)
def test_token_of_no_ranking_is_refused(token, served):
    """A token that names no ranking gets status 400 and one clear error as JSON, and is no line in our log."""
    _locked(served)
    with capture_logs() as logged:
        response = served.client.get(f"/locks/{token}")
    assert (response.status_code, response.headers["content-type"]) == (400, "application/json")
    error = response.json()["error"]
    assert error["code"] == "UNKNOWN_LOCK"
    assert "names no ranking" in error["message"]
    assert "lock" in error["nextStep"]
    assert logged == []


def test_token_with_a_bad_country_says_so(served):
    """A token whose filter cannot be asked is refused with what is wrong in it."""
    _locked(served)
    token = _token("2", "89bfc4879d397f74", filter_='{"country": "GBR"}')
    response = served.client.get(f"/locks/{token}")
    assert (response.status_code, response.json()["error"]["code"]) == (400, "UNKNOWN_COUNTRY")
