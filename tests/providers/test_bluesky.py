"""Bluesky. The bodies are documented ones, after the lexicon app.bsky.actor.defs; none was recorded."""

from datetime import UTC, datetime, timedelta

import pytest
from provider_replies import AT, reasons_of, reply_with, request_for, settings_with, values_of

from renown.claims import AbsenceReason, Account
from renown.errors import InvalidReply, RateLimited, Unreachable
from renown.providers.bluesky import Bluesky

ALICE, BOB = Account("bluesky", "Alice.example"), Account("bluesky", "bob.bsky.social")
PROFILE = {
    "did": "did:plc:z72i7hdynmk6r22z27h6tvur",
    "handle": "alice.example",
    "displayName": "Alice",
    "description": "Writes about tyres.",
    "avatar": "https://cdn.example/avatar.jpg",
    "followersCount": 1200,
    "followsCount": 34,
    "postsCount": 567,
    "associated": {"lists": 3, "feedgens": 0, "starterPacks": 1, "labeler": False},
    "indexedAt": "2026-02-01T10:00:00.000Z",
    "createdAt": "2023-04-24T07:00:00.000Z",
    "labels": [],
}
BOBS = {"did": "did:plc:bob", "handle": "bob.bsky.social", "followersCount": 0}
NOT_FOUND = {"error": "InvalidRequest", "message": "Profile not found"}


def label(value, **given):
    """One label as the lexicon com.atproto.label.defs has it."""
    return {"src": PROFILE["did"], "uri": "at://x", "val": value, "cts": "2026-01-01T00:00:00.000Z", **given}


@pytest.fixture
def bluesky():
    """The adapter."""
    return Bluesky(settings_with())


def read_one(bluesky, body, status=200, **headers):
    """What a reply to `getProfile` about Alice says."""
    return bluesky.read(request_for("profile", ALICE, params={"actor": "x"}), reply_with(body, status, **headers))


def read_two(bluesky, *profiles):
    """What a reply to `getProfiles` about Alice and Bob says."""
    return bluesky.read(
        request_for("profiles", ALICE, BOB, params={"actors": ["x"]}), reply_with({"profiles": profiles})
    )


def test_one_account_is_asked_for_by_itself_and_several_together(bluesky):
    """One goes by getProfile, up to 25 by getProfiles with one `actors` each; no key is sent."""
    (one,) = bluesky.requests([ALICE], {})
    (two,) = bluesky.requests([ALICE, BOB], {})
    assert (one.path, one.params) == ("/xrpc/app.bsky.actor.getProfile", {"actor": "Alice.example"})
    assert (two.path, two.params) == (
        "/xrpc/app.bsky.actor.getProfiles",
        {"actors": ["Alice.example", "bob.bsky.social"]},
    )
    assert bluesky.declaration.batch == 25
    assert not bluesky.credentials


def test_a_profile_becomes_facts(bluesky):
    """Name, description, three counts and the DID; on how many lists somebody stands Bluesky does not say."""
    assert values_of(read_one(bluesky, PROFILE)) == {
        "name": "Alice",
        "description": "Writes about tyres.",
        "followers": 1200,
        "following": 34,
        "posts": 567,
        "bluesky.id": "did:plc:z72i7hdynmk6r22z27h6tvur",
    }


def test_facts_are_deleted_unless_they_are_asked_for_again(bluesky):
    """Every claim is fresh for a day and kept for thirty, so that who hides later is forgotten."""
    provenances = {claim.provenance for claim in read_one(bluesky, PROFILE).claims}
    assert {(p.fresh_until - AT, p.keep_until - AT) for p in provenances} == {(timedelta(days=1), timedelta(days=30))}


def test_what_a_profile_does_not_say_is_not_claimed(bluesky):
    """Counts and texts are optional; a missing one is no zero, and a zero is kept."""
    reading = read_two(bluesky, {"did": "did:plc:a", "handle": "alice.example", "displayName": " "}, BOBS)
    said = {claim.subject: {} for claim in reading.claims}
    for claim in reading.claims:
        said[claim.subject][claim.field] = claim.value
    assert said == {
        "bluesky:alice.example": {"bluesky.id": "did:plc:a"},
        "bluesky:bob.bsky.social": {"bluesky.id": "did:plc:bob", "followers": 0},
    }


def test_profiles_come_in_any_order_and_name_nobody_else(bluesky):
    """Rows are matched by handle, and the source of each claim names its own account only."""
    reading = read_two(bluesky, BOBS, PROFILE)
    sources = {claim.subject: claim.provenance.source for claim in reading.claims}
    assert sources == {
        "bluesky:alice.example": "http://provider.example/v2/x?actors=Alice.example",
        "bluesky:bob.bsky.social": "http://provider.example/v2/x?actors=bob.bsky.social",
    }


def test_who_is_left_out_is_unknown(bluesky):
    """Of several accounts, those that Bluesky does not know are left out of the reply."""
    reading = read_two(bluesky, PROFILE)
    assert reasons_of(reading) == {"bluesky:bob.bsky.social": AbsenceReason.UNKNOWN_TO_PROVIDER}


