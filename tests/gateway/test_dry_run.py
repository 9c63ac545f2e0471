"""A dry run says whom another recipe would move, and by how much."""

import pytest
from gateway_stage import handles

from renown.gateway import Filter
from renown.gateway.dry_run import FAR, dry_run
from renown.scoring import Normaliser, Recipe, Weighting

TYRES = Filter(list="tyres")


def weighted(minimum=1, **weights):
    """A linear recipe with weights of its own."""
    return Recipe(
        normaliser=Normaliser.LINEAR,
        weighting=Weighting.CUSTOM,
        weights=tuple(weights.items()),
        minimum_providers=minimum,
    )


async def run(demo, before, after, asked=TYRES):
    """A dry run over what the demo holds."""
    return await dry_run(demo, before, after, asked, await demo.snapshots.current())


def places(ranked):
    """The place of each voice."""
    return dict(zip(ranked.voices, ranked.ranking.places.tolist(), strict=True))


async def test_a_recipe_moves_nobody_against_itself(demo):
    """The same recipe twice: nobody moves, enters or leaves, and the orders are the same."""
    ran = await run(demo, weighted(klout=1), weighted(klout=2))
    assert (ran.in_both, ran.moved, ran.moved_far, ran.entered, ran.left) == (6, 0, 0, 0, 0)
    assert ran.tau == pytest.approx(1.0)
    assert ran.most_moved == ()


async def test_moves_are_those_of_the_two_rankings(demo):
    """Klout against PeerIndex on the tyre makers: counted voice by voice from both rankings, most moved first."""
    ran = await run(demo, weighted(klout=1), weighted(peerindex=1))
    was, becomes = places(ran.before), places(ran.after)
    shifts = {voice: abs(was[voice] - becomes[voice]) for voice in was}
    assert ran.moved == sum(shift > 0 for shift in shifts.values()) > 0
    assert ran.moved_far == sum(shift >= FAR for shift in shifts.values()) > 0
    first = ran.most_moved[0]
    assert handles([first.voice]) == ["pirelliuk"]
    assert (first.before, first.after) == (was[first.voice], becomes[first.voice]) == (5, 2)
    assert [abs(m.before - m.after) for m in ran.most_moved] == sorted(filter(None, shifts.values()), reverse=True)


async def test_who_enters_and_leaves_is_counted_apart(demo):
    """A recipe with fewer scores to go by ranks others: they enter, those without leave, each counted once."""
    ran = await run(demo, weighted(klout=1), weighted(peerindex=1), Filter())
    klout, peerindex = places(ran.before), places(ran.after)
    assert ran.in_both == len(klout.keys() & peerindex.keys())
    assert ran.entered == len(peerindex.keys() - klout.keys()) > 0
    assert ran.left == len(klout.keys() - peerindex.keys())


async def test_without_anybody_in_both_there_is_no_tau(demo):
    """All leave: nothing moved, and no relation is claimed."""
    ran = await run(demo, weighted(klout=1), weighted(minimum=2, kred=1, klout=1))
    assert (ran.left, ran.in_both, ran.moved, ran.tau, ran.most_moved) == (6, 0, 0, None, ())
