"""Mastodon. The bodies are documented ones, after the Account entity; none was recorded."""

from datetime import UTC, datetime, timedelta

import pytest
from provider_replies import AT, reasons_of, reply_with, request_for, settings_with, values_of

from renown.claims import AbsenceReason, Account
from renown.errors import InvalidReply, NotConfigured, RateLimited, Unreachable
from renown.providers.mastodon import Mastodon

LOCAL, REMOTE = Account("mastodon", "Alice@social.example"), Account("mastodon", "bob@elsewhere.example")
PROFILE = {
    "id": "23634",
    "username": "alice",
    "acct": "alice",
    "display_name": "Alice :verified:",
    "locked": False,
    "bot": False,
    "discoverable": True,
    "noindex": False,
    "group": False,
    "created_at": "2017-02-08T00:00:00.000Z",
    "note": '<p>Tyres &amp; <a href="https://social.example/tags/cars">#<span>cars</span></a>.</p>'
    '<p>At <span class="invisible">https://</span><span>alice.example</span><br />daily</p>',
    "url": "https://social.example/@alice",
    "followers_count": 547,
    "following_count": 404,
    "statuses_count": 28468,
    "last_status_at": "2026-02-28",
    "emojis": [],
    "fields": [{"name": "Pronouns", "value": "they/them", "verified_at": None}],
}
BOBS = PROFILE | {"username": "bob", "acct": "bob@elsewhere.example", "url": "https://elsewhere.example/@bob"}


@pytest.fixture
def mastodon():
    """The adapter."""
    return Mastodon(settings_with())


def read(mastodon, body, status=200, account=LOCAL, **headers):
    """What a reply to a look-up says."""
    return mastodon.read(request_for("lookup", account), reply_with(body, status, **headers))


def test_each_account_is_looked_up_by_user_and_host(mastodon):
    """One look-up an account, with the host, whatever instance is asked; no key is sent."""
    requests = mastodon.requests([LOCAL, REMOTE], {})
    assert [(each.path, each.params) for each in requests] == [
        ("/api/v1/accounts/lookup", {"acct": "Alice@social.example"}),
        ("/api/v1/accounts/lookup", {"acct": "bob@elsewhere.example"}),
    ]
    assert not mastodon.credentials


def test_a_profile_becomes_facts(mastodon):
    """Name, the note as plain text, three counts and the instance's id; a person's kind is not guessed."""
    assert values_of(read(mastodon, PROFILE)) == {
        "name": "Alice :verified:",
        "description": "Tyres & #cars.\nAt https://alice.example\ndaily",
        "followers": 547,
        "following": 404,
        "posts": 28468,
        "mastodon.id": "23634",
    }


def test_an_account_elsewhere_is_known_by_its_address(mastodon):
    """The configured instance answers about accounts of other hosts, and names their host."""
    assert values_of(read(mastodon, BOBS, account=REMOTE))["followers"] == 547


@pytest.mark.parametrize("flag", ["bot", "group"])
def test_a_bot_and_a_group_are_automated(mastodon, flag):
    """What posts by itself is of the kind AUTOMATED."""
    assert values_of(read(mastodon, PROFILE | {flag: True}))["kind"] == "AUTOMATED"


@pytest.mark.parametrize(
    ("flag", "words"),
    [
        ({"discoverable": False}, "not to be found"),
        ({"noindex": True}, "not to be indexed"),
        ({"suspended": True}, "suspended"),
        ({"limited": True}, "behind a warning"),
        ({"noindex": True, "bot": True}, "not to be indexed"),
    ],
)
def test_who_is_not_to_be_shown_is_masked(mastodon, flag, words):
    """Nothing at all is claimed of them, and the absence says why in plain words."""
    reading = read(mastodon, PROFILE | flag)
    assert reading.claims == ()
    assert reasons_of(reading) == {"mastodon:alice@social.example": AbsenceReason.MASKED}
    assert words in reading.absences[0].message


