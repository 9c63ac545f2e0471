"""Recipes that are refused, each with what is possible instead."""

import math

from renown.errors import BadRecipe
from renown.scoring.choices import STANDALONE, Combiner, Normaliser, Reference, Weighting

_MOST_DRAWS = 10_000
_LONGEST_HALF_LIFE = 1_000_000


def refuse_bad_numbers(minimum_providers: int, half_life_days: float | None, draws: int) -> None:
    """Refuse numbers that make no sense.

    Raises:
        BadRecipe: fewer than one provider, a half-life that is not a positive length of time, too few or many draws.
    """
    if minimum_providers < 1:
        raise BadRecipe(
            f"A voice cannot be ranked on {minimum_providers} providers.", "Ask for a minimum of 1 provider or more."
        )
    if half_life_days is not None and not _is_length(half_life_days):
        raise BadRecipe(
            f"{half_life_days!r} is not a half-life in days.",
            f"Give a number above 0 and up to {_LONGEST_HALF_LIFE}, or none to let old scores keep their weight.",
        )
    if not 1 <= draws <= _MOST_DRAWS:
        raise BadRecipe(f"A range cannot be made of {draws} draws.", f"Ask for 1 to {_MOST_DRAWS} draws.")


def _is_length(days: float) -> bool:
    return math.isfinite(days) and 0 < days <= _LONGEST_HALF_LIFE


def refuse_unsupported(normaliser: Normaliser, reference: Reference, combiner: Combiner, weighting: Weighting) -> None:
    """Refuse what the schema names and this release cannot compute.

    Raises:
        BadRecipe: with the code NOT_YET_SUPPORTED, naming what is possible.
    """
    if normaliser is Normaliser.EQUATED:
        possible = ", ".join(each.value for each in Normaliser if each is not Normaliser.EQUATED)
        raise _not_yet(f"The normaliser {normaliser.value}", f"Use one of {possible}.")
    if combiner is not Combiner.MEAN:
        raise _not_yet(f"The combiner {combiner.value}", "Use MEAN.")
    if weighting is Weighting.RELIABILITY:
        raise _not_yet(f"The weighting {weighting.value}", "Use EQUAL or CUSTOM.")
    if reference is Reference.FROZEN and normaliser not in STANDALONE:
        raise _not_yet(
            f"The normaliser {normaliser.value} with the reference FROZEN (no frozen reference table is held)",
            "Use the reference POPULATION or WITHIN_LIST, or the normaliser LINEAR.",
        )


def _not_yet(what: str, next_step: str) -> BadRecipe:
    return BadRecipe(f"{what} cannot be computed yet.", next_step, code="NOT_YET_SUPPORTED")
