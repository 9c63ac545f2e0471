"""What the options ask for: a recipe, accounts, a moment. Each refuses what it cannot read."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from renown.claims import Account, parse_time
from renown.errors import BadRecipe, BadRequest, UnknownName

if TYPE_CHECKING:
    from renown.scoring import Recipe

_Choice = TypeVar("_Choice", bound=StrEnum)


def recipe_of(
    normaliser: str | None, reference: str | None, weights: Sequence[str] | None, minimum_providers: int | None
) -> "Recipe":
    """The recipe these options describe; the default one where none is given.

    Raises:
        BadRecipe, UnknownName: they describe none.
    """
    from renown.scoring import Normaliser, Recipe, Reference, Weighting

    plain = Recipe()
    return Recipe(
        normaliser=choice("normaliser", normaliser, Normaliser) if normaliser else plain.normaliser,
        reference=choice("reference", reference, Reference) if reference else plain.reference,
        weighting=Weighting.CUSTOM if weights else plain.weighting,
        weights=tuple(_weight(text) for text in weights or ()),
        minimum_providers=plain.minimum_providers if minimum_providers is None else minimum_providers,
    )


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
