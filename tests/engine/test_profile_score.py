"""The profile score: what it is made of, and that it never falls when a count rises."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from renown.claims import Absence, AbsenceReason, Claim, Provenance, ProvenanceKind
from renown.engine import ProfileScore
from renown.engine.profile_score import profile_weights
from renown.engine.score_claims import AccountScore, Window, claims_of
from renown.providers import Derived
from renown.settings import ProviderSettings

SUBJECT = "twitter:some_voice"
NOW = datetime(2026, 3, 1, tzinfo=UTC)
APRIL = datetime(2013, 4, 14, tzinfo=UTC)
counts = st.integers(0, 10**12)


def count(field, value, **given):
    """A claim that a profile has so many of something."""
    source = {"kind": ProvenanceKind.OBSERVED, "source": "dump", "adapter": "archive@1", "observed_at": APRIL}
    provenance = Provenance(**{**source, "provider": "twitter", "digest": field, **given})
    return Claim(subject=SUBJECT, field=field, value=value, provenance=provenance)


def derive(*claims):
    """What the engine makes of these claims."""
    return ProfileScore(ProviderSettings()).derive(SUBJECT, claims, NOW)


def score(followers, listed):
    """The value of a profile with these counts."""
    return derive(count("followers", followers), count("listed", listed))[0].value


def by_interactions(observed_at):
    """A score that the engine made of interactions up to a moment."""
    until = int(observed_at.timestamp())
    window = Window(0, until - 1, until, 3, "digest")
    return claims_of([AccountScore(SUBJECT, {"score": 70.0})], window)[0]


def test_the_engine_is_a_derived_provider():
    """It declares what it needs and is never asked."""
    engine = ProfileScore(ProviderSettings())
    assert isinstance(engine, Derived)
    assert engine.needs == ("followers", "listed", "renown.score")


def test_a_score_walks_back_to_both_counts():
    """The claim names the two claims it is made of, in order, and keeps their attribution."""
    followers = count("followers", 120_000, attribution="Twitter")
    listed = count("listed", 1_500, observed_at=APRIL + timedelta(days=1), attribution="Twitter")
    claims = derive(listed, followers)
    (provenance,) = {claim.provenance for claim in claims}
    assert {claim.subject for claim in claims} == {SUBJECT}
    assert [claim.field for claim in claims] == ["renown.score", "renown.low", "renown.high"]
    score, low, high = (claim.value for claim in claims)
    assert 0 <= low < score < high <= 100
    assert provenance.inputs == (followers.id, listed.id)
    assert (provenance.kind, provenance.provider, provenance.adapter) == (
        ProvenanceKind.DERIVED,
        "renown",
        "renown-profile@3",
    )
    assert provenance.observed_at == APRIL + timedelta(days=1)
    assert provenance.attribution == "Twitter"
    assert not provenance.frozen


@pytest.mark.parametrize(("followers", "listed"), [(0, 0), (100, 2), (120_000, 1_500), (10**8, 10**6)])
def test_it_is_the_score_that_a_file_would_get(followers, listed):
    """One set of weights and one function for both."""
    figures = {"followers": np.array([followers], np.float64), "listed": np.array([listed], np.float64)}
    found = profile_weights().scores(figures)
    claims = derive(count("followers", followers), count("listed", listed))
    expected = [found.score[0], found.low[0], found.high[0]]
    assert [claim.value for claim in claims] == pytest.approx(expected, abs=1e-6)


def test_nothing_is_near_zero_and_the_ceilings_near_the_top():
    """What is not given of such profiles is expected to be low, and high."""
    assert score(0, 0) < 5
    assert score(10**8, 10**6) > 95


@given(counts, counts, counts)
def test_the_score_never_falls_when_a_count_rises(followers, listed, more):
    """Monotone in both counts, and always on its scale."""
    start = score(followers, listed)
    assert start <= score(followers + more, listed) <= 100
    assert 0 <= start <= score(followers, listed + more) <= 100


@pytest.mark.parametrize(
    ("claims", "missing"),
    [
        ((), "followers and listed"),
        ((count("followers", 5),), "listed"),
        ((count("listed", 5), count("followers", "many")), "followers"),
        ((count("listed", -1), count("followers", 5)), "listed"),
    ],
)
def test_a_missing_count_is_named(claims, missing):
    """Without both counts there is no score, and the absence says which is missing."""
    absence = derive(*claims)
    assert isinstance(absence, Absence)
    assert (absence.provider, absence.reason, absence.at) == ("renown", AbsenceReason.NO_SCORE_YET, NOW)
    assert f"nor the number of {missing}." in absence.message


def test_a_score_from_interactions_wins():
    """As long as it holds, the counts say nothing: neither newer ones, nor that some are missing."""
    counts = [count("followers", 5, observed_at=APRIL + timedelta(days=90)), count("listed", 5)]
    assert derive(*counts, by_interactions(APRIL)) == ()
    assert derive(counts[0], by_interactions(APRIL)) == ()
    assert derive(by_interactions(APRIL)) == ()


def test_ninety_days_after_its_window_the_counts_speak_again():
    """Who reacted long ago says less of somebody than the profile of today."""
    counts = [count("followers", 5, observed_at=APRIL + timedelta(days=90, seconds=1)), count("listed", 5)]
    assert len(derive(*counts, by_interactions(APRIL))) == 3


def test_its_own_earlier_score_does_not_silence_it():
    """Only one from interactions does."""
    counts = [count("followers", 5), count("listed", 5)]
    assert derive(*counts, *derive(*counts)) == derive(*counts)


def test_the_latest_count_counts():
    """Of two claims on one field, from two sources, the later observed is taken."""
    old, new = count("followers", 10), count("followers", 20, observed_at=APRIL + timedelta(days=9))
    claim = derive(new, old, count("listed", 1))[0]
    assert claim.provenance.inputs[0] == new.id


def test_the_strictest_input_rules_the_life():
    """Frozen if an input is, stale when the first goes stale, kept no longer than the first may be kept."""
    followers = count("followers", 5, fresh_until=NOW, keep_until=NOW + timedelta(days=7))
    listed = count("listed", 5, fresh_until=NOW + timedelta(days=1))
    claim = derive(followers, listed)[0]
    assert claim.provenance.fresh_until == NOW
    assert claim.provenance.keep_until == NOW + timedelta(days=7)
    frozen = replace(listed, provenance=replace(listed.provenance, frozen=True))
    assert derive(followers, frozen)[0].provenance.frozen
