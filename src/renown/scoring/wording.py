"""A recipe in plain words."""

from collections.abc import Sequence

from renown.scoring.choices import BY_ORDER, Combiner, Normaliser, Reference, Weighting

_WHOM = {
    Reference.FROZEN: "a frozen reference",
    Reference.POPULATION: "everybody held",
    Reference.WITHIN_LIST: "the voices in the list",
}
_PLACED = {
    Normaliser.LINEAR: "brought to 0-100 on the scale the provider declares",
    Normaliser.PERCENTILE: "replaced by the share of {whom} it is above, 0-100, equals counting half",
    Normaliser.EQUATED: "replaced by its place, 0-100, in one base population, through the people providers share",
    Normaliser.ZSCORE: "measured against the mean of {whom}, as 50 plus 10 for each standard deviation",
    Normaliser.MINMAX: "brought to 0-100 between the lowest and the highest of {whom}",
    Normaliser.RAW: "taken as the provider gave it, even where scales differ",
}
_IN_ORDER = "replaced by points for its place in the provider's own order among {whom}"
_VALUE = {
    Combiner.MEAN: "the mean",
    Combiner.GEOMETRIC: "the geometric mean",
    Combiner.MEDIAN: "the median",
    Combiner.BORDA: "the mean (Borda's count)",
    Combiner.RRF: "the mean (reciprocal rank fusion)",
    Combiner.CONSENSUS: "the standing that best explains them all, taken",
}


def in_plain_words(
    normaliser: Normaliser,
    reference: Reference,
    combiner: Combiner,
    weighting: Weighting,
    weights: Sequence[tuple[str, float]],
    *,
    minimum_providers: int,
    half_life_days: float | None,
    draws: int,
) -> str:
    """Two sentences: how a value comes about; who is ranked, and where the range of a place comes from."""
    placed = (_IN_ORDER if combiner in BY_ORDER else _PLACED[normaliser]).format(whom=_WHOM[reference])
    fading = "" if half_life_days is None else f", its weight halving with every {half_life_days:g} days of its age"
    varied = "of what the providers leave open" if combiner is Combiner.CONSENSUS else _VARIED
    return (
        f"Each provider's score is {placed}{fading}, and a voice's value is {_VALUE[combiner]} over the providers that "
        f"answered, {_say(weighting, weights)}. A voice needs at least {_count(minimum_providers, 'provider')} to be "
        f"ranked, and the range of its place comes from {_count(draws, 'draw')} {varied}."
    )


_VARIED = "that vary the weights, the normaliser, the half-life and who is left out"


def _say(weighting: Weighting, weights: Sequence[tuple[str, float]]) -> str:
    if weighting is Weighting.RELIABILITY:
        return "each weighted by how reliable the reference found it"
    if not weights:
        return "each with the same weight"
    return "weighted " + ", ".join(f"{provider} {weight:g}" for provider, weight in weights)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
