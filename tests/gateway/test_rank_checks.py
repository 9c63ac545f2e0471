"""A ranking checked against majorities of its providers."""

import numpy as np
import pytest
from lock_stage import TYRES

from renown.gateway import Filter
from renown.gateway.rank_checks import RankCheckMethod, rank_checks
from renown.scoring import Recipe, Weighting
from renown.scoring.rank_correlation import kendall

BY_KLOUT = Recipe(weighting=Weighting.CUSTOM, weights=(("klout", 1.0),), minimum_providers=1)


async def test_tyres_checked(demo):
    """Six voices of two providers: both methods order them all, and agree with the ranking more than not."""
    checks = rank_checks(await demo.rank(TYRES))
    assert [check.method for check in checks] == [RankCheckMethod.MC4, RankCheckMethod.KEMENY]
    for check in checks:
        assert (check.covers, check.reason) == (6, None)
        assert 0.7 < check.tau <= 1
        assert check.statement.endswith(f" agrees with this ranking of 6 by {check.tau:.2f} (Kendall's tau).")


async def test_one_provider_is_its_own_majority(demo):
    """Where one provider alone counts, both orders are its own: only places that it shares may part them."""
    ranked = await demo.rank(TYRES, BY_KLOUT)
    places = -ranked.ranking.places.astype(float)
    without_ties = kendall(np.arange(6.0)[::-1], places)
    mc4, kemeny = rank_checks(ranked)
    assert mc4.tau == pytest.approx(1.0)
    assert kemeny.tau == pytest.approx(without_ties)


async def test_a_longer_list_is_not_checked_and_says_why(demo):
    """Above twelve voices Kemeny's order is not made: no figure, and a reason that names both numbers."""
    ranked = await demo.rank(Filter(country="GB"), Recipe(minimum_providers=1))
    assert 12 < len(ranked) <= 500
    mc4, kemeny = rank_checks(ranked)
    assert mc4.covers == len(ranked)
    assert (kemeny.covers, kemeny.tau) == (None, None)
    assert kemeny.reason == f"Kemeny's order is computed for up to 12 voices, and these are {len(ranked)}."
    assert kemeny.statement == f"Not checked by KEMENY: {kemeny.reason}"


async def test_one_voice_has_no_order(demo):
    """A ranking of one voice is not checked: there is no pair in it."""
    one = await demo.rank(Filter(list="tyres", text="Pirelli"))
    assert len(one) == 1
    assert {check.reason for check in rank_checks(one)} == {"There is no order of fewer than two voices."}
