"""The range of a place and of a value over draws: of the recipe's reasonable alternatives, or of what is not known."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from renown.scoring.arrays import Floats, Ints
from renown.scoring.choices import Combiner
from renown.scoring.combine import COMBINERS, FLOOR, geometric_mean, weighted_mean
from renown.scoring.places import place_keys, rounded
from renown.scoring.sampling import Sample

LEVEL = 0.9

# How many drawn values stand in memory at once, besides those asked for.
_AT_ONCE = 2_000_000

# Wider than the noise of any weighted mean, so that no row is set aside by mistake.
_MARGIN = 1e-6


@dataclass(frozen=True, slots=True)
class DrawResult:
    """Ranges [k] that hold nine draws in ten and the nominal place and (rounded) value; `places` [draws, k]."""

    place_low: Ints
    place_high: Ints
    value_low: Floats
    value_high: Floats
    places: Ints


def ranges(places: Ints, values: Floats, nominal_places: Ints, nominal_values: Floats) -> DrawResult:
    """The ranges over drawn places and values [draws, k], widened where needed to hold the nominal ones [k]."""
    place_low, place_high = _middle(places)
    value_low, value_high = _middle(values)
    return DrawResult(
        place_low=np.minimum(place_low, nominal_places),
        place_high=np.maximum(place_high, nominal_places),
        value_low=rounded(np.minimum(value_low, nominal_values)),
        value_high=rounded(np.maximum(value_high, nominal_values)),
        places=places,
    )


def odds(drawn: Ints, first: int, second: int) -> float:
    """The share of the draws [draws, k] in which column `first` has the better place; equal places count half."""
    mine, other = drawn[:, first], drawn[:, second]
    return float((mine < other).mean() + (mine == other).mean() / 2)


def drawn_places(
    sample: Sample,
    normalised_as: Callable[[int], Floats],
    faded: Floats,
    rows: Ints,
    combiner: Combiner = Combiner.MEAN,
) -> Ints:
    """The places [draws, k] of some rows among all rows n, all of them ranked.

    `normalised_as` gives the scores [n, p] by the sample's number of a normaliser; `faded` [n, p] is what is left of
    each weight, zero where nobody counts. Memory: n x p, and draws x k.
    """
    places = np.empty((sample.normaliser.size, rows.size), dtype=np.intp)
    for number in np.unique(sample.normaliser):
        draws = np.flatnonzero(sample.normaliser == number)
        places[draws] = 1 + _above(normalised_as(int(number)), faded, sample, draws, rows, combiner)
    return places


def drawn_values(
    normalised: Floats, faded: Floats, sample: Sample, draws: Ints, combiner: Combiner = Combiner.MEAN
) -> Floats:
    """The values [d, n] of every row in the draws with these numbers [d], from its normalised scores [n, p].

    A row that only the provider left out knows keeps its value: nothing would be left of it.
    """
    combine = COMBINERS[combiner]
    if combine is weighted_mean:
        return _drawn_means(normalised, faded, sample, draws)
    if combine is geometric_mean:
        return np.exp(_drawn_means(np.log(np.maximum(normalised, FLOOR)), faded, sample, draws))
    say = sample.weights[draws][:, np.newaxis, :] * faded
    alone = say.sum(axis=2) == 0
    draw, row = np.nonzero(alone)
    say[draw, row, sample.left_out[draws[draw]]] = 1.0
    return np.array([combine(normalised, each) for each in say]).reshape(draws.size, len(normalised))


def _drawn_means(normalised: Floats, faded: Floats, sample: Sample, draws: Ints) -> Floats:
    value = np.zeros((draws.size, len(normalised)))
    total = np.zeros_like(value)
    for weight, scores, left in zip(sample.weights[draws].T, normalised.T, faded.T, strict=True):
        say = np.outer(weight, left)
        total += say
        say *= np.where(left > 0, scores, 0.0)
        value += say
    alone = total == 0
    np.divide(value, total, out=value, where=~alone)
    draw, row = np.nonzero(alone)
    value[draw, row] = normalised[row, sample.left_out[draws[draw]]]
    return value


def _above(  # noqa: PLR0917 - the six are one draw's matter
    normalised: Floats, faded: Floats, sample: Sample, draws: Ints, rows: Ints, combiner: Combiner
) -> Ints:
    """How many rows stand above each asked one [d, k]."""
    mine = place_keys(drawn_values(normalised[rows], faded[rows], sample, draws, combiner))
    contenders, always_above = _contenders(normalised, faded, rows)
    count = np.full(mine.shape, always_above, dtype=np.intp)
    for some in in_chunks(contenders, draws.size):
        add_above(count, place_keys(drawn_values(normalised[some], faded[some], sample, draws, combiner)), mine)
    return count


def in_chunks(rows: Ints, draws: int) -> Iterator[Ints]:
    """The rows in pieces small enough that so many draws of each stand in memory at once."""
    size = max(1, _AT_ONCE // draws)
    for start in range(0, rows.size, size):
        yield rows[start : start + size]


def add_above(count: Ints, keys: Floats, mine: Floats) -> None:
    """Add to `count` [d, k] how many of the drawn `keys` [d, n] are above `mine` [d, k]. Sorts the keys."""
    keys.sort(axis=1)
    for draw, line in enumerate(keys):
        count[draw] += line.size - np.searchsorted(line, mine[draw], side="right")


def _contenders(normalised: Floats, faded: Floats, rows: Ints) -> tuple[Ints, int]:
    """The rows that can stand on either side of an asked one, and how many stand above all asked ones in any draw.

    A mean or median lies between the least and the greatest of its scores whatever the weights are, so most of a long
    ranking need not be drawn at all.
    """
    least = np.full(len(normalised), np.inf)
    greatest = np.full(len(normalised), -np.inf)
    for scores, left in zip(normalised.T, faded.T, strict=True):
        np.minimum(least, scores, out=least, where=left > 0)
        np.maximum(greatest, scores, out=greatest, where=left > 0)
    above = least > greatest[rows].max(initial=-np.inf) + _MARGIN
    below = greatest < least[rows].min(initial=np.inf) - _MARGIN
    return np.flatnonzero(~(above | below)), int(above.sum())


def _middle(drawn: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The 5 % and 95 % points of the draws by nearest rank: each is one that was drawn, so places stay whole."""
    draws = len(drawn)
    low, high = -(-draws * 5 // 100) - 1, -(-draws * 95 // 100) - 1
    ordered = np.sort(drawn, axis=0)
    return ordered[low], ordered[high]
