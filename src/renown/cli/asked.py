"""What the options ask for: a recipe, accounts, a moment. Each refuses what it cannot read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from renown.claims import Account, parse_time
from renown.errors import BadRecipe, BadRequest, UnknownName

if TYPE_CHECKING:
    from renown.gateway import Gateway
    from renown.scoring import Recipe

_Choice = TypeVar("_Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipeParts:
    """The parts of a recipe as they are typed; None for what is left open."""

    normaliser: Annotated[
        str | None,
        typer.Option(help="How scores become comparable: LINEAR, PERCENTILE, EQUATED, ZSCORE, MINMAX or RAW."),
    ] = None
    reference: Annotated[
        str | None,
        typer.Option(
            help="Whom a score is compared with: FROZEN (the tables of `renown reference`), POPULATION, WITHIN_LIST."
        ),
    ] = None
    combiner: Annotated[
        str | None, typer.Option(help="How they become one: MEAN, GEOMETRIC, MEDIAN, BORDA, RRF or CONSENSUS.")
    ] = None
    weighting: Annotated[
        str | None, typer.Option(help="How much say each has: EQUAL, RELIABILITY, or CUSTOM with --weight.")
    ] = None
    weights: Annotated[
        list[str] | None,
        typer.Option(
            "--weight",
            "--weights",
            metavar="PROVIDER=WEIGHT",
            help="A provider's weight; repeatable, or several with commas. Who is not named has no say.",
        ),
    ] = None
    minimum_providers: Annotated[
        int | None, typer.Option(help="How many providers must have a score of a voice (default 2).")
    ] = None
    half_life: Annotated[
        float | None,
        typer.Option(metavar="DAYS", help="So many days of age halve a score's weight. Default: never."),
    ] = None

    def choices(self) -> dict[str, Any]:
        """What is chosen, by the names of a recipe's fields.

        Raises:
            BadRecipe, UnknownName: a part cannot be read.
        """
        from renown.scoring import Combiner, Normaliser, Reference, Weighting

        kinds = {"normaliser": Normaliser, "reference": Reference, "combiner": Combiner, "weighting": Weighting}
        typed = {what: getattr(self, what) for what in kinds}
        chosen: dict[str, Any] = {what: choice(what, name, kinds[what]) for what, name in typed.items() if name}
        if self.weights:
            chosen["weights"] = tuple(_weight(text) for several in self.weights for text in several.split(","))
        if self.minimum_providers is not None:
            chosen["minimum_providers"] = self.minimum_providers
        if self.half_life is not None:
            chosen["half_life_days"] = self.half_life
        return chosen


@dataclass(frozen=True, slots=True)
class AskedRecipe:
    """A recipe by its name or hash, or by its choices; the default one where nothing is said."""

    named: str | None
    choices: Mapping[str, Any]

    async def of(self, gateway: "Gateway") -> "Recipe":
        """The recipe itself.

        Raises:
            UnknownName: there is none of this name or hash (code UNKNOWN_RECIPE).
            BadRecipe: the choices make no sense.
        """
        return await (gateway.recipe(self.choices) if self.named is None else gateway.recipe_names.find(self.named))


def recipe_asked(named: str | None, parts: RecipeParts) -> AskedRecipe:
    """The recipe that a verb is asked to use.

    Raises:
        BadRecipe, UnknownName: the parts cannot be read, or stand beside a name.
    """
    choices = parts.choices()
    if named is not None and choices:
        raise BadRecipe(
            "A recipe is named, and parts of one are given beside it.",
            "Give one of the two, or change it under another name with `renown recipe fork`.",
        )
    return AskedRecipe(named, choices)


def forked(base: "Recipe", parts: RecipeParts) -> "Recipe":
    """Another recipe with these parts changed. Weights make it CUSTOM; another weighting lets go of the weights.

    Raises:
        BadRecipe, UnknownName: they make none.
    """
    from renown.scoring import Weighting

    choices = parts.choices()
    if "weights" in choices:
        choices.setdefault("weighting", Weighting.CUSTOM)
    elif choices.get("weighting", Weighting.CUSTOM) is not Weighting.CUSTOM:
        choices["weights"] = ()
    return replace(base, **choices)


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
