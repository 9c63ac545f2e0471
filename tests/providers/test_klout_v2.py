"""Klout API v2 as recorded in 2013 and before."""

from datetime import timedelta

import pytest
from provider_replies import AT, CONTI, PIRELLI, reasons_of, reply_with, request_for, settings_with, values_of

from renown.claims import AbsenceReason, Account, digest_of
from renown.errors import InvalidReply, KeyRefused, QuotaExhausted, RateLimited, Unreachable
from renown.providers.klout_v2 import KloutV2

IDENTITY = {"id": "23244", "network": "ks"}
SCORE = {
    "score": 86.73029496119551,
    "scoreDelta": {"dayChange": -0.0028, "weekChange": -0.3264, "monthChange": 0.0782},
    "bucket": "80-89",
}
INACTIVE = b'{"error":403, "description":"Invalid or unprovided API key. All calls must have a key."}'


@pytest.fixture
def klout():
    """The adapter, with a key."""
    return KloutV2(settings_with())


def test_a_cold_voice_is_asked_for_by_name(klout):
    """Without a Klout id the first request is the identity, by screen name without @."""
    (request,) = klout.requests([PIRELLI], {})
    assert (request.path, request.params) == ("/identity.json/twitter", {"screenName": "PirelliUK"})


@pytest.mark.parametrize(
    ("account", "path"),
    [
        (Account("twitter", "jtimberlake", id="26565946"), "/identity.json/tw/26565946"),
        (Account("google-plus", "112620727907435773834"), "/identity.json/gp/112620727907435773834"),
        (Account("instagram", "816029"), "/identity.json/ig/816029"),
    ],
)
def test_a_number_leads_to_the_identity_too(klout, account, path):
    """A Twitter account whose number is held, and every one on Google+ and Instagram, is asked for by number."""
    (request,) = klout.requests([account], {})
    assert (request.path, request.params) == (path, {})
    assert values_of(klout.read(request, reply_with(IDENTITY))) == {"klout.id": "23244"}


@pytest.mark.parametrize("number", ["", "../admin", "26565946/score", "٢٣", "1" * 26])
def test_a_held_id_that_is_no_number_is_not_put_into_a_path(klout, number):
    """Whatever a source called Twitter's id: unless it is a number, the account is asked for by name."""
    (request,) = klout.requests([Account("twitter", "PirelliUK", id=number)], {})
    assert request.path == "/identity.json/twitter"


def test_a_known_id_skips_the_identity(klout):
    """A held Klout id makes it one request: the score."""
    (request,) = klout.requests([PIRELLI], {PIRELLI.key: "23244"})
    assert request.path == "/user.json/23244/score"


def test_topics_are_asked_for_only_when_switched_on():
    """Topics are a third call, spent only when the settings say so."""
    klout = KloutV2(settings_with(topics=True))
    paths = [request.path for request in klout.requests([PIRELLI], {PIRELLI.key: "1"})]
    assert paths == ["/user.json/1/score", "/user.json/1/topics"]
    assert len(klout.read(request_for("identity"), reply_with(IDENTITY)).follow) == 2


def test_an_identity_leads_to_the_score_and_lives_long(klout):
    """The identity is a claim that may be kept for good, and the score is asked for next."""
    reading = klout.read(request_for("identity"), reply_with(IDENTITY))
    (claim,) = reading.claims
    assert (claim.subject, claim.field, claim.value) == ("twitter:pirelliuk", "klout.id", "23244")
    assert claim.provenance.keep_until is None
    assert claim.provenance.fresh_until > AT + timedelta(days=365)
    assert [request.path for request in reading.follow] == ["/user.json/23244/score"]


def test_an_id_beyond_64_bits_stays_a_text(klout):
    """Ids are texts of digits that no number type holds."""
    reading = klout.read(request_for("identity"), reply_with({"id": "10000000000000020305", "network": "ks"}))
    assert values_of(reading) == {"klout.id": "10000000000000020305"}


@pytest.mark.parametrize(
    "body",
    [
        {"id": 23244, "network": "ks"},
        {"id": "../admin", "network": "ks"},
        {"id": "٢٣", "network": "ks"},
        {"id": "26565946", "network": "tw"},
        {"network": "ks"},
        [],
    ],
)
def test_what_is_no_klout_id_is_refused(klout, body):
    """An id that is a number, a path, of another network or missing is an invalid reply."""
    with pytest.raises(InvalidReply):
        klout.read(request_for("identity"), reply_with(body))


def test_a_score_is_kept_untouched_with_its_changes(klout):
    """The score is not rounded; its changes stand beside it; its provenance holds the licence's two clocks."""
    reading = klout.read(request_for("score"), reply_with(SCORE))
    assert values_of(reading) == {
        "klout.score": 86.73029496119551,
        "klout.day_change": -0.0028,
        "klout.week_change": -0.3264,
        "klout.month_change": 0.0782,
    }
    provenance = reading.claims[0].provenance
    assert provenance.provider == "klout"
    assert provenance.adapter == "klout-v2@1"
    assert provenance.source == "http://provider.example/v2/x"
    assert provenance.digest == digest_of(SCORE)
    assert provenance.fresh_until == AT + timedelta(days=1)
    assert provenance.keep_until == AT + timedelta(days=7)


