"""The published list of tyre brands, ranked by the gateway from the demo's own files."""

import numpy as np
import pytest
from gateway_stage import TYRES, handles

from renown.gateway import Filter
from renown.gateway.ranking import rank_standings
from renown.scoring import Normaliser, Recipe, Reference, odds

AS_PUBLISHED = [handle.casefold() for handle in TYRES]
CONTI_BEFORE_PIRELLI = [AS_PUBLISHED[at] for at in (0, 1, 3, 2, 4, 5)]
PIRELLI, CONTI, DUNLOP = "twitter:pirelliuk", "twitter:contiuk", "twitter:dunloplive"


def _ranked(standings, normaliser):
    """The list under a normaliser, compared within the list."""
    recipe = Recipe(normaliser=normaliser, reference=Reference.WITHIN_LIST)
    return rank_standings(standings, recipe, Filter(list="tyres"))


def _value(ranked, voice):
    return ranked.values[ranked.positions[voice]]


def test_the_raw_mean_is_as_published(demo_standings):
    """The mean of the scores as they are: Pirelli third with 39.5, Conti fourth with 39."""
    ranked = _ranked(demo_standings, Normaliser.RAW)
    assert handles(ranked.voices) == AS_PUBLISHED
    assert ranked.values.tolist() == [51.5, 42, 39.5, 39, 37, 27]


@pytest.mark.parametrize(
    ("normaliser", "conti", "pirelli"),
    [(Normaliser.MINMAX, 49.916388, 48.829431), (Normaliser.ZSCORE, 49.774781, 49.757443)],
)
def test_within_the_list_conti_passes_pirelli(demo_standings, normaliser, conti, pirelli):
    """Min-max and z-score within the list swap the two: 0.499 to 0.488, and -0.023 to -0.024."""
    ranked = _ranked(demo_standings, normaliser)
    assert handles(ranked.voices) == CONTI_BEFORE_PIRELLI
    assert (_value(ranked, CONTI), _value(ranked, PIRELLI)) == (conti, pirelli)


def test_the_percentile_ties_the_two(demo_standings):
    """The mid-rank percentile within the list gives both the same value and a shared third place."""
    ranked = _ranked(demo_standings, Normaliser.PERCENTILE)
    assert _value(ranked, CONTI) == _value(ranked, PIRELLI) == 50
    assert ranked.ranking.places.tolist() == [1, 2, 3, 3, 5, 6]
    assert ranked.ranking.shared.tolist() == [False, False, True, True, False, False]


@pytest.mark.parametrize("normaliser", [n for n in Normaliser if n is not Normaliser.EQUATED])
def test_goodyear_is_first_and_conti_above_dunlop_in_every_draw(demo_standings, normaliser):
    """Who leads on both providers leads whatever the method: Goodyear's range is 1-1, Conti is above Dunlop."""
    ranked = _ranked(demo_standings, normaliser)
    drawn = ranked.draws(slice(0, len(ranked)))
    assert (drawn.place_low[0], drawn.place_high[0]) == (1, 1)
    assert odds(drawn.places, ranked.positions[CONTI], ranked.positions[DUNLOP]) == 1


def test_tiers_hold_together_what_cannot_be_told_apart(demo_standings):
    """Goodyear is a tier of its own, and no tier is better than that of a voice placed above."""
    tiers = _ranked(demo_standings, Normaliser.LINEAR).tiers(6).tolist()
    assert tiers[:2] == [1, 2]
    assert tiers == sorted(tiers)


def test_a_score_is_normalised_as_the_ranking_does(demo_standings):
    """Any value of a provider can be put on the ranking's common scale, and gives what its row shows."""
    ranked = _ranked(demo_standings, Normaliser.MINMAX)
    row = int(ranked.ranking.rows[ranked.positions[PIRELLI]])
    klout, peerindex = ranked.normalise("klout", 39), ranked.normalise("peerindex", 40)
    columns = [demo_standings.column(provider) for provider in ("klout", "peerindex")]
    assert np.array_equal(ranked.blended.normalised[row][columns], [klout, peerindex])