@pytest.mark.parametrize("unsaid", [{"discoverable": None, "noindex": None}, {"limited": False, "suspended": False}])
def test_who_has_not_said_anything_is_shown(mastodon, unsaid):
    """Null is no wish: only a flag that is set hides."""
    assert values_of(read(mastodon, PROFILE | unsaid))["followers"] == 547


def test_an_account_nobody_wrote_about_has_only_what_it_has(mastodon):
    """Empty texts and missing counts make no claim."""
    bare = {"id": "1", "acct": "alice", "url": "https://social.example/@alice", "display_name": "", "note": "<p></p>"}
    assert values_of(read(mastodon, bare)) == {"mastodon.id": "1"}


def test_an_unknown_account_is_unknown_to_that_instance(mastodon):
    """404 "Record not found" (410 when it was deleted): the instance has never met the account."""
    for status in (404, 410):
        reading = read(mastodon, {"error": "Record not found"}, status)
        assert reasons_of(reading) == {"mastodon:alice@social.example": AbsenceReason.UNKNOWN_TO_PROVIDER}
        assert "instance that was asked" in reading.absences[0].message


@pytest.mark.parametrize(
    "change",
    [
        {"acct": "mallory"},
        {"acct": "alice@elsewhere.example"},
        {"url": "https://elsewhere.example/@alice"},
        {"url": "https://[social.example/@alice"},
        {"url": None},
        {"acct": None},
    ],
)
def test_somebody_elses_profile_is_refused(mastodon, change):
    """Another user, the same user of another host, or nobody in particular: an invalid reply."""
    with pytest.raises(InvalidReply, match="not about them"):
        read(mastodon, PROFILE | change)


@pytest.mark.parametrize("change", [{"id": None}, {"followers_count": -1}, {"statuses_count": 0.5}])
def test_a_broken_profile_is_refused(mastodon, change):
    """A count or an id that is none makes the reply invalid."""
    with pytest.raises(InvalidReply):
        read(mastodon, PROFILE | change)


def test_over_limit_says_when_to_come_back(mastodon):
    """`X-RateLimit-Reset` is an ISO 8601 moment; one that is none means a minute."""
    moments = []
    for named in ("2026-03-01T12:35:00.000000Z", "soon", "99999999999999999999", "2199-01-01T00:00:00Z"):
        with pytest.raises(RateLimited) as refusal:
            read(mastodon, {"error": "Too many requests"}, 429, x_ratelimit_reset=named)
        moments.append(refusal.value.retry_at)
    minute = AT + timedelta(minutes=1)
    assert moments == [datetime(2026, 3, 1, 12, 35, tzinfo=UTC), minute, minute, AT + timedelta(days=7)]


@pytest.mark.parametrize("status", [401, 403])
def test_an_instance_that_wants_a_login_is_named_as_the_trouble(mastodon, status):
    """Which instance to ask is a setting, and the failure says which."""
    with pytest.raises(NotConfigured, match="RENOWN_PROVIDERS__MASTODON__BASE_URL"):
        read(mastodon, {"error": "This method requires an authenticated user"}, status)


@pytest.mark.parametrize(
    ("body", "status", "failure"),
    [
        (b"<html>not here</html>", 404, InvalidReply),
        ({"error": "Validation failed"}, 422, InvalidReply),
        (b"", 503, Unreachable),
        (b"<html>", 200, InvalidReply),
        ([], 200, InvalidReply),
    ],
)
def test_every_other_error_is_a_failure(mastodon, body, status, failure):
    """What does not come from the API says nothing about an account."""
    with pytest.raises(failure):
        read(mastodon, body, status)


def test_a_note_of_nothing_but_brackets_is_read(mastodon):
    """What looks like a tag and ends nowhere stays as it is."""
    note = "<" * 200_000
    assert values_of(read(mastodon, PROFILE | {"note": note}))["description"] == note
