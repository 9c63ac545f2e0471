"""YouTube. The bodies are documented ones, after `channels.list` of the Data API v3; none was recorded."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from provider_replies import AT, reasons_of, reply_with, request_for, settings_with, values_of

from renown.claims import AbsenceReason, Account
from renown.errors import InvalidReply, KeyRefused, QuotaExhausted, RateLimited, Unreachable
from renown.providers.youtube import YouTube

DEVELOPERS = Account("youtube", "GoogleDevelopers")
CHANNEL = {
    "kind": "youtube#channel",
    "etag": "etag",
    "id": "UC_x5XG1OV2P6uZZ5FSM9Ttw",
    "snippet": {
        "title": "Google for Developers",
        "description": "Talks and demos.",
        "customUrl": "@googledevelopers",
        "publishedAt": "2007-08-23T00:34:43Z",
        "thumbnails": {"default": {"url": "https://img.example/s88.jpg", "width": 88, "height": 88}},
        "localized": {"title": "Google for Developers", "description": "Talks and demos."},
        "country": "US",
    },
    "statistics": {
        "viewCount": "285000000",
        "subscriberCount": "2450000",
        "hiddenSubscriberCount": False,
        "videoCount": "5800",
    },
}
UNKNOWN = {
    "kind": "youtube#channelListResponse",
    "etag": "etag",
    "pageInfo": {"totalResults": 0, "resultsPerPage": 5},
}


def listing(**change):
    """A reply with one channel, some parts of it changed."""
    return UNKNOWN | {"pageInfo": {"totalResults": 1, "resultsPerPage": 5}, "items": [CHANNEL | change]}


def refusal(reason, code=403, **more):
    """An error body with one reason."""
    return {"error": {"code": code, "message": "no", "errors": [{"message": "no", "reason": reason}], **more}}


@pytest.fixture
def youtube():
    """The adapter, with a key."""
    return YouTube(settings_with())


def read(youtube, body, status=200, **headers):
    """What a reply about the developers' channel says."""
    return youtube.read(request_for("channel", DEVELOPERS), reply_with(body, status, **headers))


def test_each_channel_is_asked_for_by_handle(youtube):
    """One call a handle, of the two parts that are read; the key goes by the transport."""
    (request,) = youtube.requests([DEVELOPERS], {})
    assert request.path == "/channels"
    assert request.params == {"part": "snippet,statistics", "forHandle": "@GoogleDevelopers"}
    assert youtube.credentials == {"key": "s3cr3t"}
    assert not YouTube(settings_with(key=None)).credentials


def test_a_channel_becomes_facts(youtube):
    """Title, description, country, the counts that come as text, and the id."""
    assert values_of(read(youtube, listing())) == {
        "name": "Google for Developers",
        "description": "Talks and demos.",
        "country": "US",
        "followers": 2450000,
        "posts": 5800,
        "youtube.id": "UC_x5XG1OV2P6uZZ5FSM9Ttw",
    }


@pytest.mark.parametrize("count", [{"subscriberCount": "0"}, {}])
def test_hidden_subscribers_are_not_zero(youtube, count):
    """A channel that hides its subscribers has no claim of followers, whatever number stands there."""
    said = values_of(read(youtube, listing(statistics={"hiddenSubscriberCount": True, "videoCount": "7", **count})))
    assert "followers" not in said
    assert said["posts"] == 7


def test_a_channel_without_a_country_claims_none(youtube):
    """The country is optional, and what is no country is none."""
    for country in (None, "XX"):
        snippet = CHANNEL["snippet"] | {"country": country}
        assert "country" not in values_of(read(youtube, listing(snippet=snippet)))


@pytest.mark.parametrize("body", [UNKNOWN, UNKNOWN | {"items": []}])
def test_an_unknown_handle_is_an_absence(youtube, body):
    """A list without items means that nobody has the handle."""
    assert reasons_of(read(youtube, body)) == {"youtube:googledevelopers": AbsenceReason.UNKNOWN_TO_PROVIDER}


@pytest.mark.parametrize("handle", ["@mallory", None, ""])
def test_somebody_elses_channel_is_refused(youtube, handle):
    """A channel of another handle, or of none, is an invalid reply."""
    with pytest.raises(InvalidReply, match="not about them"):
        read(youtube, listing(snippet=CHANNEL["snippet"] | {"customUrl": handle}))


@pytest.mark.parametrize(
    "change", [{"id": None}, {"statistics": {"subscriberCount": "-1"}}, {"statistics": {"videoCount": "1.5"}}]
)
def test_a_broken_channel_is_refused(youtube, change):
    """A count or an id that is none makes the reply invalid."""
    with pytest.raises(InvalidReply):
        read(youtube, listing(**change))


@pytest.mark.parametrize("reason", ["quotaExceeded", "dailyLimitExceeded"])
def test_a_used_up_quota_ends_with_the_day_in_california(youtube, reason):
    """The day of a quota ends at midnight Pacific Time: 8 h UTC, before it today and after it tomorrow."""
    with pytest.raises(QuotaExhausted) as caught:
        read(youtube, refusal(reason), 403)
    assert caught.value.retry_at == datetime(2026, 3, 2, 8, tzinfo=UTC)
    early = replace(reply_with(refusal(reason), 403), received_at=AT.replace(hour=3))
    with pytest.raises(QuotaExhausted) as caught:
        youtube.read(request_for("channel", DEVELOPERS), early)
    assert caught.value.retry_at == datetime(2026, 3, 1, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("body", "status", "wait"),
    [
        (refusal("rateLimitExceeded"), 403, 60),
        (refusal("userRateLimitExceeded"), 403, 60),
        (refusal("rateLimitExceeded", 429, status="RESOURCE_EXHAUSTED"), 429, 20),
    ],
)
def test_too_many_calls_a_minute_are_a_matter_of_pace(youtube, body, status, wait):
    """They are over in a minute, or when `Retry-After` says so."""
    headers = {"retry_after": wait} if wait != 60 else {}
    with pytest.raises(RateLimited) as caught:
        read(youtube, body, status, **headers)
    assert caught.value.retry_at == AT + timedelta(seconds=wait)


@pytest.mark.parametrize(
    ("body", "status", "failure"),
    [
        (refusal("badRequest", 400, details=[{"reason": "API_KEY_INVALID"}]), 400, KeyRefused),
        (refusal("keyInvalid", 400), 400, KeyRefused),
        (refusal("forbidden"), 403, KeyRefused),
        (refusal("accessNotConfigured"), 403, KeyRefused),
        (refusal("missingRequiredParameter", 400), 400, InvalidReply),
        (b"<html>", 400, InvalidReply),
        (b"<html>not here</html>", 404, InvalidReply),
        (b"", 500, Unreachable),
        (b"<html>", 200, InvalidReply),
        ({"kind": "youtube#videoListResponse", "items": []}, 200, InvalidReply),
        ([], 200, InvalidReply),
    ],
)
def test_every_other_error_is_a_failure(youtube, body, status, failure):
    """What says nothing about a channel is a provider's failure."""
    with pytest.raises(failure) as caught:
        read(youtube, body, status)
    assert type(caught.value) is failure
