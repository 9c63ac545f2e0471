"""What the options ask for: a recipe, accounts, a moment. Each refuses what it cannot read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar

from renown.claims import Account, parse_time
from renown.errors import BadRecipe, BadRequest, UnknownName

if TYPE_CHECKING:
    from renown.gateway import Gateway
    from renown.scoring import Recipe

_Choice = TypeVar("_Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class AskedRecipe:
    """A recipe by its name or hash, or the one its options describe."""

    named: str | None
    described: "Recipe"

    async def of(self, gateway: "Gateway") -> "Recipe":
        """The recipe itself.

        Raises:
            UnknownName: there is none of this name or hash (code UNKNOWN_RECIPE).
        """
        return self.described if self.named is None else await gateway.recipe_names.find(self.named)


def recipe_asked(
    named: str | None,
    normaliser: str | None,
    reference: str | None,
    weights: Sequence[str] | None,
    minimum_providers: int | None,
) -> AskedRecipe:
    """The recipe that a verb is asked to use.

    Raises:
        BadRecipe, UnknownName: the options describe none, or stand beside a name.
    """
    if named is not None and any(part is not None for part in (normaliser, reference, weights, minimum_providers)):
        raise BadRecipe(
            "A recipe is named, and parts of one are given beside it.",
            "Give one of the two, or change it under another name with `renown recipe fork`.",
        )
    return AskedRecipe(named, recipe_of(normaliser, reference, weights, minimum_providers))


def recipe_of(
    normaliser: str | None,
    reference: str | None,
    weights: Sequence[str] | None,
    minimum_providers: int | None,
    *,
    base: "Recipe | None" = None,
) -> "Recipe":
    """The recipe these options make of another, or of the default one.

    Raises:
        BadRecipe, UnknownName: they make none.
    """
    from renown.scoring import Normaliser, Recipe, Reference, Weighting

    changes: dict[str, Any] = {}
    if normaliser:
        changes["normaliser"] = choice("normaliser", normaliser, Normaliser)
    if reference:
        changes["reference"] = choice("reference", reference, Reference)
    if weights:
        given = tuple(_weight(text) for several in weights for text in several.split(","))
        changes |= {"weighting": Weighting.CUSTOM, "weights": given}
    if minimum_providers is not None:
        changes["minimum_providers"] = minimum_providers
    return replace(base or Recipe(), **changes)


def choice(what: str, name: str, choices: type[_Choice]) -> _Choice:
    """One of the named choices, in any case.

    Raises:
        UnknownName: there is no such choice.
    """
    found = {each.value.lower(): each for each in choices}.get(name.lower())
    if found is None:
        raise UnknownName(what, name, [each.value.lower() for each in choices])
    return found


def accounts_of(handles: Iterable[str], network: str) -> list[Account]:
    """Accounts on one network, each handle with or without @.

    Raises:
        BadRequest: one is no handle (code BAD_HANDLE).
    """
    accounts = [Account(network.lower(), handle.strip().removeprefix("@")) for handle in handles]
    for account in accounts:
        _ = account.key
    return accounts


def moment_of(text: str | None) -> datetime | None:
    """A day or moment, in UTC.

    Raises:
        BadRequest: it is neither (code BAD_MOMENT).
    """
    if text is None:
        return None
    try:
        return parse_time(text)
    except (ValueError, OverflowError):
        raise BadRequest(
            f"{text[:40]!r} is not a date.", "Write it as 2012-08-31 or 2012-08-31T12:00:00Z.", code="BAD_MOMENT"
        ) from None


def _weight(text: str) -> tuple[str, float]:
    provider, _, number = text.partition("=")
    try:
        return provider.strip().lower(), float(number)
    except ValueError:
        raise BadRecipe(f"{text[:40]!r} is not a weight.", "Write it as klout=2.") from None
