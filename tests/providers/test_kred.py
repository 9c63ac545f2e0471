"""Kred's score call as documented, and what its clients met."""

import pytest
from provider_replies import CONTI, PIRELLI, reasons_of, reply_with, request_for, settings_with, values_of
from pydantic import SecretStr

from renown.claims import AbsenceReason, digest_of
from renown.errors import InvalidReply, KeyRefused, RateLimited, Unreachable
from renown.providers.kred import Kred

BOTH = request_for("kredscore", PIRELLI, CONTI)
PIRELLI_ROW = {"influence": 773, "name": "pirelliuk", "outreach": 7}


def complete(*rows):
    """A finished job's body."""
    return {"data": list(rows), "id": "999-0", "request": {"app_id": "***"}, "status": "complete"}


@pytest.fixture
def kred():
    """The adapter, with a key."""
    return Kred(settings_with())


def test_one_request_asks_for_a_batch(kred):
    """Names go in one comma list, from Twitter."""
    (request,) = kred.requests([PIRELLI, CONTI], {})
    assert request.path == "/kredscore"
    assert request.params == {"term": "PirelliUK,ContiUK", "source": "twitter"}
    assert request.accounts == (PIRELLI, CONTI)


def test_rows_are_matched_by_name_in_any_order_and_case(kred):
    """Nothing promises the order of rows, and names come in Kred's spelling."""
    row = {"influence": "612", "name": "CONTIUK", "outreach": "4"}
    reading = kred.read(BOTH, reply_with(complete(row, PIRELLI_ROW)))
    found = {(claim.subject, claim.field): claim.value for claim in reading.claims}
    assert found == {
        ("twitter:pirelliuk", "kred.influence"): 773,
        ("twitter:pirelliuk", "kred.outreach"): 7,
        ("twitter:contiuk", "kred.influence"): 612,
        ("twitter:contiuk", "kred.outreach"): 4,
    }


def test_a_digest_is_of_one_row(kred):
    """One person's part of a batch has its own digest."""
    reading = kred.read(BOTH, reply_with(complete(PIRELLI_ROW)))
    assert {claim.provenance.digest for claim in reading.claims} == {digest_of(PIRELLI_ROW)}


def test_a_source_names_nobody_else(kred):
    """The source of a claim is the address as if its subject had been asked for alone."""
    rows = PIRELLI_ROW, {"influence": 612, "name": "contiuk", "outreach": 4}
    reading = kred.read(BOTH, reply_with(complete(*rows)))
    sources = {claim.subject: claim.provenance.source.partition("?")[2] for claim in reading.claims}
    assert sources == {
        "twitter:pirelliuk": "term=PirelliUK&source=twitter",
        "twitter:contiuk": "term=ContiUK&source=twitter",
    }


def test_a_missing_row_is_an_unknown_person(kred):
    """Whoever has no row is not known to Kred; an empty list means nobody is."""
    reading = kred.read(BOTH, reply_with(complete(PIRELLI_ROW)))
    assert reasons_of(reading) == {"twitter:contiuk": AbsenceReason.UNKNOWN_TO_PROVIDER}
    assert len(kred.read(BOTH, reply_with(complete())).absences) == 2


@pytest.mark.parametrize("influence", [0, "0", 0.0, None])
def test_zero_influence_is_no_score(kred, influence):
    """Kred writes 0 for the unscored: an absence, never zero."""
    reading = kred.read(request_for("kredscore"), reply_with(complete({**PIRELLI_ROW, "influence": influence})))
    assert reasons_of(reading) == {"twitter:pirelliuk": AbsenceReason.NO_SCORE_YET}
    assert not reading.claims


@pytest.mark.parametrize("influence", [1001, -5, "lots", True, [], "1e5"])
def test_one_bad_row_does_not_cost_the_others_theirs(kred, influence):
    """A row off the scale is an absence of that account; the rest of the batch is read."""
    bad = {"name": "ContiUK", "influence": influence}
    reading = kred.read(BOTH, reply_with(complete(bad, PIRELLI_ROW)))
    assert reasons_of(reading) == {"twitter:contiuk": AbsenceReason.INVALID_REPLY}
    assert values_of(reading) == {"kred.influence": 773, "kred.outreach": 7}


@pytest.mark.parametrize("status", ["submitted", "processing", "waiting"])
def test_an_unfinished_job_is_polled_by_the_same_request(kred, status):
    """The identical request follows after half a second; until then the score is being computed."""
    reading = kred.read(BOTH, reply_with({"status": status}))
    (again,) = reading.follow
    assert (again.path, again.params, again.accounts) == (BOTH.path, BOTH.params, BOTH.accounts)
    assert (again.delay, again.attempt) == (0.5, 1)
    assert set(reasons_of(reading).values()) == {AbsenceReason.PROCESSING}


def test_polling_ends(kred):
    """After its last poll a job that is still not done is left at that."""
    reading = kred.read(request_for("kredscore", attempt=20), reply_with({"status": "processing"}))
    assert not reading.follow
    assert reasons_of(reading) == {"twitter:pirelliuk": AbsenceReason.PROCESSING}


@pytest.mark.parametrize(
    ("reply", "failure"),
    [
        (reply_with({"error": "bad key"}, 401), KeyRefused),
        (reply_with(b"", 403), KeyRefused),
        (reply_with(b"", 429, retry_after=2), RateLimited),
        (reply_with(b"", 502), Unreachable),
        (reply_with(b"", 404), InvalidReply),
        (reply_with(b"<html>"), InvalidReply),
        (reply_with({"status": "failed"}), InvalidReply),
        (reply_with({"status": "complete", "data": None}), InvalidReply),
        (reply_with({"status": ["processing"], "data": []}), InvalidReply),
        (reply_with([]), InvalidReply),
    ],
)
def test_errors_have_their_failures(kred, reply, failure):
    """Kred's errors are undocumented; statuses speak for themselves and odd bodies are invalid."""
    with pytest.raises(failure):
        kred.read(BOTH, reply)


def test_both_credentials_go_to_the_transport():
    """Kred takes an application id beside its key."""
    kred = Kred(settings_with(app_id=SecretStr("0a1b2c3d")))
    assert kred.credentials == {"app_id": "0a1b2c3d", "app_key": "s3cr3t"}


def test_a_finished_job_may_lack_its_status(kred):
    """Most clients read `data` without looking at the status; so do we where there is none."""
    reading = kred.read(request_for("kredscore"), reply_with({"data": [PIRELLI_ROW]}))
    assert values_of(reading)["kred.influence"] == 773
