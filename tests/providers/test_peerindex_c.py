"""PeerIndex's third generation as kept in a dump of April 2013."""

import pytest
from provider_replies import AT, PIRELLI, reasons_of, reply_with, request_for, settings_with, values_of

from renown.claims import AbsenceReason
from renown.errors import InvalidReply, KeyRefused, QuotaExhausted, RateLimited, Unreachable
from renown.providers.peerindex_c import PeerIndexC

EXTENDED = {
    "peerindex": 88,
    "demographics": {
        "location": {"county": "Greater London", "country_code": "GB", "place_name": "London", "latitude": 51.50853}
    },
    "authority": 83,
    "audience": 84,
    "version": "1.1",
    "peerindex_id": "00000000-0000-3000-8000-000000000000",
    "activity": 58,
    "twitter": {"id": "1"},
}
TOPIC = {
    "benchmark_topics": [
        {"name": "News and society", "topic_score": 75, "id": 4420},
        {"name": "Arts, Media and Entertainment", "topic_score": 84, "id": 4202},
        {"name": "Sports", "topic_score": 0, "id": 4244},
    ],
    "version": "1.1",
    "peerindex": 88,
}


@pytest.fixture
def peerindex():
    """The adapter, with a key."""
    return PeerIndexC(settings_with())


def test_scores_and_topics_are_asked_for_at_once(peerindex):
    """Both calls need the screen name only, so neither waits for the other."""
    requests = peerindex.requests([PIRELLI], {})
    assert [request.path for request in requests] == ["/actor/extended", "/actor/topic"]
    assert {request.params["twitter_screen_name"] for request in requests} == {"PirelliUK"}


def test_topics_can_be_switched_off():
    """Without topics a voice costs one call."""
    assert len(PeerIndexC(settings_with(topics=False)).requests([PIRELLI], {})) == 1


def test_scores_place_and_id_are_read(peerindex):
    """One reply gives the index, its parts, where the voice is and PeerIndex's own id."""
    reading = peerindex.read(request_for("extended"), reply_with(EXTENDED))
    assert values_of(reading) == {
        "peerindex.peerindex": 88,
        "peerindex.authority": 83,
        "peerindex.activity": 58,
        "peerindex.audience": 84,
        "country": "GB",
        "place": "London",
        "peerindex.id": "00000000-0000-3000-8000-000000000000",
    }
    assert {claim.provenance.provider for claim in reading.claims} == {"peerindex"}
    assert {claim.provenance.observed_at for claim in reading.claims} == {AT}


@pytest.mark.parametrize(
    "demographics", [None, {}, [], {"location": None}, {"location": {"country_code": "XX", "place_name": " "}}]
)
def test_a_missing_or_odd_place_costs_nothing(peerindex, demographics):
    """A voice without a place, or with one that is none, keeps its score."""
    reading = peerindex.read(request_for("extended"), reply_with({**EXTENDED, "demographics": demographics}))
    assert values_of(reading)["peerindex.peerindex"] == 88
    assert not {"country", "place"} & set(values_of(reading))


def test_topic_strengths_go_from_0_to_1(peerindex):
    """A topic score of 84 is a strength of 0.84; a strength of 0 is a strength."""
    reading = peerindex.read(request_for("topic"), reply_with(TOPIC))
    assert values_of(reading) == {
        "topic/news-and-society": 0.75,
        "topic/arts-media-and-entertainment": 0.84,
        "topic/sports": 0.0,
    }


def test_odd_topics_are_passed_over(peerindex):
    """A topic without a name or off its scale is not one; the optional `topics` list is read as well."""
    body = {
        "benchmark_topics": [{"name": "Sports", "topic_score": 101}, {"topic_score": 5}, None, {"name": "?"}],
        "topics": [{"id": 1, "name": "Tyres", "topic_score": 40}],
    }
    assert values_of(peerindex.read(request_for("topic"), reply_with(body))) == {"topic/tyres": 0.4}


@pytest.mark.parametrize(
    "reply",
    [reply_with(b"[]", 404), reply_with(b"", 404), reply_with(b"<h1>404</h1>", 404), reply_with([]), reply_with({})],
)
def test_an_unknown_person_is_an_absence(peerindex, reply):
    """404 with whatever body, and a success that holds nothing, mean that PeerIndex does not know the account."""
    reading = peerindex.read(request_for("extended"), reply)
    assert reasons_of(reading) == {"twitter:pirelliuk": AbsenceReason.UNKNOWN_TO_PROVIDER}
    assert not peerindex.read(request_for("topic"), reply).absences


def test_no_index_is_no_score_but_the_rest_is_kept(peerindex):
    """A profile may come without `peerindex`: the score is absent, the place is not."""
    body = {key: value for key, value in EXTENDED.items() if key != "peerindex"}
    reading = peerindex.read(request_for("extended"), reply_with(body))
    assert reasons_of(reading) == {"twitter:pirelliuk": AbsenceReason.NO_SCORE_YET}
    assert values_of(reading)["country"] == "GB"


def test_a_queued_person_is_processing(peerindex):
    """One client met 202: accepted, not ready."""
    reading = peerindex.read(request_for("extended"), reply_with(b"", 202))
    assert reasons_of(reading) == {"twitter:pirelliuk": AbsenceReason.PROCESSING}


@pytest.mark.parametrize(
    ("reply", "failure"),
    [
        (reply_with(b"<h1>Developer Inactive</h1>", 403), KeyRefused),
        (reply_with(b"<h1>Developer Inactive</h1>"), KeyRefused),
        (reply_with(b"", 401), KeyRefused),
        (reply_with(b"", 403), QuotaExhausted),
        (reply_with({"error": "Rate limit exceeded"}, 403), QuotaExhausted),
        (reply_with(b"", 403, x_mashery_error_code="ERR_403_DEVELOPER_OVER_QPS"), RateLimited),
        (reply_with(b"", 400), InvalidReply),
        (reply_with(b"", 503), Unreachable),
        (reply_with(b"", 504), Unreachable),
        (reply_with(b"<html>not here</html>"), InvalidReply),
        (reply_with({"peerindex": 101}), InvalidReply),
        (reply_with({"peerindex": "best"}), InvalidReply),
    ],
)
def test_errors_have_their_failures(peerindex, reply, failure):
    """Each documented error, and each body that is none of theirs, becomes one kind of failure."""
    with pytest.raises(failure) as caught:
        peerindex.read(request_for("extended"), reply)
    assert type(caught.value) is failure
