"""Explain: what each provider contributed, adding up to the value to the last decimal."""

from collections.abc import Callable, Iterator
from math import comb

import numpy as np

from renown.scoring.arrays import Floats, Ints
from renown.scoring.places import UNIT

# 2^12 coalitions are blended in a millisecond or two; no voice has had so many providers.
_MOST = 12

_COALITIONS_AT_ONCE = 2**16

Valued = Callable[[Floats, Ints], Floats]


def contributions(normalised: Floats, weights: Floats, values: Floats) -> Floats:
    """The points [k, p] of voices whose unrounded values [k] are weighted means of their normalised scores [k, p].

    An absent provider has no points. See `whole_points` for the rounding.
    """
    return whole_points(np.where(weights > 0, normalised, 0.0) * weights, weights, values)


def whole_points(exact: Floats, weights: Floats, values: Floats) -> Floats:
    """Exact points [k, p] so rounded that as printed they add up, row by row, to the values [k] as printed.

    Points are whole millionths, by the largest-remainder method: each is rounded down, and the units still missing go
    to the largest remainders.
    """
    exact = exact * UNIT
    units = np.floor(exact)
    missing = np.rint(values * UNIT) - units.sum(axis=1)
    largest_first = np.argsort(np.where(weights > 0, units - exact, 1.0), axis=1, kind="stable")
    turn = np.argsort(largest_first, axis=1)
    return (units + (turn < missing[:, np.newaxis])) / UNIT


def shapley_points(normalised: Floats, valued: Valued, weights: Floats) -> Floats:
    """The points [k, p] of each provider where values are no sums of parts: Shapley's value of each voice's game.

    A coalition's worth is what `valued` makes of rows [c, p] in which only its members speak, each row one of the
    voice whose number [c] stands beside it; of nobody it is 0. Above 12 providers the value is shared out by weight.
    Source: L. S. Shapley, "A Value for n-Person Games", 1953.
    """
    points = np.zeros_like(normalised)
    # Also one without weight is a player: that it knows a voice at all may say something.
    for players, voices in _alike(~np.isnan(normalised)):
        if players.size > _MOST:
            points[voices] = weights[voices] * valued(normalised[voices], voices)[:, np.newaxis]
        elif players.size:
            points[np.ix_(voices, players)] = _shares(normalised, players, voices, valued)
    return points


def _alike(known: np.ndarray) -> Iterator[tuple[Ints, Ints]]:
    """Who speaks, and some of the voices [k] of whom just they do, as many as are valued at once."""
    patterns, of = np.unique(known, axis=0, return_inverse=True)
    for number, pattern in enumerate(patterns):
        players, voices = np.flatnonzero(pattern), np.flatnonzero(of.ravel() == number)
        size = max(1, _COALITIONS_AT_ONCE >> min(players.size, _MOST))
        yield from ((players, voices[start : start + size]) for start in range(0, voices.size, size))


def _shares(normalised: Floats, players: Ints, voices: Ints, valued: Valued) -> Floats:
    """Shapley's values [v, q] of the players [q] in the games of the voices [v]."""
    size, coalitions = players.size, 2**players.size
    members = (np.arange(coalitions)[:, np.newaxis] >> np.arange(size)) & 1 == 1
    rows = np.full((voices.size, coalitions, normalised.shape[1]), np.nan)
    rows[:, :, players] = np.where(members, normalised[np.ix_(voices, players)][:, np.newaxis], np.nan)
    worth = np.zeros((voices.size, coalitions))
    said = rows[:, 1:].reshape(-1, normalised.shape[1])
    worth[:, 1:] = valued(said, np.repeat(voices, coalitions - 1)).reshape(voices.size, -1)
    weight_of = np.array([1.0 / (size * comb(size - 1, others)) for others in range(size)])
    points = np.empty((voices.size, size))
    for number in range(size):
        without = np.flatnonzero(~members[:, number])
        gained = worth[:, without + 2**number] - worth[:, without]
        shares = gained * weight_of[members[without].sum(axis=1)]
        # Row by row, which a product of matrices need not be: the same bytes whatever voices stand beside one.
        points[:, number] = np.ascontiguousarray(shares).sum(axis=1)
    return points
