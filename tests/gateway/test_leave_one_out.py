"""What each provider's absence would change in a ranking."""

from dataclasses import replace

import numpy as np
import pytest
from lock_stage import TYRES

from renown.gateway import DEFAULT_RECIPE, Filter
from renown.gateway.leaving import leave_each_out
from renown.scoring import Normaliser, Recipe, Reference, Weighting


def _by_provider(ranked):
    return {leaving.provider: leaving for leaving in leave_each_out(ranked)}


async def test_tyres_without_either_provider(demo):
    """Without PeerIndex the order is Klout's, without Klout PeerIndex's; all six would have one provider only."""
    left = _by_provider(await demo.rank(TYRES))
    assert left.keys() == {"klout", "peerindex"}
    klout, peerindex = left["klout"], left["peerindex"]
    by_peerindex = ["goodyear_uk", "pirelliuk", "michelintyres", "contiuk", "dunloplive", "bridgestonetyre"]
    by_klout = ["goodyear_uk", "michelintyres", "contiuk", "dunloplive", "pirelliuk", "bridgestonetyre"]
    assert list(klout.compared.after.voices) == [f"twitter:{handle}" for handle in by_peerindex]
    assert list(peerindex.compared.after.voices) == [f"twitter:{handle}" for handle in by_klout]
    assert (peerindex.compared.moved, peerindex.compared.moved_far) == (3, 0)
    assert (peerindex.farthest.voice, peerindex.farthest.before, peerindex.farthest.after) == (
        "twitter:pirelliuk",
        3,
        5,
    )
    assert round(peerindex.compared.tau, 6) == round(11 / 15, 6)
    assert len(klout.fallen) == len(peerindex.fallen) == 6
    assert klout.statement("Klout", "Michelin") == (
        "Without Klout, 2 places of 6 would change, 0 of them by 3 or more; most of all Michelin, from 2 to 3. "
        "Both orders agree by 0.87 (Kendall's tau). 6 voices would have fewer than 2 providers, and fall out of the "
        "ranking."
    )


@pytest.mark.parametrize(
    "recipe",
    [
        Recipe(minimum_providers=1),
        Recipe(minimum_providers=1, normaliser=Normaliser.PERCENTILE, reference=Reference.POPULATION),
        Recipe(minimum_providers=1, normaliser=Normaliser.MINMAX, reference=Reference.WITHIN_LIST),
    ],
    ids=["default", "population", "within"],
)
async def test_it_is_the_ranking_without_a_weight(demo, recipe):
    """The places are those of the recipe that gives the provider no weight, for those who keep a score."""
    ranked = await demo.rank(Filter(country="GB"), recipe)
    providers = {leaving.provider for leaving in leave_each_out(ranked)}
    assert providers == {"klout", "peerindex", "renown"}
    for leaving in leave_each_out(ranked):
        weights = tuple((provider, 1.0) for provider in sorted(providers - {leaving.provider}))
        without = replace(recipe, weighting=Weighting.CUSTOM, weights=weights)
        other = await demo.rank(Filter(country="GB"), without)
        after = leaving.compared.after
        assert after.voices == other.voices
        assert np.array_equal(after.ranking.places, other.ranking.places)


async def test_who_has_no_say_is_not_left_out(demo):
    """A provider that the recipe gives no weight, or that scores nobody in the ranking, changes nothing."""
    recipe = Recipe(weighting=Weighting.CUSTOM, weights=(("klout", 1.0), ("kred", 1.0)), minimum_providers=1)
    ranked = await demo.rank(TYRES, recipe)
    (leaving,) = leave_each_out(ranked)
    assert (leaving.provider, leaving.compared.in_both, leaving.farthest) == ("klout", 0, None)
    assert leaving.fallen == ranked.voices
    assert leaving.statement("Klout", "") == (
        "Without Klout, no places of 0 would change. 6 voices would have fewer than 1 provider, and fall out of the "
        "ranking."
    )


async def test_the_standings_stay_as_they_are(demo):
    """Leaving a provider out writes nothing into the snapshot that others read."""
    ranked = await demo.rank(TYRES, DEFAULT_RECIPE)
    before = ranked.standings.raw.copy()
    leave_each_out(ranked)
    assert np.array_equal(ranked.standings.raw, before, equal_nan=True)
