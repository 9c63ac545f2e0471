"""The published list of UK tyre brands, October 2012: Klout and PeerIndex, with which its own arithmetic wavers."""

import numpy as np
import pytest

from renown.claims import Scale
from renown.scoring import Normaliser, Recipe, Reference, blend, odds, perturb, rank, tiers
from renown.scoring.normalise import minmax, zscore

NAMES = ["Goodyear_UK", "MichelinTyres", "PirelliUK", "ContiUK", "DunlopLive", "BridgestoneTyre"]
TYRES = np.array([[59, 44], [54, 30], [39, 40], [51, 27], [48, 26], [36, 18]], dtype=np.float64)
GOODYEAR, PIRELLI, CONTI, DUNLOP, BRIDGESTONE = 0, 2, 3, 4, 5
SCALES = [Scale(0, 100), Scale(0, 100)]
PROVIDERS = ["klout", "peerindex"]
COMPUTABLE = [each for each in Normaliser if each is not Normaliser.EQUATED]


def _recipe(normaliser):
    return Recipe(normaliser=normaliser, reference=Reference.WITHIN_LIST)


def _ranked(normaliser):
    blended = blend(TYRES, SCALES, PROVIDERS, _recipe(normaliser), TYRES)
    return blended.values, rank(blended.values)


def _drawn(normaliser):
    return perturb(TYRES, SCALES, PROVIDERS, _recipe(normaliser), TYRES, rows=slice(None))


@pytest.mark.parametrize("normaliser", [Normaliser.RAW, Normaliser.LINEAR])
def test_the_published_mean_puts_pirelli_before_conti(normaliser):
    """The mean as published: Pirelli third with 39.5, Conti fourth with 39."""
    values, ranking = _ranked(normaliser)
    assert values.tolist() == pytest.approx([51.5, 42, 39.5, 39, 37, 27])
    assert [NAMES[row] for row in ranking.rows] == NAMES
    assert ranking.places.tolist() == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("normaliser", [Normaliser.MINMAX, Normaliser.ZSCORE])
def test_within_the_list_conti_goes_before_pirelli(normaliser):
    """Min-max and z-scores against the list itself swap the third and the fourth."""
    _, ranking = _ranked(normaliser)
    assert [NAMES[row] for row in ranking.rows[2:4]] == ["ContiUK", "PirelliUK"]
    assert not ranking.shared.any()


@pytest.mark.parametrize(("step", "conti", "pirelli"), [(minmax, 0.499, 0.488), (zscore, -0.023, -0.024)])
def test_the_unscaled_figures_are_those_known(step, conti, pirelli):
    """Min-max 0.499 against 0.488, z-score -0.023 against -0.024, averaged over the two providers."""
    means = np.mean([step(column, column) for column in TYRES.T], axis=0)
    assert round(float(means[CONTI]), 3) == conti
    assert round(float(means[PIRELLI]), 3) == pirelli


def test_the_percentile_ties_them_in_a_shared_place():
    """By mid-rank percentile both have 50.0: they share place 3, and the next has place 5."""
    values, ranking = _ranked(Normaliser.PERCENTILE)
    assert values[[PIRELLI, CONTI]].tolist() == pytest.approx([50.0, 50.0])
    assert ranking.places.tolist() == [1, 2, 3, 3, 5, 6]
    assert ranking.shared.tolist() == [False, False, True, True, False, False]


@pytest.mark.parametrize("normaliser", COMPUTABLE)
def test_what_is_firm_is_shown_as_firm(normaliser):
    """Goodyear is 1-1, Bridgestone 6-6, and Conti is above Dunlop in every draw: it leads on both providers."""
    drawn = _drawn(normaliser)
    assert (drawn.place_low[GOODYEAR], drawn.place_high[GOODYEAR]) == (1, 1)
    assert (drawn.place_low[BRIDGESTONE], drawn.place_high[BRIDGESTONE]) == (6, 6)
    assert odds(drawn.places, CONTI, DUNLOP) == 1.0


def test_what_is_not_firm_is_shown_as_open():
    """Pirelli, strong on one provider and weak on the other, may hold any place from 2 to 5."""
    drawn = _drawn(Normaliser.LINEAR)
    assert (drawn.place_low[PIRELLI], drawn.place_high[PIRELLI]) == (2, 5)
    assert 0.1 < odds(drawn.places, PIRELLI, CONTI) < 0.9


def test_the_tiers_are_first_last_and_the_four_between():
    """Only Goodyear and Bridgestone stand apart; the four between form one tier."""
    _, ranking = _ranked(Normaliser.LINEAR)
    assert tiers(_drawn(Normaliser.LINEAR).places, ranking.places).tolist() == [1, 2, 2, 2, 2, 3]


def test_a_provider_that_is_silent_about_all_changes_no_range():
    """A third provider without a single score has zero influence on every draw, and halves no coverage but its own."""
    three = np.column_stack([TYRES, np.full(len(TYRES), np.nan)])
    recipe = _recipe(Normaliser.LINEAR)
    with_silent = perturb(
        three,
        [*SCALES, Scale(0, None)],
        ["klout", "peerindex", "kred"],
        Recipe(normaliser=Normaliser.MINMAX, reference=Reference.WITHIN_LIST),
        three,
        rows=slice(None),
    )
    without = _drawn(Normaliser.MINMAX)
    assert np.array_equal(with_silent.places, without.places)
    coverage = blend(three, [*SCALES, Scale(0, 1000)], ["klout", "peerindex", "kred"], recipe, three).coverage
    assert coverage.tolist() == [2 / 3] * 6
