"""A provider made from a file: what it asks, and what it makes of replies."""

import json
from datetime import datetime

import pytest
from described_files import ACME, BATCHED, CONTI, PIRELLI, changed, provider
from provider_replies import settings_with

from renown.claims import AbsenceReason, Account
from renown.errors import InvalidReply, NotConfigured, QuotaExhausted, RateLimited
from renown.providers import Reply
from renown.testing import ProviderContract, Recorded

GOOD = {
    "handle": "pirelliuk",
    "id": 7,
    "score": 71.5,
    "name": "Pirelli UK",
    "country": "GB",
    "followers": 12,
    "topics": [{"label": "Motor sport", "weight": 7}, {"label": "Tyres"}, {"label": "", "weight": 1}],
}


def read(described, *accounts, status=200, moment="2026-01-02T03:04:05+00:00", **tree):
    """What a reply to one request about these accounts says."""
    (request,) = described.requests(accounts, {account.key: "7" for account in accounts})
    body = json.dumps(tree).encode()
    at = datetime.fromisoformat(moment)
    return described.read(request, Reply(status=status, headers={}, body=body, url="https://a/b", received_at=at))


def values(reading):
    """What was claimed, by field."""
    return {claim.field: claim.value for claim in reading.claims}


def reasons(reading):
    """Why there is no score, by subject."""
    return {absence.subject: absence.reason for absence in reading.absences}


@pytest.fixture
def acme():
    """The provider with a key."""
    return provider(ACME, settings_with())


@pytest.fixture
def batched():
    """The same, three accounts a call."""
    return provider(BATCHED, settings_with())


class TestDescribed(ProviderContract):
    """A provider by TOML passes the suite that one in code must pass."""

    account = PIRELLI
    replies = (Recorded(step="ask", body=json.dumps(GOOD).encode()),)
    values = {"acme.score": 71.5, "topic/motor-sport": 0.7, "acme.id": "7", "followers": 12}
    unknown = Recorded(status=404)
    other_person = Recorded(body=json.dumps(GOOD | {"handle": "contiuk"}).encode())

    def make(self, settings):
        """From the file."""
        return provider(ACME, settings)


def test_a_good_reply_becomes_claims(acme):
    """Metric, facts, topics with a strength and the provider's id; a topic without its strength is no claim."""
    reading = read(acme, PIRELLI, **GOOD)
    assert values(reading) == {
        "acme.score": 71.5,
        "name": "Pirelli UK",
        "country": "GB",
        "followers": 12,
        "topic/motor-sport": 0.7,
        "acme.id": "7",
    }
    assert {claim.provenance.adapter for claim in reading.claims} == {"described-acme@1"}
    assert not reading.absences


@pytest.mark.parametrize(
    ("tree", "reason"),
    [
        (GOOD | {"score": None}, AbsenceReason.NO_SCORE_YET),
        ({"handle": "pirelliuk"}, AbsenceReason.NO_SCORE_YET),
        (GOOD | {"score": 101}, AbsenceReason.INVALID_REPLY),
        (GOOD | {"followers": 1.5}, AbsenceReason.INVALID_REPLY),
        ({"missing": True}, AbsenceReason.UNKNOWN_TO_PROVIDER),
    ],
)
def test_what_is_missing_or_off_its_scale_is_an_absence(acme, tree, reason):
    """Null, nothing, too much and half a follower are never zero."""
    reading = read(acme, PIRELLI, **tree)
    assert reasons(reading) == {PIRELLI.key: reason}
    assert "acme.score" not in values(reading)


def test_a_path_that_finds_several_values_is_refused():
    """Nobody can say which of two scores is meant."""
    described = provider(changed(('"$.score"', '"$.scores[*]"')), settings_with())
    reading = read(described, PIRELLI, handle="PirelliUK", scores=[1, 2])
    assert reasons(reading) == {PIRELLI.key: AbsenceReason.INVALID_REPLY}


@pytest.mark.parametrize(("status", "raised"), [(402, QuotaExhausted), (429, RateLimited), (418, InvalidReply)])
def test_statuses_mean_what_the_file_says(acme, status, raised):
    """402 is declared to be the quota; the others mean what they mean everywhere."""
    with pytest.raises(raised):
        read(acme, PIRELLI, status=status)


def test_a_reply_under_way_is_an_absence(acme):
    """Status 202 says that it is not done."""
    assert reasons(read(acme, PIRELLI, status=202)) == {PIRELLI.key: AbsenceReason.PROCESSING}