def test_the_plural_of_the_changes_is_read_too(klout):
    """One client met `scoreDeltas` on the score resource."""
    body = {"score": 50, "scoreDeltas": {"dayChange": 1.5e-4}}
    reading = klout.read(request_for("score"), reply_with(body))
    assert values_of(reading) == {"klout.score": 50, "klout.day_change": 1.5e-4}


@pytest.mark.parametrize("body", [{}, {"score": None}, {"bucket": "10-19"}])
def test_a_reply_without_a_score_says_no_score_yet(klout, body):
    """A missing score is an absence, never zero."""
    reading = klout.read(request_for("score"), reply_with(body))
    assert reasons_of(reading) == {"twitter:pirelliuk": AbsenceReason.NO_SCORE_YET}


@pytest.mark.parametrize("score", [100.1, -1, 0, True, "high", 10**30, [], {"score": 50}])
def test_a_score_off_the_scale_is_invalid(klout, score):
    """Klout's scale is 1 to 100; anything else is not a score."""
    with pytest.raises(InvalidReply):
        klout.read(request_for("score"), reply_with({"score": score}))


def test_topics_are_named_without_strengths(klout):
    """A named topic is a claim of strength 1, by its display name; what has no name is passed over."""
    body = [
        {"id": "8655841127676549162", "displayName": "Social Media", "slug": "social-media"},
        {"id": "6011700363202204797", "displayName": "Business", "slug": "business-sub"},
        {"id": "560", "name": "Timbaland"},
        {"displayName": "!!!"},
        "noise",
    ]
    reading = klout.read(request_for("topics"), reply_with(body))
    assert values_of(reading) == {"topic/social-media": 1.0, "topic/business": 1.0, "topic/timbaland": 1.0}


@pytest.mark.parametrize("status", [404, 204])
def test_an_unknown_person_is_an_absence(klout, status):
    """404 (one integration met 204) on identity or score means that Klout does not know the account."""
    for step in ("identity", "score"):
        reading = klout.read(request_for(step), reply_with(status=status))
        assert reasons_of(reading) == {"twitter:pirelliuk": AbsenceReason.UNKNOWN_TO_PROVIDER}
    assert not klout.read(request_for("topics"), reply_with(status=status)).absences


@pytest.mark.parametrize(
    ("reply", "failure"),
    [
        (reply_with(INACTIVE, 403, x_mashery_error_code="ERR_403_DEVELOPER_INACTIVE"), KeyRefused),
        (reply_with(INACTIVE, 403), KeyRefused),
        (reply_with(b"<h1>Developer Inactive</h1>", 403), KeyRefused),
        (reply_with(b"<h1> 403 Developer Inactive </h1>", 403), KeyRefused),
        (reply_with(b"<h1>Developer Over Qps</h1>", 403), RateLimited),
        (reply_with(b"", 403, x_mashery_error_code="ERR_403_DEVELOPER_OVER_QPS"), RateLimited),
        (reply_with(b"<h1>Developer Over Rate</h1>", 403), QuotaExhausted),
        (reply_with(b"<h1>596 Service Not Found</h1>", 596), InvalidReply),
        (reply_with(b"", 500), Unreachable),
        (reply_with(b"", 503), Unreachable),
        (reply_with(b"", 504), Unreachable),
        (reply_with({"validationErrors": ["obsolete id"]}), InvalidReply),
        (reply_with({"validationErrors": []}, 400), InvalidReply),
        (reply_with(b""), InvalidReply),
        (reply_with(b"  \n"), InvalidReply),
        (reply_with(b"<html><body>Maintenance</body></html>", content_type="text/html"), InvalidReply),
        (reply_with(b'{"score": 4'), InvalidReply),
        (reply_with(b'{"score": NaN}'), InvalidReply),
        (reply_with(b"[" * 100_000), InvalidReply),
        (reply_with(b"[" * 40 + b"]" * 40), InvalidReply),
        (reply_with(b"", 302, location="http://elsewhere.example"), InvalidReply),
    ],
)
def test_every_error_on_record_has_its_failure(klout, reply, failure):
    """Each error becomes exactly one kind of failure, whatever was asked."""
    for step in ("identity", "score", "topics"):
        with pytest.raises(failure) as caught:
            klout.read(request_for(step), reply)
        assert type(caught.value) is failure


def test_over_rate_says_when_to_come_back(klout):
    """`Retry-After` in seconds or as a date is when asking again makes sense; without one it is midnight UTC."""
    code = {"x_mashery_error_code": "ERR_403_DEVELOPER_OVER_RATE"}
    moments = []
    for header in ({"retry_after": 3600}, {"retry_after": "Sun, 01 Mar 2026 14:00:00 GMT"}, {}):
        with pytest.raises(QuotaExhausted) as caught:
            klout.read(request_for("score"), reply_with(b"", 403, **code, **header))
        moments.append(caught.value.retry_at)
    assert moments == [AT + timedelta(hours=1), AT + timedelta(minutes=90), AT.replace(day=2, hour=0, minute=0)]


def test_the_key_is_in_the_credentials_only(klout):
    """The adapter hands its key to the transport; no request holds it."""
    assert klout.credentials == {"key": "s3cr3t"}
    assert "s3cr3t" not in repr(klout.requests([PIRELLI, CONTI], {}))
    assert not KloutV2(settings_with(key=None)).credentials
