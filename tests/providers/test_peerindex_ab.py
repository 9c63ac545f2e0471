"""PeerIndex's first two generations as recorded in September 2011 and in their clients' samples."""

from datetime import UTC, datetime, timedelta

import pytest
from provider_replies import AT, PIRELLI, reasons_of, reply_with, settings_with, values_of

from renown.claims import AbsenceReason, Account
from renown.errors import InvalidReply, KeyRefused, QuotaExhausted, RateLimited, Unreachable
from renown.providers.peerindex_ab import PeerIndexA, PeerIndexB

# As it came over the wire, slashes escaped.
PROFILE_A = (
    rb'{"name":"Pirelli UK","twitter":"pirelliuk","slug":"pirelli-uk","known":1,"authority":40,"activity":46,'
    rb'"audience":46,"peerindex":41,"realness":62,"url":"http:\/\/pi.mu\/4",'
    rb'"topics":["entrepreneurship","peer influence","product management","london","seedcamp"]}'
)
PROFILE_B = {"activity": 24, "audience": 45, "authority": 23, "peerindex": 28, "known": 1, "twitter": "PirelliUK"}
NOT_FOUND_PAGE = b"<!DOCTYPE html>\n<html><head><title>404</title></head><body>Not found</body></html>"
GENERATIONS = pytest.mark.parametrize("generation", [PeerIndexA, PeerIndexB])


def read(generation, reply, account=PIRELLI):
    """What one generation reads in a reply about one account."""
    peerindex = generation(settings_with())
    (request,) = peerindex.requests([account], {})
    return peerindex.read(request, reply)


def test_a_asks_by_name_without_at():
    """One call a voice; a leading @ would be an unknown person."""
    (request,) = PeerIndexA(settings_with()).requests([Account("twitter", "@PirelliUK")], {})
    assert (request.path, request.params) == ("/profile/show.json", {"id": "PirelliUK"})


def test_b_asks_by_number_where_it_is_held():
    """A name, or Twitter's number with the parameter that says so."""
    peerindex = PeerIndexB(settings_with())
    by_name, by_number = peerindex.requests([PIRELLI, Account("twitter", "PirelliUK", id="18770991")], {})
    assert (by_name.path, by_name.params) == ("/profile/profile.json", {"id": "PirelliUK"})
    assert by_number.params == {"id": "18770991", "identity": "twitter_id"}


def test_a_gives_scores_name_and_topics():
    """Topics have no strength: each counts as 1. `realness`, whose scale is not on record, is not kept."""
    assert values_of(read(PeerIndexA, reply_with(PROFILE_A))) == {
        "peerindex.peerindex": 41,
        "peerindex.authority": 40,
        "peerindex.activity": 46,
        "peerindex.audience": 46,
        "name": "Pirelli UK",
        "topic/entrepreneurship": 1.0,
        "topic/peer-influence": 1.0,
        "topic/product-management": 1.0,
        "topic/london": 1.0,
        "topic/seedcamp": 1.0,
    }


def test_b_gives_scores():
    """The same provider by another adapter."""
    reading = read(PeerIndexB, reply_with(PROFILE_B))
    assert values_of(reading) == {
        "peerindex.peerindex": 28,
        "peerindex.authority": 23,
        "peerindex.activity": 24,
        "peerindex.audience": 45,
    }
    assert {(claim.provenance.provider, claim.provenance.adapter) for claim in reading.claims} == {
        ("peerindex", "peerindex-b@1")
    }


@GENERATIONS
def test_one_call_a_second_is_declared(generation):
    """Its clients kept to one call a second; the rest of the declaration is every generation's."""
    assert generation.declaration.pace == 1.0
    assert generation.declaration.slug == "peerindex"


