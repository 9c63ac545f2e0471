"""The registry: shipped providers, plug-ins that work, plug-ins that do not."""

import sys
from datetime import date

import pytest
from provider_replies import AT
from structlog.testing import capture_logs

from renown.claims import AbsenceReason
from renown.errors import UnknownName
from renown.providers import Asked, Derived, ProviderState, Registry
from renown.settings import ProviderSettings, Settings

SUBJECT = "twitter:pirelliuk"
ARCHIVES = ("klouchebag", "tweetlevel")
NETWORKS = ("bluesky", "github", "mastodon", "twitter", "youtube")
PLUG_IN = """
from renown.claims import Metric, Scale
from renown.providers import Declaration

class Fame:
    adapter = "fame@1"
    declaration = Declaration(slug="fame", name="Fame", primary="fame",
                              metrics=(Metric("fame", "fame", "Fame", Scale(0, 1), "made up"),))
    def __init__(self, settings): ...

class Sulks(Fame):
    def __init__(self, settings):
        raise RuntimeError("no mood")

not_a_provider = dict
"""
ENTRIES = {
    "fame": "fame_plug_in:Fame",
    "sulks": "fame_plug_in:Sulks",
    "other": "fame_plug_in:Fame",
    "nothing": "fame_plug_in:not_a_provider",
    "gone": "no_such_module:Thing",
    "klout": "fame_plug_in:Fame",
}


@pytest.fixture
def plugged_in(tmp_path, monkeypatch):
    """A distribution with one good plug-in and several broken ones, as pip would install it."""
    metadata = tmp_path / "fame-1.0.dist-info"
    metadata.mkdir()
    metadata.joinpath("METADATA").write_text("Metadata-Version: 2.1\nName: fame\nVersion: 1.0\n")
    lines = "\n".join(f"{name} = {target}" for name, target in ENTRIES.items())
    metadata.joinpath("entry_points.txt").write_text(f"[renown.providers]\n{lines}\n")
    tmp_path.joinpath("fame_plug_in.py").write_text(PLUG_IN)
    monkeypatch.syspath_prepend(tmp_path)
    yield
    sys.modules.pop("fame_plug_in", None)


def configured(**providers):
    """Settings in which these providers have a base URL."""
    return Settings(providers={slug: ProviderSettings(base_url=url) for slug, url in providers.items()})


@pytest.fixture
def registry():
    """The shipped providers, Kred and Bluesky configured."""
    return Registry.load(configured(kred="http://127.0.0.1:1", bluesky="http://127.0.0.1:1"))


def test_the_shipped_providers_come_in_a_stable_order(registry):
    """Klout, Kred, PeerIndex, Renown, then the others by slug; nothing fails to load."""
    assert registry.slugs == ("klout", "kred", "peerindex", "renown", *sorted((*ARCHIVES, *NETWORKS, "vouches")))
    assert [provider.declaration.slug for provider in registry] == list(registry.slugs)
    assert not registry.failed


def test_scored_providers_have_a_primary_metric(registry):
    """Networks give facts, not scores."""
    scored = [provider.declaration.slug for provider in registry.scored]
    assert scored == ["klout", "kred", "peerindex", "renown", *ARCHIVES, "vouches"]


def test_every_provider_declares_itself_coherently(registry):
    """Metrics belong to their provider, the primary is one of them, and each is of a kind the house knows."""
    for provider in registry:
        declaration = provider.declaration
        assert {metric.provider for metric in declaration.metrics} == {declaration.slug}
        assert len({metric.slug for metric in declaration.metrics}) == len(declaration.metrics)
        assert (declaration.primary_metric is None) == (declaration.primary is None)
        assert all(metric.meaning and metric.name for metric in declaration.metrics)
        assert not (isinstance(provider, Asked) and isinstance(provider, Derived))


