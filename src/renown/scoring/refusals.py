"""Recipes that are refused, each with what is possible instead."""

import math

from renown.errors import BadRecipe
from renown.scoring.choices import Combiner, Normaliser, Reference, Weighting

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


def refuse_contradiction(
    normaliser: Normaliser, reference: Reference, combiner: Combiner, weighting: Weighting, *, weighed: bool
) -> None:
    """Refuse choices that exclude one another. `weighed`: weights are given.

    Raises:
        BadRecipe: they do, naming what goes together.
    """
    if weighed and weighting is not Weighting.CUSTOM:
        raise BadRecipe(
            f"Weights are given, but the weighting is {weighting.value}.",
            "Use the weighting CUSTOM, or leave the weights out.",
        )
    if weighting is Weighting.CUSTOM and not weighed:
        raise BadRecipe("The weighting CUSTOM has no weights.", "Give a weight for at least one provider.")
    if normaliser is Normaliser.EQUATED and reference is not Reference.FROZEN:
        raise BadRecipe(
            f"EQUATED reads the links of the frozen reference, and the reference is {reference.value}.",
            "Use the reference FROZEN, or the normaliser PERCENTILE.",
        )
    if combiner is Combiner.CONSENSUS and not (normaliser is Normaliser.EQUATED and weighting is Weighting.RELIABILITY):
        raise BadRecipe(
            "CONSENSUS weighs equated scores by the reliability of their providers.",
            "Use it with the normaliser EQUATED and the weighting RELIABILITY, or use the combiner MEAN.",
        )
