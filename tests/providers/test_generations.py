"""One provider, several generations of its API: the setting `api` says which."""

import pytest
from provider_replies import settings_with

from renown.errors import CannotServe
from renown.providers import Registry
from renown.providers.klout import Klout
from renown.providers.peerindex import PeerIndex
from renown.settings import Settings


@pytest.mark.parametrize(
    ("factory", "api", "adapter"),
    [
        (Klout, None, "klout-v2@1"),
        (Klout, "v2", "klout-v2@1"),
        (Klout, " V1", "klout-v1@1"),
        (PeerIndex, None, "peerindex-c@1"),
        (PeerIndex, "c", "peerindex-c@1"),
        (PeerIndex, "B", "peerindex-b@1"),
        (PeerIndex, "a", "peerindex-a@1"),
    ],
)
def test_the_setting_picks_the_generation(factory, api, adapter):
    """Without one it is the last generation there was; capitals do not matter."""
    assert factory(settings_with(api=api)).adapter == adapter


@pytest.mark.parametrize("factory", [Klout, PeerIndex])
def test_generations_are_one_provider(factory):
    """They share slug, metrics, licence and closing; only what a call carries differs."""
    declarations = [factory(settings_with(api=api)).declaration for api in factory.adapters]
    shared = {(d.slug, d.metrics, d.primary, d.licence, d.closed, d.keep_for, d.attribution) for d in declarations}
    assert len(shared) == 1
    assert declarations[0].slug == factory.slug


def test_an_unknown_generation_names_the_known_ones():
    """A slip in the setting says which generations there are, and how the setting is called."""
    with pytest.raises(CannotServe) as caught:
        PeerIndex(settings_with(api="d"))
    assert "'d'" in caught.value.sentence
    assert caught.value.next_step == "Set RENOWN_PROVIDERS__PEERINDEX__API to one of a, b, c."


def test_the_environment_picks_it_and_a_slip_is_not_passed_over(monkeypatch):
    """By the variable, from a cold start; left out like a broken plug-in, Klout would take its figures with it."""
    monkeypatch.setenv("RENOWN_PROVIDERS__KLOUT__API", "v1")
    assert Registry.load(Settings(_env_file=None)).provider("klout").adapter == "klout-v1@1"
    monkeypatch.setenv("RENOWN_PROVIDERS__KLOUT__API", "v3")
    with pytest.raises(CannotServe, match="v3"):
        Registry.load(Settings(_env_file=None))