def test_states_follow_from_the_settings(registry):
    """Asked with a base URL or derived: live. Closed: retired. Otherwise not configured."""
    assert {slug: registry.state(slug) for slug in registry.slugs} == {
        "klout": ProviderState.RETIRED,
        "kred": ProviderState.LIVE,
        "peerindex": ProviderState.RETIRED,
        "renown": ProviderState.LIVE,
        **dict.fromkeys((*ARCHIVES, *NETWORKS), ProviderState.NOT_CONFIGURED),
        "klouchebag": ProviderState.RETIRED,
        "bluesky": ProviderState.LIVE,
        "vouches": ProviderState.LIVE,
    }


def test_a_closed_provider_with_a_base_url_is_live():
    """A mirror or an emulator can be asked, closed or not."""
    assert Registry.load(configured(klout="http://127.0.0.1:1")).state("klout") is ProviderState.LIVE


def test_an_open_provider_without_a_base_url_is_not_configured():
    """Kred's closing is not on record: without a base URL it is only not configured."""
    assert Registry.load(Settings()).state("kred") is ProviderState.NOT_CONFIGURED


@pytest.mark.parametrize(
    ("slug", "subject", "reason", "words"),
    [
        ("klout", SUBJECT, AbsenceReason.RETIRED, "May 2018"),
        ("peerindex", SUBJECT, AbsenceReason.RETIRED, "May 2015"),
        ("kred", SUBJECT, AbsenceReason.NOT_ASKED, "has not been asked"),
        ("renown", SUBJECT, AbsenceReason.NO_SCORE_YET, "followers and listed"),
        ("twitter", SUBJECT, AbsenceReason.NOT_CONFIGURED, "never asked"),
        ("github", "github:octocat", AbsenceReason.NOT_CONFIGURED, "RENOWN_PROVIDERS__GITHUB__BASE_URL"),
        ("bluesky", "bluesky:bsky.app", AbsenceReason.NOT_APPLICABLE, "facts about a profile, not a score"),
        ("klout", "mastodon:pirelliuk", AbsenceReason.NOT_APPLICABLE, "mastodon"),
    ],
)
def test_a_missing_value_has_a_reason(registry, slug, subject, reason, words):
    """Even when nobody asked, the absence says why there is no value."""
    absence = registry.why_absent(slug, subject, AT)
    assert (absence.provider, absence.subject, absence.at) == (slug, subject, AT)
    assert absence.reason is reason
    assert words in absence.message


def test_an_unset_base_url_is_named():
    """The absence says which setting to set."""
    absence = Registry.load(Settings()).why_absent("kred", SUBJECT, AT)
    assert absence.reason is AbsenceReason.NOT_CONFIGURED
    assert "RENOWN_PROVIDERS__KRED__BASE_URL" in absence.message


def test_an_unknown_provider_is_an_error_that_suggests(registry):
    """A misspelt slug names the nearest."""
    with pytest.raises(UnknownName, match="'klout'") as caught:
        registry.provider("kluot")
    assert caught.value.code == "UNKNOWN_PROVIDER"


@pytest.mark.usefixtures("plugged_in")
def test_plug_ins_load_beside_the_shipped_and_broken_ones_are_reported():
    """A good plug-in is there; each broken one is named in the log and left out; none takes a shipped name."""
    with capture_logs() as logs:
        registry = Registry.load(Settings())
    assert registry.slugs == (
        "klout",
        "kred",
        "peerindex",
        "renown",
        *sorted((*ARCHIVES, *NETWORKS, "fame", "vouches")),
    )
    assert registry.provider("klout").declaration.closed == date(2018, 5, 25)
    assert set(registry.failed) == {"sulks", "other", "nothing", "gone", "klout"}
    assert "no mood" in registry.failed["sulks"]
    assert "calls itself 'fame'" in registry.failed["other"]
    assert {entry["provider"] for entry in logs} == set(registry.failed)
    assert {entry["log_level"] for entry in logs} == {"warning"}