@GENERATIONS
def test_no_index_is_no_score_but_the_rest_is_kept(generation):
    """Some profiles came without `peerindex`."""
    body = {key: value for key, value in PROFILE_B.items() if key != "peerindex"}
    reading = read(generation, reply_with(body))
    assert reasons_of(reading) == {PIRELLI.key: AbsenceReason.NO_SCORE_YET}
    assert values_of(reading)["peerindex.authority"] == 23


@GENERATIONS
@pytest.mark.parametrize(
    "reply", [reply_with(b"[]", 404), reply_with(b"", 404), reply_with([]), reply_with({**PROFILE_B, "known": 0})]
)
def test_an_unknown_person_is_an_absence(generation, reply):
    """Recorded: 404 with an empty list. An empty success, and a profile that is not known, say the same."""
    reading = read(generation, reply)
    assert reasons_of(reading) == {PIRELLI.key: AbsenceReason.UNKNOWN_TO_PROVIDER}
    assert not reading.claims


@GENERATIONS
@pytest.mark.parametrize(
    ("reply", "failure"),
    [
        (reply_with({"error": "Invalid API key"}, 400), KeyRefused),
        (reply_with({"error": "Missing parameter: api_key"}, 400), KeyRefused),
        (reply_with({"error": "Bad luck"}, 400), InvalidReply),
        (reply_with(b"", 400), InvalidReply),
        (reply_with({"error": "Rate limit exceeded"}, 403), QuotaExhausted),
        (reply_with(b"", 429), RateLimited),
        (reply_with(b"", 503), Unreachable),
        (reply_with(NOT_FOUND_PAGE, content_type="text/html"), InvalidReply),
        (reply_with({"error": "Invalid API key"}), InvalidReply),
        (reply_with({**PROFILE_B, "peerindex": 101}), InvalidReply),
        (reply_with({**PROFILE_B, "peerindex": "best"}), InvalidReply),
        (reply_with({**PROFILE_B, "twitter": "contiuk"}), InvalidReply),
        (reply_with({"peerindex": 28}), InvalidReply),
        (reply_with(["peerindex", 28]), InvalidReply),
        (reply_with(28), InvalidReply),
    ],
)
def test_errors_have_their_failures(generation, reply, failure):
    """A bad key is a 400 in JSON, the used-up quota a 403; a page with 200, or another person, is no profile."""
    with pytest.raises(failure) as caught:
        read(generation, reply)
    assert type(caught.value) is failure


@GENERATIONS
def test_over_quota_says_when_the_day_ends(generation):
    """`X-RateLimit-Reset` is honoured, though it was 23:00 UTC and not midnight; without it midnight UTC is taken."""
    reset = int(datetime(2026, 3, 1, 23, tzinfo=UTC).timestamp())
    moments = []
    for headers in ({"x_ratelimit_reset": reset}, {}):
        with pytest.raises(QuotaExhausted) as caught:
            read(generation, reply_with({"error": "Rate limit exceeded"}, 403, **headers))
        moments.append(caught.value.retry_at)
    assert moments == [AT.replace(hour=23, minute=0), AT.replace(day=2, hour=0, minute=0)]
    assert moments[0] + timedelta(hours=1) == moments[1]


def test_asked_by_number_another_name_is_the_same_person():
    """Somebody may have changed their name since; asked for by name, another name is another person."""
    body = reply_with({**PROFILE_B, "twitter": "pirelli_tyres"})
    reading = read(PeerIndexB, body, Account("twitter", "PirelliUK", id="18770991"))
    assert values_of(reading)["peerindex.peerindex"] == 28
    with pytest.raises(InvalidReply):
        read(PeerIndexB, body)


def test_the_key_is_in_the_credentials_only():
    """The adapter hands its key to the transport; no request holds it."""
    peerindex = PeerIndexA(settings_with())
    assert peerindex.credentials == {"api_key": "s3cr3t"}
    assert "s3cr3t" not in repr(peerindex.requests([PIRELLI], {}))
    assert not PeerIndexA(settings_with(key=None)).credentials
