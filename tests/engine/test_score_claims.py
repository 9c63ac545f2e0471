"""What claims the engine's scores become."""

from datetime import UTC, datetime, timedelta

import pytest

from renown.claims import ProvenanceKind
from renown.engine.metrics import METRICS
from renown.engine.score_claims import AccountScore, TopicScore, Window, claims_of, no_longer

START, UNTIL = 1_341_100_800, 1_342_310_400
WINDOW = Window(START, UNTIL - 60, UNTIL, 1_234, "digest of all that goes in")
TOPIC = TopicScore("tyres", 3, 12, ("7", "8", "9"), {"score": 50.0, "low": 40.0, "high": 60.0})
SCORE = AccountScore("twitter:a", {"score": 61.0, "low": 55.1234567, "reach": 12.0}, (TOPIC,))


def test_figures_become_claims_of_the_declared_metrics():
    """Of those that are known; to six places, in the order in which they are declared."""
    claims = claims_of([AccountScore("twitter:a", SCORE.figures)], WINDOW)
    said = [(claim.field, claim.value) for claim in claims]
    assert said == [("renown.score", 61.0), ("renown.low", 55.123457), ("renown.reach", 12.0)]
    assert {metric.field for metric in METRICS} >= {field for field, _ in said}
    for metric in METRICS:
        assert metric.scale.admits(0)


def test_each_says_what_it_was_made_of_and_when():
    """The window's end is when it was said; it is derived, and stale after a week."""
    for claim in claims_of([SCORE], WINDOW):
        provenance = claim.provenance
        assert (provenance.kind, provenance.provider, provenance.adapter) == (
            ProvenanceKind.DERIVED,
            "renown",
            "renown-engine@1",
        )
        assert provenance.observed_at == datetime(2012, 7, 15, tzinfo=UTC)
        assert provenance.fresh_until == provenance.observed_at + timedelta(days=7)
        assert "1,234 interactions from 2012-07-01 to 2012-07-15 00:00 UTC" in provenance.source


def test_a_topic_names_posts_as_evidence():
    """Its strength is the share of the posts; its score stands beside."""
    on_topic = {claim.field: claim for claim in claims_of([SCORE], WINDOW) if "tyres" in claim.field}
    assert {field: claim.value for field, claim in on_topic.items()} == {
        "topic/tyres": 0.25,
        "renown.score/tyres": 50.0,
        "renown.low/tyres": 40.0,
        "renown.high/tyres": 60.0,
    }
    assert on_topic["topic/tyres"].provenance.source.endswith("3 of 12 posts speak on it, such as 7, 8, 9")


@pytest.mark.parametrize(
    ("other", "window"),
    [
        (SCORE, Window(START, UNTIL - 60, UNTIL, 1_234, "another")),
        (AccountScore("twitter:a", {**SCORE.figures, "score": 61.5}, (TOPIC,)), WINDOW),
    ],
)
def test_the_same_again_are_the_same_claims_and_others_are_not(other, window):
    """Whatever else goes in, or comes out of it for the account, makes other claims of all."""
    ids = {claim.id for claim in claims_of([SCORE], WINDOW)}
    assert {claim.id for claim in claims_of([SCORE], WINDOW)} == ids
    assert not {claim.id for claim in claims_of([other], window)} & ids


def test_a_topic_of_before_is_taken_back_once():
    """By a strength of 0; what others said stays, and so does what still holds."""
    held = claims_of([SCORE], WINDOW)
    later = Window(START, UNTIL, UNTIL + 3600, 1_300, "later")
    (gone,) = no_longer(held, claims_of([AccountScore("twitter:a", SCORE.figures)], later), later)
    assert (gone.subject, gone.field, gone.value) == ("twitter:a", "topic/tyres", 0.0)
    assert no_longer(held, claims_of([SCORE], later), later) == []
    assert no_longer([gone], [], later) == []


def test_an_earlier_window_takes_nothing_back():
    """What was found later stands."""
    earlier = Window(START, START + 1, START + 60, 2, "earlier")
    assert no_longer(claims_of([SCORE], WINDOW), [], earlier) == []
