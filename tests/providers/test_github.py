"""GitHub. The bodies are documented ones, after "Get a user" of the REST API; none was recorded."""

from datetime import UTC, datetime, timedelta

import pytest
from provider_replies import AT, reasons_of, reply_with, request_for, settings_with, values_of

from renown.claims import AbsenceReason, Account
from renown.errors import InvalidReply, KeyRefused, QuotaExhausted, RateLimited, Unreachable
from renown.providers.github import GitHub

OCTOCAT = Account("github", "OctoCat")
USER = {
    "login": "octocat",
    "id": 1,
    "node_id": "MDQ6VXNlcjE=",
    "html_url": "https://github.com/octocat",
    "type": "User",
    "site_admin": False,
    "name": "monalisa octocat",
    "company": "GitHub",
    "blog": "https://github.com/blog",
    "location": "San Francisco",
    "email": "octocat@github.com",
    "hireable": False,
    "bio": "There once was...",
    "public_repos": 2,
    "public_gists": 1,
    "followers": 20,
    "following": 0,
    "created_at": "2008-01-14T04:33:35Z",
    "updated_at": "2008-01-14T04:33:35Z",
}
NOT_FOUND = {"message": "Not Found", "documentation_url": "https://docs.github.com/rest", "status": "404"}
PRIMARY = {"message": "API rate limit exceeded for 192.0.2.1.", "documentation_url": "https://docs.github.com/rest"}
SECONDARY = {"message": "You have exceeded a secondary rate limit. Please wait a few minutes before you try again."}
RESET = datetime(2026, 3, 1, 13, tzinfo=UTC)


@pytest.fixture
def github():
    """The adapter."""
    return GitHub(settings_with())


def read(github, body, status=200, **headers):
    """What a reply about the Octocat says."""
    return github.read(request_for("user", OCTOCAT), reply_with(body, status, **headers))


def test_each_account_is_asked_for_by_name(github):
    """One call a name, also an app's, and no name leaves the path; no key is sent."""
    paths = [
        request.path for request in github.requests([OCTOCAT, *(Account("github", h) for h in ("a[bot]", "../x"))], {})
    ]
    assert paths == ["/users/OctoCat", "/users/a%5Bbot%5D", "/users/..%2Fx"]
    assert not github.credentials


def test_a_user_becomes_facts(github):
    """Name, bio, the place as written, two counts and the id; no address, no country, no kind."""
    assert values_of(read(github, USER)) == {
        "name": "monalisa octocat",
        "description": "There once was...",
        "place": "San Francisco",
        "followers": 20,
        "following": 0,
        "github.id": "1",
    }


@pytest.mark.parametrize(
    ("type_", "kind"), [("Organization", "ORGANISATION"), ("Bot", "AUTOMATED"), ("User", None), (["x"], None)]
)
def test_the_kind_is_what_github_says(github, type_, kind):
    """An organisation and an app are named as such; a user may be anybody."""
    assert values_of(read(github, USER | {"type": type_})).get("kind") == kind


def test_what_is_null_is_not_claimed(github):
    """Name, bio and location may be null."""
    user = USER | {"name": None, "bio": None, "location": None}
    assert values_of(read(github, user)) == {"followers": 20, "following": 0, "github.id": "1"}


def test_an_unknown_user_is_an_absence(github):
    """404 "Not Found" means that nobody has the name."""
    assert reasons_of(read(github, NOT_FOUND, 404)) == {"github:octocat": AbsenceReason.UNKNOWN_TO_PROVIDER}


@pytest.mark.parametrize("login", ["mallory", None, 1, ""])
def test_somebody_elses_profile_is_refused(github, login):
    """Who was renamed, and what names nobody, is an invalid reply."""
    with pytest.raises(InvalidReply, match="not about them"):
        read(github, USER | {"login": login})


@pytest.mark.parametrize("change", [{"id": None}, {"id": True}, {"followers": -1}, {"following": "lots"}])
def test_a_broken_profile_is_refused(github, change):
    """A count or an id that is none makes the reply invalid."""
    with pytest.raises(InvalidReply):
        read(github, USER | change)


@pytest.mark.parametrize("status", [403, 429])
def test_an_hour_that_is_used_up_ends_at_the_reset(github, status):
    """With nothing remaining it is the hour's allowance, until the moment of `X-RateLimit-Reset`."""
    headers = {"x_ratelimit_limit": 60, "x_ratelimit_remaining": 0, "x_ratelimit_reset": int(RESET.timestamp())}
    with pytest.raises(QuotaExhausted) as refusal:
        read(github, PRIMARY, status, **headers)
    assert refusal.value.retry_at == RESET


@pytest.mark.parametrize(
    ("status", "headers", "wait"),
    [
        (403, {"retry_after": 30, "x_ratelimit_remaining": 14}, 30),
        (403, {"x_ratelimit_remaining": 14, "x_ratelimit_reset": int(RESET.timestamp())}, 60),
        (429, {}, 60),
    ],
)
def test_a_secondary_limit_is_a_matter_of_pace(github, status, headers, wait):
    """`Retry-After` is obeyed; without one it is a minute, and the hour's reset means nothing."""
    with pytest.raises(RateLimited) as refusal:
        read(github, SECONDARY, status, **headers)
    assert refusal.value.retry_at == AT + timedelta(seconds=wait)


@pytest.mark.parametrize(
    ("body", "status", "failure"),
    [
        ({"message": "Bad credentials"}, 401, KeyRefused),
        (b"Request forbidden by administrative rules.", 403, InvalidReply),
        ({"message": "Moved"}, 404, InvalidReply),
        (b"<html>not here</html>", 404, InvalidReply),
        (b"", 304, InvalidReply),
        (b"", 503, Unreachable),
        (b"<html>", 200, InvalidReply),
        ([USER], 200, InvalidReply),
    ],
)
def test_every_other_error_is_a_failure(github, body, status, failure):
    """What does not come from the API says nothing about an account."""
    with pytest.raises(failure):
        read(github, body, status)
