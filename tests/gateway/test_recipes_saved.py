"""Recipes are written down while they are first used, together, and before an answer names them."""

import pytest
from structlog.testing import capture_logs

from renown.errors import UnknownName
from renown.gateway import Filter, Gateway
from renown.gateway.recipes import Recipes
from renown.scoring import Recipe

OWN = [Recipe(minimum_providers=1, draws=number) for number in range(100, 105)]


async def test_a_recipe_is_found_before_it_is_written_down(demo):
    """Right after its first use a recipe is found by its hash and by the beginning of it, in memory or in the store."""
    await demo.rank(Filter(), OWN[0])
    assert await demo.recipes.find(OWN[0].hash) == OWN[0]
    assert await demo.recipes.find(OWN[0].hash[:16].upper()) == OWN[0]


async def test_what_is_closed_has_written_down_all_recipes(demo_url, demo, clock):
    """Another gateway finds every recipe that was used in one that was closed."""
    async with await Gateway.open(demo.settings, now=clock) as gateway:
        for recipe in OWN:
            await gateway.rank(Filter(), recipe)
    assert [await demo.recipes.find(recipe.hash) for recipe in OWN] == OWN


async def test_recipes_that_come_together_are_saved_together(demo, monkeypatch):
    """While one is being written the others gather, and take one more write."""
    save, writes = demo.store.save_recipes, []

    async def counted(recipes, at):
        writes.append(set(recipes))
        await save(recipes, at)

    monkeypatch.setattr(demo.store, "save_recipes", counted)
    for recipe in [*OWN, *OWN]:
        await demo.recipes.remember(recipe)
    await demo.recipes.saved()
    assert set().union(*writes) == {recipe.hash for recipe in OWN}
    assert len(writes) <= 2


async def test_what_the_store_does_not_take_is_tried_again(demo, monkeypatch):
    """A failed write is told in the log and to whoever waits for it, and the recipe goes with the next one."""
    recipes = Recipes(demo.store, demo.now)

    async def refused(*_):
        raise OSError("the disk is full")

    monkeypatch.setattr(demo.store, "save_recipes", refused)
    with capture_logs() as logged:
        await recipes.remember(OWN[0])
        with pytest.raises(OSError, match="disk"):
            await recipes.saved()
        await recipes.settle()
    assert {entry["event"] for entry in logged} == {"recipes_not_saved"}
    monkeypatch.undo()
    await recipes.remember(OWN[1])
    await recipes.saved()
    assert [await demo.store.recipe(recipe.hash) for recipe in OWN[:2]] == [
        (recipe.hash, recipe.canonical_text) for recipe in OWN[:2]
    ]


async def test_a_hash_of_no_recipe_is_refused(demo):
    """What is no hash, and what begins none, is a name that is not known."""
    for said in ("", "klout", "0" * 15, "0" * 16, OWN[0].hash[:15], OWN[0].hash + "0"):
        with pytest.raises(UnknownName):
            await demo.recipes.find(said)


async def test_nobody_waits_for_recipes_that_come_later(demo, monkeypatch):
    """Who settles waits for what is remembered by then, however many come after."""
    save, late = demo.store.save_recipes, (Recipe(minimum_providers=1, draws=number) for number in range(200, 1_000))

    async def saved_while_one_more_comes(recipes, at):
        for recipe in late:
            await demo.recipes.remember(recipe)
            break
        await save(recipes, at)

    monkeypatch.setattr(demo.store, "save_recipes", saved_while_one_more_comes)
    await demo.recipes.remember(OWN[0])
    await demo.recipes.settle()
    assert next(late, None) is not None
    late.close()
    assert (await demo.store.recipe(OWN[0].hash))[0] == OWN[0].hash
    await demo.recipes.saved()
