"""Systems without an API: their figures come in from archives, and nobody is ever asked."""

from datetime import UTC, date, datetime

import pytest

from renown.claims import AbsenceReason, Freshness, Scale
from renown.providers import Asked, Derived, ProviderState, Registry, read_figures
from renown.providers.klouchebag import Klouchebag
from renown.providers.tweetlevel import TweetLevel
from renown.providers.twitter import Twitter
from renown.settings import ProviderSettings, Settings

NOW = datetime(2026, 3, 1, tzinfo=UTC)
HEADER = "handle,provider,metric,value,date,citation\n"


@pytest.fixture
def registry():
    """Shipped providers; a base URL somebody gave to one that cannot be asked."""
    given = {"tweetlevel": ProviderSettings(base_url="http://127.0.0.1:1")}
    return Registry([Klouchebag(given), TweetLevel(given), Twitter(given)], Settings(_env_file=None, providers=given))


def test_they_are_declared_and_nothing_else(registry):
    """Neither asked nor derived, whatever base URL is set."""
    assert not any(isinstance(provider, Asked | Derived) for provider in registry)
    assert not registry.live


def test_tweetlevel_has_four_scores_and_influence_is_the_one():
    """Influence was what people were ranked by; each goes up to 100, more being more."""
    declaration = TweetLevel.declaration
    assert [metric.slug for metric in declaration.metrics] == ["influence", "popularity", "engagement", "trust"]
    assert {metric.scale for metric in declaration.metrics} == {Scale(1, 100)}
    assert declaration.primary == "influence"


def test_klouchebag_declares_that_high_is_bad():
    """A parody on a scale that is turned round; it ended with the Twitter API it read."""
    declaration = Klouchebag.declaration
    assert declaration.primary_metric.scale == Scale(0, 100, higher_is_more=False)
    assert declaration.closed == date(2013, 6, 11)


def test_neither_counts_unless_a_recipe_names_it(registry):
    """Both score, and neither is blended with equal weights."""
    assert [provider.declaration.slug for provider in registry.scored] == ["klouchebag", "tweetlevel"]
    assert not any(provider.declaration.blended for provider in registry.scored)


@pytest.mark.parametrize(
    ("slug", "state", "reason", "words"),
    [
        ("klouchebag", ProviderState.RETIRED, AbsenceReason.RETIRED, "closed for good in June 2013"),
        ("tweetlevel", ProviderState.NOT_CONFIGURED, AbsenceReason.NOT_CONFIGURED, "never asked"),
    ],
)
def test_a_missing_figure_has_a_reason(registry, slug, state, reason, words):
    """Klouchebag is retired; TweetLevel's last day is not on record, so it is only never asked."""
    assert registry.state(slug) is state
    absence = registry.why_absent(slug, "twitter:pirelliuk", NOW)
    assert (absence.reason, words in absence.message) == (reason, True)


def test_archived_figures_come_in_on_the_declared_scale(registry):
    """Each metric by its name, frozen; what is off the scale is refused with its line."""
    rows = (
        "one,klouchebag,score,85,2012-04-28,a post of the day\n"
        "one,tweetlevel,influence,61,2009-11-12,a post of the launch\n"
        "one,tweetlevel,trust,95,2010-10-05,a post\n"
        "two,klouchebag,score,101,2012-04-28,a post of the day\n"
        "two,tweetlevel,influence,0,2012-04-28,a post\n"
    )
    brought = read_figures((HEADER + rows).encode(), "figures.csv", registry, NOW)
    assert {claim.field: claim.value for claim in brought.claims} == {
        "klouchebag.score": 85,
        "tweetlevel.influence": 61,
        "tweetlevel.trust": 95,
    }
    assert {claim.provenance.freshness_at(NOW) for claim in brought.claims} == {Freshness.FROZEN}
    assert [refusal.line for refusal in brought.refusals] == [5, 6]
