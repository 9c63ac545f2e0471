"""Remembers every recipe that was used, by its hash, so that whatever it made can be walked back to it."""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from functools import lru_cache
from typing import Any

import structlog

from renown.errors import UnknownName
from renown.gateway.bounded import Bounded
from renown.scoring import Combiner, FrozenReference, Normaliser, Recipe, Reference, Weighting
from renown.scoring.choices import BY_ORDER, STANDALONE
from renown.store import Store

_log = structlog.get_logger(__name__)

_KEPT = 10_000
_FEWEST_DIGITS = 16

_AT_ONCE = 100
_TURNS = 3  # of the loop: one brings a request, the next one begins it

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
    return _completed(tuple(choices.items()), is_held=held is not None)


@lru_cache(maxsize=_KEPT)
def _completed(chosen: tuple[tuple[str, Any], ...], *, is_held: bool) -> Recipe:
    # Kept: the same choices come again and again, and a recipe's hash is most of what a kept ranking costs.
    choices = dict(chosen)
    filled: dict[str, Any] = {}
    if choices.get("combiner") is Combiner.CONSENSUS:
        filled |= {"normaliser": Normaliser.EQUATED, "weighting": Weighting.RELIABILITY}
    if choices.get("weights"):
        filled["weighting"] = Weighting.CUSTOM
    filled |= choices
    normaliser = filled.get("normaliser", DEFAULT_RECIPE.normaliser)
    compares = normaliser not in STANDALONE or filled.get("combiner") in BY_ORDER
    if compares and not is_held and normaliser is not Normaliser.EQUATED:
        filled.setdefault("reference", Reference.POPULATION)
    return Recipe(**filled)


def default_recipe(reference: FrozenReference | None) -> Recipe:
    """The recipe that is meant where none is given, under the reference in force."""
    consensus = reference.consensus if reference else None
    return CONSENSUS_RECIPE if consensus and len(consensus.witnesses) > 1 else DEFAULT_RECIPE


class Recipes:
    """Recipes by their hash; in memory, and behind it in the store.

    One that was never used before is written down together with others that come in the same moments: all of them
    cost what one does. Before an answer leaves, `settle` waits for that: whatever it names can then be found by every
    process.
    """

    def __init__(self, store: Store, now: Callable[[], datetime]) -> None:
        self._store = store
        self._now = now
        self._known: Bounded[str, Recipe] = Bounded(_KEPT)
        self._unsaved: Bounded[str, Recipe] = Bounded(_KEPT)
        self._saving: asyncio.Task[None] | None = None

    async def remember(self, recipe: Recipe) -> Recipe:
        """Keeps a recipe the first time it is used. Does not suspend."""
        if recipe.hash[:_FEWEST_DIGITS] not in self._known:
            self._known.keep(recipe.hash[:_FEWEST_DIGITS], recipe)
            self._unsaved.keep(recipe.hash, recipe)
            self._save()
        return recipe

    async def saved(self) -> None:
        """Waits until all that is remembered by now is in the store.

        Raises:
            Exception: whatever the store raised; it is tried again with the next recipe.
        """
        remembered = tuple(self._unsaved)
        while any(hash_ in self._unsaved for hash_ in remembered):
            saving = self._save()
            await asyncio.wait((saving,))  # unlike awaiting it: a caller that is cancelled leaves it running
            saving.result()

    async def settle(self) -> None:
        """Waits until all that is remembered by now is in the store, or is found not to go there; the log tells."""
        if self._unsaved:
            with suppress(Exception):
                await self.saved()

    async def find(self, hash_or_prefix: str) -> Recipe:
        """The recipe with this hash, or whose hash begins so (16 hex digits at least).

        Raises:
            UnknownName: none was ever used here (code UNKNOWN_RECIPE).
        """
        wanted = hash_or_prefix.lower()
        is_hash = _FEWEST_DIGITS <= len(wanted) <= 64 and all(digit in "0123456789abcdef" for digit in wanted)
        known = self._known.get(wanted[:_FEWEST_DIGITS])
        if is_hash and known is not None and known.hash.startswith(wanted):
            return known
        await self.saved()
        held = await self._store.recipe(wanted) if is_hash else None
        if held is None:
            raise UnknownName("recipe", hash_or_prefix[:64], (), "Send the recipe's fields instead of its hash.")
        recipe = Recipe.from_canonical(held[1])
        self._known.keep(recipe.hash[:_FEWEST_DIGITS], recipe)
        return recipe

    def _save(self) -> asyncio.Task[None]:
        if self._saving is None or self._saving.done():
            self._saving = asyncio.create_task(self._save_together())
            self._saving.add_done_callback(self._saved)
        return self._saving

    async def _save_together(self) -> None:
        await self._gathered()
        unsaved = dict(self._unsaved)
        await self._store.save_recipes({hash_: recipe.canonical_text for hash_, recipe in unsaved.items()}, self._now())
        for hash_ in unsaved:
            self._unsaved.pop(hash_, None)

    async def _gathered(self) -> None:
        """Waits while others come: as long as some turns of the loop bring another recipe, up to a bound."""
        known, turns = 0, 0
        while turns < _TURNS and len(self._unsaved) < _AT_ONCE:
            turns = turns + 1 if len(self._unsaved) == known else 0
            known = len(self._unsaved)
            await asyncio.sleep(0)

    def _saved(self, saving: asyncio.Task[None]) -> None:
        error = None if saving.cancelled() else saving.exception()
        if error is not None:  # they are tried again with the next recipe
            _log.warning("recipes_not_saved", error=type(error).__name__)
        elif self._unsaved and not saving.cancelled():
            self._save()
