"""Named recipes over GraphQL: listed, used, and called by their names wherever a recipe is shown."""

import pytest

from renown.scoring import Normaliser, Recipe, Weighting

KLOUT, PEERINDEX = (
    Recipe(normaliser=Normaliser.LINEAR, weighting=Weighting.CUSTOM, weights=((provider, 1),), minimum_providers=1)
    for provider in ("klout", "peerindex")
)
RANKING = 'query($recipe: RecipeInput) { ranking(filter: {list: "tyres"}, recipe: $recipe) { recipe { hash name } } }'


@pytest.fixture
def named(served_alone):
    """The demo, served, with two names for one recipe and a name for another one."""
    client = served_alone.client
    for name, recipe in (("klout-only", KLOUT), ("the-same", KLOUT), ("peerindex-only", PEERINDEX)):
        client.portal.call(client.app.state.gateway.recipe_names.save, name, recipe)
    return served_alone


def test_named_recipes_are_listed_once_each(named):
    """In the order of their names, each recipe by the name it was given first."""
    listed = named.data("{ recipes { hash name explanation } }")["recipes"]
    assert [(each["name"], each["hash"]) for each in listed] == [
        ("klout-only", KLOUT.hash),
        ("peerindex-only", PEERINDEX.hash),
    ]
    assert listed[0]["explanation"] == KLOUT.explanation


def test_a_ranking_takes_a_recipe_by_its_name(named):
    """It is by the recipe of that name and says so; by its parts it has the same name; the default one its own."""
    shown = {"hash": KLOUT.hash, "name": "klout-only"}
    parts = {"normaliser": "LINEAR", "weights": [{"provider": "klout", "weight": 3}], "minimumProviders": 1}
    parts |= {"reference": KLOUT.reference.value, "combiner": KLOUT.combiner.value}
    for recipe in ({"name": "the-same"}, {"hash": KLOUT.hash}, parts):
        assert named.data(RANKING, {"recipe": recipe})["ranking"]["recipe"] == shown
    assert named.data(RANKING)["ranking"]["recipe"]["name"] == "default"
    assert named.data(RANKING, {"recipe": {"name": "default"}})["ranking"]["recipe"]["name"] == "default"


def test_a_name_stands_alone(named):
    """A name beside a hash or a part is refused, and an unknown one is answered with the nearest."""
    for beside in ({"hash": KLOUT.hash}, {"minimumProviders": 1}):
        error = named.error(RANKING, {"recipe": {"name": "klout-only"} | beside})
        assert error["extensions"]["code"] == "BAD_RECIPE"
    error = named.error(RANKING, {"recipe": {"name": "klout-onyl"}})
    assert error["extensions"]["code"] == "UNKNOWN_RECIPE"
    assert "klout-only" in error["extensions"]["nextStep"]
