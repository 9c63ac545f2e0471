"""The values of rows in draws of the method: other weights, somebody left out."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from renown.scoring.arrays import Floats, Ints
from renown.scoring.choices import Combiner
from renown.scoring.combine import COMBINERS, FLOOR
from renown.scoring.interval import Ends, ends

_AT_ONCE = 1 << 17

# What a provider that is left out still has to say: all, where nobody else says anything, so that the row keeps its
# value; else nothing that can be seen.
NEXT_TO_NOTHING = 1e-300

AVERAGING = frozenset({Combiner.MEAN, Combiner.BORDA, Combiner.RRF, Combiner.GEOMETRIC})
"""Those whose value is a mean of the scores, or of their logarithms."""


def drawn_values(normalised: Floats, faded: Floats, weights: Floats, combiner: Combiner = Combiner.MEAN) -> Floats:
    """The values [d, n] of every row in draws with these weights [d, p], from its normalised scores [n, p].

    `faded` [n, p] is what is left of each weight, zero where nobody counts. The weight of a provider left out is zero;
    a row that it alone knows keeps its value. Quickest where rows that have the same providers stand together.
    """
    return _put_values(np.empty((len(weights), len(normalised))), normalised, faded, weights, combiner)


def _put_values(values: Floats, normalised: Floats, faded: Floats, weights: Floats, combiner: Combiner) -> Floats:
    if combiner not in AVERAGING:
        for value, weight in zip(values, weights, strict=True):
            value[:] = paired_values(normalised, faded, weight, combiner)
        return values
    scores = averaged(normalised, combiner)
    is_whole = bool(((faded == 0) | (faded == 1)).all())
    for rows, members in _runs(_providers(faded)):
        put_means = _put_whole if is_whole else _put_faded
        put_means(values[:, rows], scores[rows][:, members], faded[rows][:, members], weights[:, members])
    return np.exp(values, out=values) if combiner is Combiner.GEOMETRIC else values


def paired_values(normalised: Floats, faded: Floats, weights: Floats, combiner: Combiner) -> Floats:
    """The values [m] of scores [m, p] by weights [m, p] or [p], pair by pair; as `drawn_values`."""
    return COMBINERS[combiner](normalised, _shared_out(weights, faded))


def value_ends(normalised: Floats, drawn: Sequence[tuple[Floats, Floats]], combiner: Combiner) -> Ends:
    """The ends [n] of each row's values over all draws: `drawn` are pairs of faded [n, p] and weights [d, p]."""
    order = by_providers(drawn[0][0])
    low, high = np.empty(order.size), np.empty(order.size)
    draws = [len(weights) for _, weights in drawn]
    step = max(1, _AT_ONCE // sum(draws))
    for start in range(0, order.size, step):
        rows = order[start : start + step]
        # A row's draws lie side by side, as they are sorted.
        values = np.empty((rows.size, sum(draws))).T
        parts = np.split(values, np.cumsum(draws)[:-1])
        for part, (faded, weights) in zip(parts, drawn, strict=True):
            _put_values(part, normalised[rows], faded[rows], weights, combiner)
        low[rows], high[rows] = ends(values)
    return Ends(low, high)


def averaged(normalised: Floats, combiner: Combiner) -> Floats:
    """What is averaged: the scores, or their logarithms."""
    return np.log(np.maximum(normalised, FLOOR)) if combiner is Combiner.GEOMETRIC else normalised


def by_providers(faded: Floats) -> Ints:
    """The rows [n] in an order in which those that have the same providers stand together."""
    return np.argsort(_providers(faded), kind="stable")


def _providers(faded: Floats) -> Ints:
    """Which providers each row [n] has: bit j is set where it has j."""
    return (faded > 0) @ (1 << np.arange(faded.shape[1]))


def _runs(kinds: Ints) -> Iterator[tuple[slice, list[int]]]:
    """Each run of rows of one kind [n], and the numbers of its providers."""
    edges = [0, *(np.flatnonzero(np.diff(kinds)) + 1).tolist(), kinds.size]
    for start, stop in pairwise(edges):
        if stop > start:
            kind = int(kinds[start])
            yield slice(start, stop), [bit for bit in range(kind.bit_length()) if kind >> bit & 1]


def _put_whole(means: Floats, scores: Floats, faded: Floats, weights: Floats) -> None:
    """Write the means [d, n] of scores [n, p] of which each has its whole weight."""
    shares = _shared_out(weights, faded[:1])
    part = np.empty_like(means)
    for member, (column, share) in enumerate(zip(scores.T, shares.T, strict=True)):
        np.multiply(share[:, np.newaxis], column, out=part if member else means)
        if member:
            means += part


def _put_faded(means: Floats, scores: Floats, faded: Floats, weights: Floats) -> None:
    total = np.zeros(means.shape)
    means[:] = 0.0
    weights = np.maximum(weights, NEXT_TO_NOTHING)
    for weight, column, left in zip(weights.T, scores.T, faded.T, strict=True):
        say = np.outer(weight, left)
        total += say
        say *= column
        means += say
    means /= total


def _shared_out(weights: Floats, faded: Floats) -> Floats:
    """What is left of the weights [m, p], shared out anew: every row adds up to 1, or is all zero."""
    say = np.maximum(weights, NEXT_TO_NOTHING) * faded
    total = np.zeros(len(say))
    # One after the other: the same bytes for a row whatever rows stand beside it.
    for column in say.T:
        total += column
    return say / np.where(total > 0, total, 1.0)[:, np.newaxis]
