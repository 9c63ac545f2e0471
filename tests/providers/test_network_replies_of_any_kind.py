"""Whatever a living network sends, its adapter reads it or fails as a provider does."""

import copy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from provider_replies import AT, reply_with, request_for, settings_with
from test_bluesky import ALICE, BOB, BOBS, label
from test_bluesky import PROFILE as BLUESKY
from test_github import OCTOCAT, PRIMARY, USER
from test_mastodon import LOCAL
from test_mastodon import PROFILE as MASTODON
from test_youtube import DEVELOPERS, listing, refusal

from renown.errors import ProviderFailure
from renown.providers import Reading, Reply
from renown.providers.bluesky import Bluesky
from renown.providers.github import GitHub
from renown.providers.mastodon import Mastodon
from renown.providers.youtube import YouTube

DOCUMENTED = {
    "bluesky-one": (Bluesky, "profile", (ALICE,), BLUESKY | {"labels": [label("!hide")]}),
    "bluesky-many": (Bluesky, "profiles", (ALICE, BOB), {"profiles": [BLUESKY, BOBS]}),
    "bluesky-error": (Bluesky, "profile", (ALICE,), {"error": "InvalidRequest", "message": "Profile not found"}),
    "mastodon": (Mastodon, "lookup", (LOCAL,), MASTODON),
    "github": (GitHub, "user", (OCTOCAT,), USER),
    "github-error": (GitHub, "user", (OCTOCAT,), PRIMARY),
    "youtube": (YouTube, "channel", (DEVELOPERS,), listing()),
    "youtube-error": (YouTube, "channel", (DEVELOPERS,), refusal("quotaExceeded", details=[{"reason": "x"}])),
}
RATE_HEADERS = ["retry-after", "ratelimit-reset", "x-ratelimit-remaining", "x-ratelimit-reset", "content-type"]

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30) | st.sampled_from(["1", "<p>", "@"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
headers = st.dictionaries(
    st.sampled_from(RATE_HEADERS), st.text(max_size=20) | st.integers().map(str) | st.just("0"), max_size=4
)
statuses = st.sampled_from([200, 200, 200, 304, 400, 401, 403, 404, 410, 429, 503])


def places(tree, path=()):
    """Every place in a tree, as the keys that lead there."""
    pairs = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    return [path, *(place for key, child in pairs for place in places(child, (*path, key)))]


def changed(tree, place, value):
    """The tree with something else at one place."""
    if not place:
        return value
    tree, (*way, last) = copy.deepcopy(tree), place
    parent = tree
    for key in way:
        parent = parent[key]
    parent[last] = value
    return tree


def bodies(documented):
    """Mostly the documented body with one or two places changed; now and then any bytes."""
    once = st.builds(changed, st.just(documented), st.sampled_from(places(documented)), anything)
    twice = once.flatmap(lambda tree: st.builds(changed, st.just(tree), st.sampled_from(places(tree)), anything))
    return (once | twice).map(lambda tree: reply_with(tree).body) | st.binary(max_size=200)


def brought_by(adapter, request, reply):
    """What one adapter makes of a reply."""
    try:
        return adapter(settings_with()).read(request, reply)
    except ProviderFailure as failure:
        return failure


@pytest.mark.parametrize("case", DOCUMENTED.values(), ids=DOCUMENTED)
@settings(max_examples=80, deadline=None)
@given(data=st.data(), status=statuses, headers=headers)
def test_any_reply_gives_a_reading_or_a_provider_failure(case, data, status, headers):
    """No body, status or header makes `read` raise anything else; claims are whole and only of who was asked about."""
    adapter, step, accounts, documented = case
    body = data.draw(bodies(documented))
    reply = Reply(status=status, headers=headers, body=body, url="http://x.example/", received_at=AT)
    request = request_for(step, *accounts, params={"actors": ["x"]})
    reading = brought_by(adapter, request, reply)
    if isinstance(reading, ProviderFailure):
        assert reading.retry_at is None or reading.retry_at >= AT
        return
    assert isinstance(reading, Reading)
    asked = {account.key for account in accounts}
    assert {claim.subject for claim in reading.claims} <= asked
    assert {absence.subject for absence in reading.absences} <= asked
    assert all(len(claim.id) == 32 for claim in reading.claims)
    assert all(claim.value >= 0 for claim in reading.claims if not isinstance(claim.value, str))
    assert not {c.subject for c in reading.claims} & {absence.subject for absence in reading.absences}
