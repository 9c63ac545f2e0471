"""Weights as their smallest whole proportions: the one form that means the same however it was written."""

import math
from collections.abc import Sequence

from renown.errors import BadRecipe

_PARTS = 1_000_000
_LARGEST = 1_000_000.0


def whole_shares(weights: Sequence[tuple[str, float]]) -> tuple[tuple[str, int], ...]:
    """The weights as smallest whole numbers, in order of provider, those of zero left out.

    Weights are read to six decimals, so the numbers stay within 10**12, which any JSON reader holds exactly. What
    comes as whole numbers already may be as large, and stays as it is.

    Raises:
        BadRecipe: a weight is not a number, infinite, negative, too large or too small to read; a provider comes
            twice; or all weights are zero.
    """
    whole = all(math.isfinite(weight) and float(weight).is_integer() for _, weight in weights)
    for provider, weight in weights:
        _refuse_weight(provider, weight, _LARGEST * _PARTS if whole else _LARGEST)
    _refuse_twice([provider for provider, _ in weights])
    parts = {provider: round(weight * (1 if whole else _PARTS)) for provider, weight in weights if weight > 0}
    if weights and not parts:
        raise BadRecipe("All weights are zero.", "Give at least one provider a weight above zero.")
    divisor = math.gcd(*parts.values())
    return tuple((provider, parts[provider] // divisor) for provider in sorted(parts))


def _refuse_weight(provider: str, weight: float, largest: float) -> None:
    if not math.isfinite(weight):
        raise BadRecipe(f"The weight of {provider!r} is not a finite number.", "Give a number of zero or more.")
    if weight < 0:
        raise BadRecipe(
            f"The weight of {provider!r} is negative: {weight:g}.", "Give zero to leave the provider out of the blend."
        )
    if weight > largest or 0 < weight < 1 / _PARTS:
        raise BadRecipe(
            f"The weight of {provider!r}, {weight:g}, is outside 0.000001 to 1000000.",
            "Only the proportions count: scale all weights alike.",
        )


def _refuse_twice(providers: Sequence[str]) -> None:
    for provider in providers:
        if providers.count(provider) > 1:
            raise BadRecipe(f"The provider {provider!r} is given two weights.", "Give each provider one weight.")
