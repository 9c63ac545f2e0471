"""Remembers every recipe that was used, by its hash, so that whatever it made can be walked back to it."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from renown.errors import UnknownName
from renown.scoring import Combiner, FrozenReference, Normaliser, Recipe, Reference, Weighting
from renown.scoring.choices import BY_ORDER, STANDALONE
from renown.store import Store

DEFAULT_RECIPE = Recipe()
"""What is meant where no frozen reference is held."""

CONSENSUS_RECIPE = Recipe(
    normaliser=Normaliser.EQUATED,
    reference=Reference.FROZEN,
    combiner=Combiner.CONSENSUS,
    weighting=Weighting.RELIABILITY,
)
"""What is meant where one is, with two witnesses at least."""


def completed(choices: Mapping[str, Any], held: FrozenReference | None) -> Recipe:
    """The recipe of these choices (fields of a recipe), what is left open filled in as goes with them.

    Weights make it CUSTOM; CONSENSUS goes with EQUATED and RELIABILITY; whatever compares does so with the frozen
    tables, or with everybody held where there are none.

    Raises:
        BadRecipe: the choices make no sense.
    """
    filled: dict[str, Any] = {}
    if choices.get("combiner") is Combiner.CONSENSUS:
        filled |= {"normaliser": Normaliser.EQUATED, "weighting": Weighting.RELIABILITY}
    if choices.get("weights"):
        filled["weighting"] = Weighting.CUSTOM
    filled |= choices
    normaliser = filled.get("normaliser", DEFAULT_RECIPE.normaliser)
    compares = normaliser not in STANDALONE or filled.get("combiner") in BY_ORDER
    if compares and held is None and normaliser is not Normaliser.EQUATED:
        filled.setdefault("reference", Reference.POPULATION)
    return Recipe(**filled)


def default_recipe(reference: FrozenReference | None) -> Recipe:
    """The recipe that is meant where none is given, under the reference in force."""
    consensus = reference.consensus if reference else None
    return CONSENSUS_RECIPE if consensus and len(consensus.witnesses) > 1 else DEFAULT_RECIPE


_KEPT = 10_000


class Recipes:
    """Recipes by the first digits of their hash; in memory, and behind it in the store."""

    def __init__(self, store: Store, now: Callable[[], datetime]) -> None:
        self._store = store
        self._now = now
        self._known: dict[str, Recipe] = {}

    async def remember(self, recipe: Recipe) -> Recipe:
        """Keeps a recipe the first time it is used."""
        if recipe.hash not in self._known:
            await self._store.save_recipe(recipe.hash, recipe.canonical_text, self._now())
            while len(self._known) >= _KEPT:
                self._known.pop(next(iter(self._known)))
            self._known[recipe.hash] = recipe
        return recipe

    async def find(self, hash_or_prefix: str) -> Recipe:
        """The recipe with this hash, or whose hash begins so (16 hex digits at least).

        Raises:
            UnknownName: none was ever used here (code UNKNOWN_RECIPE).
        """
        if recipe := self._known.get(hash_or_prefix):
            return recipe
        wanted = hash_or_prefix.lower()
        is_hash = 16 <= len(wanted) <= 64 and all(digit in "0123456789abcdef" for digit in wanted)
        held = await self._store.recipe(wanted) if is_hash else None
        if held is None:
            raise UnknownName("recipe", hash_or_prefix[:64], (), "Send the recipe's fields instead of its hash.")
        return Recipe.from_canonical(held[1])