def test_a_batch_is_told_apart_by_handle(batched):
    """Parts in any order; who has none is unknown; a bad part spoils no other; strangers are passed over."""
    third = Account("twitter", "third")
    users = [{"handle": "@CONTIUK", "score": 5}, {"handle": "x", "score": 9}, {"handle": "PirelliUK", "score": "much"}]
    reading = read(batched, PIRELLI, CONTI, third, users=users)
    assert [(claim.subject, claim.value) for claim in reading.claims] == [(CONTI.key, 5)]
    assert reasons(reading) == {
        PIRELLI.key: AbsenceReason.INVALID_REPLY,
        third.key: AbsenceReason.UNKNOWN_TO_PROVIDER,
    }


def test_a_batch_refused_as_a_whole_is_asked_one_by_one(batched):
    """One stranger may have spoilt it; alone, a 404 is about the one who is asked about."""
    reading = read(batched, PIRELLI, CONTI, status=404)
    assert [request.params for request in reading.follow] == [{"who": "PirelliUK"}, {"who": "ContiUK"}]
    assert reasons(read(batched, PIRELLI, status=404)) == {PIRELLI.key: AbsenceReason.UNKNOWN_TO_PROVIDER}


def test_two_parts_about_one_person_are_refused(batched):
    """Which of them is right cannot be told."""
    with pytest.raises(InvalidReply, match="two things"):
        read(batched, PIRELLI, users=[{"handle": "PirelliUK", "score": 1}, {"handle": "pirelliuk", "score": 2}])


def test_handles_of_a_batch_are_repeated_or_joined(batched):
    """Without a separator the parameter is sent once each; a handle that holds the separator is asked about alone."""
    (request,) = batched.requests([PIRELLI, CONTI], {})
    assert request.params == {"who": ["PirelliUK", "ContiUK"]}
    joined = provider(changed(("batch = 3", 'batch = 3\nseparator = ","'), text=BATCHED), settings_with())
    requests = joined.requests([PIRELLI, Account("twitter", "a,b"), CONTI], {})
    assert [request.params["who"] for request in requests] == ["PirelliUK,ContiUK", "a,b"]


@pytest.mark.parametrize("handle", [".", "..", "..."])
def test_a_handle_of_dots_is_not_asked_about(acme, handle):
    """Encoding leaves dots as they are, and as a segment of a path they would lead elsewhere."""
    with pytest.raises(InvalidReply, match="another place"):
        acme.requests([Account("twitter", handle)], {})


def test_a_handle_stays_in_its_segment(acme):
    """A slash, a question mark and a per cent sign are encoded; curly brackets are no places."""
    (request,) = acme.requests([Account("twitter", "a/../b?c=%2F{id}")], {})
    assert request.path == "/influence/a%2F..%2Fb%3Fc%3D%252F%7Bid%7D"


def test_by_id_the_providers_own_goes_first():
    """`{id}` is the provider's id where one is held, else the network's; with neither nobody is asked."""
    by_id = provider(changed(("{handle}", "{id}")), settings_with())
    numbered = Account("twitter", "PirelliUK", id="17")
    assert by_id.requests([numbered], {PIRELLI.key: "5"})[0].path == "/influence/5"
    assert by_id.requests([numbered], {})[0].path == "/influence/17"
    with pytest.raises(InvalidReply, match="none is held of PirelliUK"):
        by_id.requests([PIRELLI], {})


def test_secrets_go_where_the_file_says():
    """Query, bearer, and header with a prefix; without settings there are none; no request holds one."""
    text = changed(
        ('in = "bearer"', 'in = "header"\nname = "X-Id"\nsecret = "app_id"\nprefix = "Id "\n[[auth]]\nin = "bearer"')
    )
    keyed = provider(text, settings_with(app_id="4pp"))
    assert keyed.secret_headers == {"x-id": "Id 4pp", "authorization": "Bearer s3cr3t"}
    assert not keyed.credentials
    assert provider(BATCHED, settings_with()).credentials == {"token": "s3cr3t"}
    assert not provider(text, settings_with(key=None)).secret_headers
    assert "s3cr3t" not in repr(keyed.requests([PIRELLI], {}))


def test_a_secret_no_header_can_carry_is_named_not_shown():
    """A line end in a key would begin another header: the setting is named, its value is not."""
    keyed = provider(ACME, settings_with(key="s3cr3t\nx: y"))
    with pytest.raises(NotConfigured, match="RENOWN_PROVIDERS__ACME__KEY") as caught:
        _ = keyed.secret_headers
    assert "s3cr3t" not in str(caught.value)
