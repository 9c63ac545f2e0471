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
from renown.gateway import DEFAULT_RECIPE
from renown.scoring.choices import STANDALONE


@input_type
class WeightInput:
    """The weight of one provider."""

    provider: str = plain("Its slug.")
    weight: float = plain("Any non-negative number; only the proportions matter.")


@input_type
class RecipeInput:
    """A recipe, by its hash or by its parts. What is left out is as in the default recipe."""

    hash: str | None = plain("The hash of a recipe used before; nothing else may be given beside it.", default=None)
    normaliser: Normaliser | None = plain("How scores become comparable. Default LINEAR.", default=None)
    reference: Reference | None = plain(
        "Whom a score is compared with. Default FROZEN, or POPULATION for a normaliser that compares.", default=None
    )
    combiner: Combiner | None = plain("How comparable scores become one. Default MEAN.", default=None)
    weighting: Weighting | None = plain("How much say each has. Default EQUAL; CUSTOM with weights.", default=None)
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
    def name(self) -> str | None:
        """Its name, where it has one."""
        return "default" if self.recipe == DEFAULT_RECIPE else None

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
        UnknownName: no recipe of that hash was used here, or a provider is not known.
    """
    if given is None:
        return DEFAULT_RECIPE
    if given.hash is not None:
        if any(value is not None for name, value in vars(given).items() if name != "hash"):
            raise BadRecipe("A hash is given, and other parts beside it.", "Give the hash alone, or the parts alone.")
        return await info.context.gateway.recipes.find(given.hash)
    for weight in given.weights or ():
        info.context.gateway.registry.provider(weight.provider)
    normaliser = given.normaliser or DEFAULT_RECIPE.normaliser
    compares = normaliser not in STANDALONE
    minimum = given.minimum_providers
    return scoring.Recipe(
        normaliser=normaliser,
        reference=given.reference or (Reference.POPULATION if compares else DEFAULT_RECIPE.reference),
        combiner=given.combiner or DEFAULT_RECIPE.combiner,
        weighting=given.weighting or (Weighting.CUSTOM if given.weights else DEFAULT_RECIPE.weighting),
        weights=tuple((weight.provider, weight.weight) for weight in given.weights or ()),
        minimum_providers=DEFAULT_RECIPE.minimum_providers if minimum is None else minimum,
        half_life_days=given.half_life_days,
    )
