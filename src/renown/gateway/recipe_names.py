"""Recipes by their names: saved, forked and found again. A name is never made to mean something else unasked."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from renown.claims.fields import slug_of
from renown.errors import BadRequest, UnknownName
from renown.gateway.recipes import Recipes
from renown.scoring import Recipe
from renown.store import RecipeName, Store

DEFAULT_NAME = "default"
_LONGEST_NAME = 60
_HEX = frozenset("0123456789abcdef")


@dataclass(frozen=True, slots=True)
class NamedRecipe:
    """A recipe with its name's entry in the store."""

    entry: RecipeName
    recipe: Recipe


class RecipeNames:
    """Names of recipes in the store. `default` is the default recipe's, and nobody else's."""

    def __init__(
        self,
        store: Store,
        recipes: Recipes,
        default: Callable[[], Awaitable[Recipe]],
        now: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._recipes = recipes
        self._default = default
        self._now = now

    async def find(self, name_or_hash: str) -> Recipe:
        """The recipe of this name, or with this hash, or whose hash begins so (16 hex digits at least).

        Raises:
            UnknownName: there is none (code UNKNOWN_RECIPE).
        """
        said = name_or_hash.strip()
        if said.casefold() == DEFAULT_NAME:
            return await self._default()
        if is_hash(said):
            return await self._recipes.find(said)
        return (await self.history(said))[-1].recipe

    async def history(self, name: str) -> list[NamedRecipe]:
        """Every recipe the name ever stood for, the present one last.

        Raises:
            UnknownName: there is no such name (code UNKNOWN_RECIPE).
        """
        found = await self._store.recipe_name_history(name.strip().casefold())
        if not found:
            known = [DEFAULT_NAME, *(entry.name for entry in await self._store.recipe_names())]
            raise UnknownName("recipe", name[:_LONGEST_NAME], known, "`renown recipe list` lists them all.")
        return await self._with_recipes(found)

    async def all(self) -> list[NamedRecipe]:
        """Every name with the recipe it stands for, by name. The default one is not among them."""
        return await self._with_recipes(await self._store.recipe_names())

    async def names_of(self, hashes: Sequence[str]) -> dict[str, str]:
        """What the recipes of these hashes are called, by hash: the name given first, `default` before all others."""
        entries = sorted(await self._store.recipe_names(hashes), key=lambda entry: (entry.created_at, entry.name))
        names = {entry.hash: entry.name for entry in reversed(entries)}
        default = (await self._default()).hash
        return names | {hash_: DEFAULT_NAME for hash_ in hashes if hash_ == default}

    async def save(
        self, name: str, recipe: Recipe, *, note: str = "", forked_from: Recipe | None = None, replace: bool = False
    ) -> NamedRecipe:
        """Gives a recipe a name. Saved again as it is, nothing changes.

        With `replace` a taken name means this recipe from now on, and what it meant before stays in its history.

        Raises:
            BadRequest: it cannot be a name (code BAD_NAME), or stands for another recipe (code NAME_TAKEN).
        """
        name = checked_name(name)
        history = await self._store.recipe_name_history(name)
        if history and history[-1].hash == recipe.hash:
            return NamedRecipe(history[-1], recipe)
        if history and not replace:
            raise _taken(name, history[-1].hash)
        for each in (recipe, *([forked_from] if forked_from else [])):
            await self._recipes.remember(each)
        await self._recipes.saved()
        entry = RecipeName(
            name=name,
            version=len(history) + 1,
            hash=recipe.hash,
            forked_from=forked_from.hash if forked_from else None,
            note=note,
            created_at=self._now(),
        )
        if not await self._store.add_recipe_name(entry):
            raise _taken(name, (await self._store.recipe_name_history(name))[-1].hash)
        return NamedRecipe(entry, recipe)

    async def _with_recipes(self, entries: Sequence[RecipeName]) -> list[NamedRecipe]:
        return [NamedRecipe(entry, await self._recipes.find(entry.hash)) for entry in entries]


def is_hash(text: str) -> bool:
    """Whether this can only be a recipe's hash or the beginning of one."""
    return 16 <= len(text) <= 64 and set(text.lower()) <= _HEX


def checked_name(text: str) -> str:
    """The name as it is kept: a slug.

    Raises:
        BadRequest: it cannot be a name (code BAD_NAME).
    """
    if not any(character.isalnum() for character in text) or len(text) > _LONGEST_NAME:
        reason = f"has no letter or digit, or over {_LONGEST_NAME} characters"
    elif (name := slug_of(text)) == DEFAULT_NAME:
        reason = "is the name of the default recipe"
    elif is_hash(name):
        reason = "would be taken for a recipe's hash"
    else:
        return name
    raise BadRequest(
        f"{text[:_LONGEST_NAME]!r} cannot name a recipe: it {reason}.", "Give another name.", code="BAD_NAME"
    )


def _taken(name: str, hash_: str) -> BadRequest:
    return BadRequest(
        f"{name!r} is the name of another recipe, {hash_[:16]}.",
        "Save this one under another name, or replace it with --replace, which keeps the history.",
        code="NAME_TAKEN",
    )
