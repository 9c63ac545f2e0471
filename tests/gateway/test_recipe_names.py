"""Names of recipes: saved, found, forked; never made to mean something else unasked."""

import pytest

from renown.errors import BadRequest, UnknownName
from renown.gateway import DEFAULT_RECIPE, Gateway
from renown.scoring import Recipe, Weighting


def weighted(**weights):
    """A recipe with weights of its own."""
    return Recipe(weighting=Weighting.CUSTOM, weights=tuple(weights.items()))


ONE, OTHER = weighted(klout=2, kred=1), weighted(kred=1)


async def test_a_recipe_is_found_by_its_name_and_by_its_hash(empty, database_url):
    """As a slug in any case, by hash, by the first digits; also by a gateway opened later."""
    saved = await empty.recipe_names.save("Klout first", ONE, note="who reads this wants Klout")
    assert (saved.entry.name, saved.entry.version, saved.entry.note) == ("klout-first", 1, "who reads this wants Klout")
    async with await Gateway.open(empty.settings) as later:
        for said in ("klout-first", " Klout-First ", ONE.hash, ONE.hash[:16].upper()):
            assert await later.recipe_names.find(said) == ONE
    assert await empty.recipe_names.find("Default") == DEFAULT_RECIPE


async def test_a_taken_name_is_refused_with_what_to_do(empty):
    """Another recipe under a taken name is refused; the same one again changes nothing."""
    await empty.recipe_names.save("mine", ONE)
    with pytest.raises(BadRequest, match=f"{ONE.hash[:16]}.*another name, or replace") as refused:
        await empty.recipe_names.save("mine", OTHER)
    assert refused.value.code == "NAME_TAKEN"
    assert (await empty.recipe_names.save("mine", ONE, note="again")).entry.note == ""
    assert [each.recipe for each in await empty.recipe_names.history("mine")] == [ONE]


async def test_a_replaced_name_keeps_what_it_stood_for(empty):
    """Asked to, a name stands for another recipe; the first one stays in its history and by its hash."""
    await empty.recipe_names.save("mine", ONE)
    await empty.recipe_names.save("mine", OTHER, replace=True)
    await empty.recipe_names.save("mine", ONE, replace=True)
    history = await empty.recipe_names.history("mine")
    assert [(each.entry.version, each.recipe) for each in history] == [(1, ONE), (2, OTHER), (3, ONE)]
    assert await empty.recipe_names.find("mine") == ONE
    assert await empty.recipe_names.find(OTHER.hash) == OTHER


async def test_a_name_that_another_takes_first_is_taken(empty, monkeypatch):
    """Of two who found a name free at the same time the later one is told that it is taken."""
    before = empty.store.recipe_name_history
    found = [[], None]

    async def history(name):
        early = found.pop(0)
        return await before(name) if early is None else early

    await empty.recipe_names.save("mine", ONE)
    monkeypatch.setattr(empty.store, "recipe_name_history", history)
    with pytest.raises(BadRequest, match="is the name of another recipe") as refused:
        await empty.recipe_names.save("mine", OTHER)
    assert refused.value.code == "NAME_TAKEN"


async def test_a_fork_says_what_it_came_from(empty):
    """Its entry holds the hash of the recipe it was made from, which is kept too."""
    saved = await empty.recipe_names.save("mine", ONE, forked_from=OTHER)
    assert saved.entry.forked_from == OTHER.hash
    assert await empty.recipe_names.find(OTHER.hash) == OTHER
    assert [each.entry for each in await empty.recipe_names.all()] == [saved.entry]


async def test_a_recipe_of_two_names_is_called_by_the_first(empty, clock):
    """The name given first; `default` for the default recipe, whatever else it is called."""
    await empty.recipe_names.save("z", ONE)
    clock.move(seconds=1)
    await empty.recipe_names.save("a", ONE)
    await empty.recipe_names.save("b", DEFAULT_RECIPE)
    asked = [ONE.hash, DEFAULT_RECIPE.hash, OTHER.hash]
    assert await empty.recipe_names.names_of(asked) == {ONE.hash: "z", DEFAULT_RECIPE.hash: "default"}


@pytest.mark.parametrize("name", ["", " - ", "Default", "0123456789abcdef", "x" * 61])
async def test_what_cannot_be_a_name_is_refused(empty, name):
    """Nothing to make a slug of, the default's name, what looks like a hash, what is too long."""
    with pytest.raises(BadRequest) as refused:
        await empty.recipe_names.save(name, ONE)
    assert refused.value.code == "BAD_NAME"
    assert await empty.recipe_names.all() == []


async def test_an_unknown_name_suggests_the_nearest(empty):
    """A slip of the pen is answered with the name that is near; a hash nobody used is unknown as well."""
    await empty.recipe_names.save("klout-first", ONE)
    with pytest.raises(UnknownName, match="'klout-first'") as unknown:
        await empty.recipe_names.find("klout-frist")
    assert unknown.value.code == "UNKNOWN_RECIPE"
    with pytest.raises(UnknownName):
        await empty.recipe_names.find("0" * 16)
