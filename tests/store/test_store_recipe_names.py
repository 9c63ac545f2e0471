"""Names of recipes are only added to."""

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy.exc import IntegrityError

from making import NOON
from renown.store import RecipeName

ONE, OTHER = "1" * 64, "2" * 64
FIRST = RecipeName(name="klout-first", version=1, hash=ONE, forked_from=None, note="", created_at=NOON)
SECOND = replace(FIRST, version=2, hash=OTHER, forked_from=ONE, note="Kred is new")


@pytest.fixture
async def kept(store):
    """A store that keeps both recipes."""
    for hash_ in (ONE, OTHER):
        await store.save_recipes({hash_: "{}"}, NOON)
    return store


async def test_a_name_keeps_every_recipe_it_stood_for(kept):
    """The history has both versions in order; the list has the newest; no change number is taken."""
    assert await kept.add_recipe_name(FIRST)
    assert await kept.add_recipe_name(SECOND)
    assert await kept.recipe_name_history("klout-first") == [FIRST, SECOND]
    assert await kept.recipe_names() == [SECOND]
    assert await kept.recipe_name_history("nobody") == []
    assert await kept.change() == 0


async def test_names_are_found_by_what_they_stand_for_now(kept):
    """A recipe that a name no longer stands for is not called by it."""
    other = replace(FIRST, name="a-name")
    for entry in (FIRST, SECOND, other):
        await kept.add_recipe_name(entry)
    assert await kept.recipe_names([ONE]) == [other]
    assert await kept.recipe_names([ONE, OTHER]) == [other, SECOND]
    assert await kept.recipe_names([]) == []


async def test_of_two_at_once_one_gets_the_name(kept):
    """Two who add the same version at the same time: one of them does, and its entry stands."""
    added = await asyncio.gather(*(kept.add_recipe_name(replace(FIRST, hash=hash_)) for hash_ in (ONE, OTHER)))
    assert sorted(added) == [False, True]
    assert [entry.hash for entry in await kept.recipe_names()] == [(ONE, OTHER)[added.index(True)]]


async def test_a_name_stands_for_a_recipe_that_is_kept(store):
    """A hash of which nothing is kept is refused."""
    with pytest.raises(IntegrityError):
        await store.add_recipe_name(FIRST)
