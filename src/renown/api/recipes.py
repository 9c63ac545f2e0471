"""How provider scores become one value, as a client asks for it and as it was understood."""

from typing import Annotated

import strawberry

from renown import scoring
from renown.api.connections import Node
from renown.api.context import Info
from renown.api.describe import argument, input_type, object_type, plain, resolver
from renown.api.enums import Combiner, Normaliser, Reference, Weighting
from renown.api.ids import encode_id
from renown.api.scalars import JSON
from renown.errors import BadRecipe


@input_type
class WeightInput:
    """The weight of one provider."""

    provider: str = plain("Its slug.")
    weight: float = plain("Any non-negative number; only the proportions matter.")


@input_type
class RecipeInput:
    """A recipe, by its hash, by its name or by its parts. Without any it is the recipe named `default`."""

    hash: str | None = plain("The hash of a recipe used before; nothing else may be given beside it.", default=None)
    name: str | None = plain("The name of a recipe; nothing else may be given beside it.", default=None)
    normaliser: Normaliser | None = plain(
        "How scores become comparable. Default LINEAR; EQUATED for CONSENSUS.", default=None
    )
    reference: Reference | None = plain(
        "Whom a score is compared with. Default FROZEN; POPULATION for one that compares where no table is held.",
        default=None,
    )
    combiner: Combiner | None = plain("How comparable scores become one. Default MEAN.", default=None)
    weighting: Weighting | None = plain(
        "How much say each has. Default EQUAL; CUSTOM with weights, RELIABILITY for CONSENSUS.", default=None
    )
    weights: list[WeightInput] | None = plain("The weights, for CUSTOM.", default=None)
    minimum_providers: int | None = plain("How many providers must have a score. Default 2.", default=None)
    half_life_days: float | None = plain("So many days of age halve a score's weight. Default: never.", default=None)


RecipeArgument = Annotated[RecipeInput | None, argument("The recipe; the default one where it is left out.")]


@object_type
class Recipe(Node):
    """Every choice behind a blend, as one value with a hash."""

    recipe: strawberry.Private[scoring.Recipe]

    @resolver
    def id(self) -> strawberry.ID:
        """An opaque id, unique in this gateway."""
        return encode_id("Recipe", self.recipe.hash)

    @resolver
    def hash(self) -> str:
        """The sha256 of the canonical JSON: the same recipe has the same hash everywhere."""
        return self.recipe.hash

    @resolver
    async def name(self, info: Info) -> str | None:
        """Its name, where it has one; of several the one given first."""
        info.context.holds_only_now()  # a name takes no change number
        return await info.context.recipe_names.load(self.recipe.hash)

    @resolver
    def canonical(self) -> JSON:
        """Every choice, written out."""
        return self.recipe.canonical  # pyright: ignore[reportReturnType]

    @resolver
    def explanation(self) -> str:
        """What it does, in two plain sentences."""
        return self.recipe.explanation


async def read_recipe(info: Info, given: RecipeInput | None) -> scoring.Recipe:
    """The recipe a client asks for.

    Raises:
        BadRecipe: its parts make no sense, or cannot be computed yet.
        UnknownName: no recipe has that hash or name here, or a provider is not known.
    """
    if given is None:
        return await info.context.gateway.default_recipe()
    found = await _kept_recipe(info, given)
    if found is not None:
        return found
    for weight in given.weights or ():
        info.context.gateway.registry.provider(weight.provider)
    weights = tuple((weight.provider, weight.weight) for weight in given.weights or ())
    choices = {
        "normaliser": given.normaliser,
        "reference": given.reference,
        "combiner": given.combiner,
        "weighting": given.weighting,
        "weights": weights or None,
        "minimum_providers": given.minimum_providers,
        "half_life_days": given.half_life_days,
    }
    return await info.context.gateway.recipe({name: each for name, each in choices.items() if each is not None})


async def _kept_recipe(info: Info, given: RecipeInput) -> scoring.Recipe | None:
    """The recipe whose hash or name is given; None where its parts are."""
    gateway = info.context.gateway
    for what, kept, find in (
        ("hash", given.hash, gateway.recipes.find),
        ("name", given.name, gateway.recipe_names.find),
    ):
        if kept is not None:
            if any(value is not None for name, value in vars(given).items() if name != what):
                raise BadRecipe(
                    f"A {what} is given, and other parts beside it.", f"Give the {what} alone, or the parts alone."
                )
            info.context.holds_only_now()  # neither does what a name stands for
            return await find(kept)
    return None
