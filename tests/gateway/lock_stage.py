"""What the tests of lock files do with one: take it apart, change it, write it anew."""

import json
from collections.abc import Callable
from typing import Any

from renown.gateway import DEFAULT_RECIPE, Filter, Gateway, Ranked
from renown.gateway.lock import lock
from renown.scoring import Normaliser, Recipe, Reference

TYRES = Filter(list="tyres")
RECIPES = {
    "default": DEFAULT_RECIPE,
    "population": Recipe(normaliser=Normaliser.ZSCORE, reference=Reference.POPULATION),
    "within": Recipe(normaliser=Normaliser.MINMAX, reference=Reference.WITHIN_LIST),
    "fading": Recipe(normaliser=Normaliser.RAW, half_life_days=90, minimum_providers=1, draws=60),
}


async def locked(gateway: Gateway, recipe: Recipe = DEFAULT_RECIPE, asked: Filter = TYRES) -> tuple[Ranked, bytes]:
    """A ranking, and the bytes of its lock file."""
    ranked = await gateway.rank(asked, recipe)
    return ranked, (await lock(gateway, ranked)).content


def changed(content: bytes, change: Callable[[dict[str, Any]], object]) -> bytes:
    """The lock file after somebody changed it, in the canonical layout."""
    held = json.loads(content)
    change(held)
    return json.dumps(held, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
