"""A recipe in plain words."""

from collections.abc import Sequence

from renown.scoring.choices import Normaliser, Reference

_WHOM = {
    Reference.FROZEN: "a frozen reference",
    Reference.POPULATION: "everybody held",
    Reference.WITHIN_LIST: "the voices in the list",
}
_PLACED = {
    Normaliser.LINEAR: "brought to 0-100 on the scale the provider declares",
    Normaliser.PERCENTILE: "replaced by the share of {whom} it is above, 0-100, equals counting half",
    Normaliser.ZSCORE: "measured against the mean of {whom}, as 50 plus 10 for each standard deviation",
    Normaliser.MINMAX: "brought to 0-100 between the lowest and the highest of {whom}",
    Normaliser.RAW: "taken as the provider gave it, even where scales differ",
}


def in_plain_words(
    normaliser: Normaliser,
    reference: Reference,
    weights: Sequence[tuple[str, float]],
    *,
    minimum_providers: int,
    half_life_days: float | None,
    draws: int,
) -> str:
    """Two sentences: how a value comes about; who is ranked, and where the range of a place comes from."""
    placed = _PLACED[normaliser].format(whom=_WHOM[reference])
    fading = "" if half_life_days is None else f", its weight halving with every {half_life_days:g} days of its age"
    return (
        f"Each provider's score is {placed}{fading}, and a voice's value is the mean over the providers that answered, "
        f"{_say(weights)}. A voice needs at least {_count(minimum_providers, 'provider')} to be ranked, and the range "
        f"of its place comes from {_count(draws, 'draw')} that vary the weights, the normaliser and who is left out."
    )


def _say(weights: Sequence[tuple[str, float]]) -> str:
    if not weights:
        return "each with the same weight"
    return "weighted " + ", ".join(f"{provider} {weight:g}" for provider, weight in weights)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
