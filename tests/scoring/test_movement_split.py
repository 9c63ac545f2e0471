"""The split of a movement: exact sums, nothing for who does nothing, the same for who does the same."""

from collections import Counter

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from renown.scoring.movement import ORDER, Cause, Stand, split

FEW = settings(max_examples=30, deadline=None)
ENDS = frozenset(), frozenset(Cause)
STANDS = st.builds(Stand, st.integers(-(10**9), 10**9), st.integers(1, 1000))


@st.composite
def _worlds(draw):
    """Causes that changed and a stand for every set of them; in between, a voice may be unranked."""
    changed = draw(st.sets(st.sampled_from(list(Cause)), max_size=4))
    stands = {}

    def world(switched):
        if switched not in stands:
            between = switched and switched != frozenset(changed)
            stands[switched] = draw(STANDS | st.none()) if between else draw(STANDS)
        return stands[switched]

    return changed, world


def _sums(parts):
    return sum(part.units for part in parts), sum(part.places for part in parts)


@FEW
@given(_worlds(), st.booleans())
def test_parts_add_up_and_the_unchanged_get_nothing(drawn, every_order):
    """Whatever lies between, also worlds where the voice is unranked: the sums are the change, to the last unit."""
    changed, world = drawn
    parts = split(world, changed, every_order=every_order)
    then, now = world(frozenset()), world(frozenset(changed))
    assert _sums(parts) == (now.units - then.units, then.place - now.place)
    assert [part.cause for part in parts] == list(Cause)
    assert all((part.units, part.places) == (0, 0) for part in parts if part.cause not in changed)


@FEW
@given(_worlds(), st.sampled_from(list(Cause)), st.booleans())
def test_a_cause_that_changes_no_world_gets_nothing(drawn, idle, every_order):
    """A cause that is named as changed, and leaves every world what it was, gets exactly 0."""
    changed, world = drawn
    assume(idle not in changed)
    parts = split(lambda switched: world(switched - {idle}), changed | {idle}, every_order=every_order)
    assert [(part.units, part.places) for part in parts if part.cause is idle] == [(0, 0)]
    assert parts == split(world, changed, every_order=every_order)


def test_two_that_do_the_same_together_share_it():
    """Where only both together move the voice, each gets half in every order, and the last named all in one order."""

    def world(switched):
        both = {Cause.OWN_CHANGE, Cause.PEERS} <= switched
        return Stand(10, 1) if both else Stand(0, 5)

    halves = {part.cause: (part.units, part.places) for part in split(world, {Cause.OWN_CHANGE, Cause.PEERS})}
    assert halves[Cause.OWN_CHANGE] == halves[Cause.PEERS] == (5, 2)
    in_order = split(world, {Cause.OWN_CHANGE, Cause.PEERS}, every_order=False)
    assert {part.cause: part.places for part in in_order if part.places} == {Cause.OWN_CHANGE: 4}


def test_halves_become_whole_nearest_to_nothing():
    """Half a place up and half a place down are no place each: nothing is made up to be taken away again."""
    places = {"": 3, "O": 2, "P": 3, "OP": 3}

    def world(switched):
        name = "".join(letter for letter, cause in (("O", Cause.OWN_CHANGE), ("P", Cause.PEERS)) if cause in switched)
        return Stand(0, places[name])

    assert {part.places for part in split(world, {Cause.OWN_CHANGE, Cause.PEERS})} == {0}


def test_a_step_through_an_unranked_world_is_the_next_one_s():
    """A recipe under which the old scores rank nobody moves nothing; the new scores, which rank again, move it all."""

    def world(switched):
        return None if switched == {Cause.RECIPE} else Stand(7 * len(switched), 9 - len(switched))

    parts = split(world, {Cause.RECIPE, Cause.OWN_CHANGE}, every_order=False)
    assert {part.cause: (part.units, part.places) for part in parts if part.units} == {Cause.OWN_CHANGE: (14, 2)}


@pytest.mark.parametrize("end", ENDS, ids=["then", "now"])
def test_who_is_unranked_at_an_end_has_no_movement(end):
    """Without a place then or now there is nothing to split."""
    with pytest.raises(ValueError, match="unranked"):
        split(lambda switched: None if switched == end else Stand(1, 1), list(Cause), every_order=False)


def test_each_world_is_asked_once():
    """Six causes are 64 worlds in every order, and seven in one."""
    asked = Counter()

    def world(switched):
        asked[switched] += 1
        return Stand(len(switched), 1)

    split(world, list(Cause))
    assert (len(asked), set(asked.values())) == (64, {1})
    asked.clear()
    split(world, list(Cause), every_order=False)
    assert [len(switched) for switched in asked] == list(range(len(ORDER) + 1))
