"""Whatever comes over the wire, an adapter reads it or fails as a provider does."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from provider_replies import AT, CONTI, PIRELLI, reply_with, request_for, settings_with

from renown.errors import ProviderFailure
from renown.providers import Reading, Reply
from renown.providers.klout_v1 import KloutV1
from renown.providers.klout_v2 import KloutV2
from renown.providers.kred import Kred
from renown.providers.peerindex_ab import PeerIndexA, PeerIndexB
from renown.providers.peerindex_c import PeerIndexC

STEPS = [(KloutV2, step) for step in ("identity", "score", "topics")]
STEPS += [(Kred, "kredscore")] + [(PeerIndexC, step) for step in ("extended", "topic")]
STEPS += [(KloutV1, "show"), (KloutV1, "topics"), (PeerIndexA, "profile"), (PeerIndexB, "profile")]
KEYS = ["id", "network", "score", "scoreDelta", "dayChange", "displayName", "data", "name", "influence", "outreach"]
KEYS += ["status", "peerindex", "demographics", "location", "country_code", "benchmark_topics", "topic_score"]
KEYS += ["users", "twitter_screen_name", "twitter_id", "kscore", "slope", "body", "error", "topics", "known", "twitter"]
WORDS = ["complete", "ks", "1", "PirelliUK", "contiuk", "No users", 200, 50]

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(WORDS),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=6),
    max_leaves=20,
)
bodies = st.binary(max_size=200) | json_values.map(lambda value: reply_with(value).body)
headers = st.dictionaries(
    st.sampled_from(["retry-after", "x-mashery-error-code", "x-ratelimit-reset", "content-type"]),
    st.text(max_size=40),
    max_size=3,
)


def reading_or_failure(adapter, step, reply):
    """What one adapter makes of a reply."""
    try:
        return adapter(settings_with()).read(request_for(step, PIRELLI, CONTI), reply)
    except ProviderFailure as failure:
        return failure


@pytest.mark.parametrize(("adapter", "step"), STEPS)
@settings(max_examples=60, deadline=None)
@given(body=bodies, status=st.sampled_from([200, 202, 204, 400, 403, 404, 429, 503, 596]), headers=headers)
def test_any_reply_gives_a_reading_or_a_provider_failure(adapter, step, body, status, headers):
    """No body, status or header makes `read` raise anything but a provider's failure, and every claim has an id."""
    reply = Reply(status=status, headers=headers, body=body, url="http://provider.example/", received_at=AT)
    brought = reading_or_failure(adapter, step, reply)
    assert isinstance(brought, Reading | ProviderFailure)
    if isinstance(brought, Reading):
        assert all(len(claim.id) == 32 for claim in brought.claims)
