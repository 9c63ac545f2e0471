"""The places of rows in draws of the method, among all rows: of most of them, or of a few among very many."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np

from renown.scoring.above import Places, Tally, put_places
from renown.scoring.arrays import Floats, Ints
from renown.scoring.choices import Combiner
from renown.scoring.drawn_values import AVERAGING, NEXT_TO_NOTHING, averaged, by_providers, drawn_values, paired_values
from renown.scoring.places import place_keys
from renown.scoring.sampling import Sample

# How many drawn values stand in memory at once, besides those asked for.
_AT_ONCE = 1 << 17

# Wider than the noise of any weighted mean, so that no row is set aside by mistake.
_MARGIN = 1e-6

# Where more rows are asked for than one in so many, all are put in order; else those asked for are compared with all.
_FEW = 4


class Among(NamedTuple):
    """The asked `rows` [k], none twice, and all rows n they are placed among, all of them ranked.

    `normalised` [n, p] are the scores, `faded` [n, p] what is left of each weight, zero where nobody counts.
    """

    normalised: Floats
    faded: Floats
    rows: Ints


def drawn_places(sample: Sample, among: Callable[[int], Among], combiner: Combiner = Combiner.MEAN) -> Places:
    """The places [draws, k] of the asked rows; `among` gives what they are placed among by the number of a choice.

    Memory: n x p, and draws x k.
    """
    places = []
    for number in np.unique(sample.choice).tolist():
        draws = np.flatnonzero(sample.choice == number)
        asked = among(number)
        put_in_place = _of_few if is_few(asked.rows, len(asked.faded)) else _of_most
        places.append((draws, put_in_place(*asked, sample.weights[draws], combiner)))
    whole = np.empty((sample.choice.size, places[0][1].shape[1]), dtype=np.int32)
    for draws, some in places:
        whole[draws] = some
    return whole


def is_few(rows: Ints, among: int) -> bool:
    """Whether so few rows are better compared with those near them than placed by putting everybody in order."""
    return rows.size * _FEW <= among


def _of_most(normalised: Floats, faded: Floats, rows: Ints, weights: Floats, combiner: Combiner) -> Places:
    """The places [d, k], by putting all rows in order."""
    # The asked rows take the first columns, the others the rest.
    columns = np.full(len(normalised), -1.0)
    columns[rows] = np.arange(rows.size)
    columns[columns < 0] = np.arange(rows.size, len(normalised))
    order = by_providers(faded)
    scores, left, at = normalised[order], faded[order], columns[order]
    places = np.empty((len(weights), rows.size), dtype=np.int32)
    step = max(1, _AT_ONCE // len(normalised))
    for start in range(0, len(weights), step):
        some = slice(start, start + step)
        keys = place_keys(drawn_values(scores, left, weights[some], combiner))
        places[some] = put_places(keys, at)[:, : rows.size]
    return places


def _of_few(normalised: Floats, faded: Floats, rows: Ints, weights: Floats, combiner: Combiner) -> Places:
    """The places [d, k], by comparing these rows with those that can be above one of them."""

    def values(draw: Ints, row: Ints) -> Floats:
        return paired_values(normalised[row], faded[row], weights[draw], combiner)

    draw, asked = np.indices((len(weights), rows.size)).reshape(2, -1)
    mine = values(draw, rows[asked]).reshape(len(weights), rows.size)
    least, greatest = _extremes(normalised)
    always = least > mine.max(initial=-np.inf) + _MARGIN
    floor = mine.min(axis=1) - _MARGIN
    near = np.flatnonzero((greatest > floor.min()) & ~always)
    tally = Tally(place_keys(mine))
    for draw, row in _reaching(normalised[near], faded[near], weights, floor, combiner):
        tally.add(draw, place_keys(values(draw, near[row])))
    return tally.count + (1 + int(always.sum()))


def _reaching(
    normalised: Floats, faded: Floats, weights: Floats, floor: Floats, combiner: Combiner
) -> Iterator[tuple[Ints, Ints]]:
    """Pairs of draws and rows [m], draws rising, in which a row's value may be above that draw's `floor` [d]."""
    step = max(1, _AT_ONCE // len(weights))
    scores = np.where(faded > 0, averaged(normalised, combiner), 0.0)
    # A mean is above the floor where the weighted sum of what is above it is positive: one product of matrices.
    weights = np.maximum(weights, NEXT_TO_NOTHING)
    both = np.hstack((weights, -(averaged(floor, combiner) - _MARGIN)[:, np.newaxis] * weights))
    _, greatest = _extremes(normalised)
    for start in range(0, len(normalised), step):
        some = slice(start, start + step)
        if combiner in AVERAGING:
            reaches = both @ np.hstack((scores[some] * faded[some], faded[some])).T > 0
        else:
            reaches = greatest[some] > floor[:, np.newaxis]
        draw, row = np.nonzero(reaches)
        yield draw, row + start


def _extremes(normalised: Floats) -> tuple[Floats, Floats]:
    """The least and the greatest score [n] of each row.

    A mean or median lies between them whatever the weights are, so most of a long ranking need not be drawn at all.
    """
    least, greatest = normalised[:, 0].copy(), normalised[:, 0].copy()
    for scores in normalised.T[1:]:
        np.fmin(least, scores, out=least)
        np.fmax(greatest, scores, out=greatest)
    return least, greatest