def test_an_unknown_profile_is_an_absence(bluesky):
    """A single one is refused with 400 InvalidRequest "Profile not found"."""
    reading = read_one(bluesky, NOT_FOUND, 400)
    assert reasons_of(reading) == {"bluesky:alice.example": AbsenceReason.UNKNOWN_TO_PROVIDER}


@pytest.mark.parametrize("value", ["!no-unauthenticated", "!hide", "!takedown", "!suspend"])
def test_a_hiding_label_masks_all(bluesky, value):
    """Whoever is labelled as not for strangers has no claim at all, alone or among others."""
    hidden = PROFILE | {"labels": [label("nudity"), label(value)]}
    for reading in (read_one(bluesky, hidden), read_two(bluesky, hidden, BOBS)):
        assert reasons_of(reading) == {"bluesky:alice.example": AbsenceReason.MASKED}
        assert "bluesky:alice.example" not in {claim.subject for claim in reading.claims}
    assert "not logged in" in reading.absences[0].message


@pytest.mark.parametrize("labels", [[label("porn")], [label("!no-unauthenticated", neg=True)], [None, 3], "x", None])
def test_other_labels_hide_nothing(bluesky, labels):
    """A label on content, a label taken back and what is no label leave the profile as it is."""
    assert values_of(read_one(bluesky, PROFILE | {"labels": labels}))["followers"] == 1200


@pytest.mark.parametrize("error", ["AccountTakedown", "AccountDeactivated"])
def test_an_account_that_is_gone_is_masked(bluesky, error):
    """Suspended and deactivated accounts exist, and are not shown."""
    reading = read_one(bluesky, {"error": error, "message": "Account has been suspended"}, 400)
    assert reasons_of(reading) == {"bluesky:alice.example": AbsenceReason.MASKED}


def test_a_refused_batch_is_asked_one_by_one(bluesky):
    """One name that getProfiles does not take must not cost the others theirs."""
    request = request_for("profiles", ALICE, BOB, params={"actors": ["x"]})
    reading = bluesky.read(request, reply_with({"error": "InvalidRequest", "message": "actors/0 must be valid"}, 400))
    assert [(each.step, each.params["actor"]) for each in reading.follow] == [
        ("profile", "Alice.example"),
        ("profile", "bob.bsky.social"),
    ]


@pytest.mark.parametrize("body", [PROFILE | {"handle": "mallory.example"}, PROFILE | {"handle": "handle.invalid"}, {}])
def test_somebody_elses_profile_is_refused(bluesky, body):
    """A reply with another handle is an invalid reply, not a claim, alone or among others."""
    assert reasons_of(read_one(bluesky, body)) == {"bluesky:alice.example": AbsenceReason.INVALID_REPLY}
    assert reasons_of(read_two(bluesky, body, BOBS)) == {"bluesky:alice.example": AbsenceReason.INVALID_REPLY}


@pytest.mark.parametrize(
    "change", [{"followersCount": -1}, {"followersCount": 1.5}, {"postsCount": "many"}, {"did": None}, {"did": "plc"}]
)
def test_a_broken_profile_costs_nobody_else_theirs(bluesky, change):
    """A count that is none, or an id that is none, refuses that profile only."""
    reading = read_two(bluesky, PROFILE | change, BOBS)
    assert reasons_of(reading) == {"bluesky:alice.example": AbsenceReason.INVALID_REPLY}
    assert {claim.subject for claim in reading.claims} == {"bluesky:bob.bsky.social"}


def test_over_limit_says_when_to_come_back(bluesky):
    """`RateLimit-Reset` is in seconds since the epoch; `Retry-After` goes before it; else it is a minute."""
    reset = datetime(2026, 3, 1, 12, 34, tzinfo=UTC)
    body, moments = {"error": "RateLimitExceeded", "message": "Rate Limit Exceeded"}, []
    for headers in ({"ratelimit_reset": int(reset.timestamp())}, {"retry_after": 9, "ratelimit_reset": 1}, {}):
        with pytest.raises(RateLimited) as refusal:
            read_one(bluesky, body, 429, **headers)
        moments.append(refusal.value.retry_at)
    assert moments == [reset, AT + timedelta(seconds=9), AT + timedelta(minutes=1)]


@pytest.mark.parametrize(
    ("body", "status", "failure"),
    [
        ({"error": "InvalidRequest", "message": "actor must be a valid handle"}, 400, InvalidReply),
        (b"<html>", 400, InvalidReply),
        ({}, 404, InvalidReply),
        (b"", 502, Unreachable),
        (b"<html>", 200, InvalidReply),
        (b'{"did": "did:', 200, InvalidReply),
    ],
)
def test_every_other_error_is_a_failure(bluesky, body, status, failure):
    """What is no answer about an account is a provider's failure."""
    with pytest.raises(failure):
        read_one(bluesky, body, status)


@pytest.mark.parametrize("body", [{}, [], {"profiles": {}}, {"profiles": None}])
def test_a_batch_without_profiles_is_invalid(bluesky, body):
    """A reply without a list of profiles does not make anybody unknown."""
    with pytest.raises(InvalidReply, match="no profiles"):
        bluesky.read(request_for("profiles", ALICE, BOB, params={"actors": ["x"]}), reply_with(body))
