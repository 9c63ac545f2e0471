"""Explain: what each provider contributed, adding up to the value to the last decimal."""

from collections.abc import Callable
from dataclasses import dataclass
from math import comb

import numpy as np

from renown.scoring.arrays import Flags, Floats
from renown.scoring.places import UNIT

# 2^12 coalitions are blended in a millisecond or two; no voice has had so many providers.
_MOST = 12


@dataclass(frozen=True, slots=True)
class Part:
    """One provider's part in a value: its effective weight (None where it did not answer) and its points."""

    weight: float | None
    points: float


def contributions(normalised: Floats, weights: Floats, value: float) -> tuple[Part, ...]:
    """The parts of one voice's unrounded value that is a weighted mean of its normalised scores [p].

    An absent provider has no weight and no points. See `in_parts` for the rounding.
    """
    exact = np.where(weights > 0, normalised, 0.0) * weights
    return in_parts(exact, weights, ~np.isnan(normalised), value)


def in_parts(exact: Floats, weights: Floats, answered: Flags, value: float) -> tuple[Part, ...]:
    """Exact points [p] as parts whose decimals as printed add up to the decimals of the rounded value.

    Points are whole millionths, by the largest-remainder method: each is rounded down, and the units still missing go
    to the largest remainders.
    """
    exact = exact * UNIT
    units = np.floor(exact)
    missing = int(np.rint(value * UNIT) - units.sum())
    largest_first = np.argsort(np.where(weights > 0, units - exact, 1.0), kind="stable")
    units[largest_first[:missing]] += 1
    return tuple(
        Part(float(weight) if has_answered else None, float(unit) / UNIT)
        for weight, has_answered, unit in zip(weights, answered, units, strict=True)
    )


def shapley_points(normalised: Floats, valued: Callable[[Floats], Floats], weights: Floats) -> Floats:
    """The points [p] of each provider where the value is no sum of parts: Shapley's value of the game.

    A coalition's worth is what `valued` makes of rows [c, p] in which only its members speak; of nobody it is 0. Above
    12 providers the value is shared out by weight. Source: L. S. Shapley, "A Value for n-Person Games", 1953.
    """
    # Also one without weight: that it knows a voice at all may say something.
    players = np.flatnonzero(~np.isnan(normalised))
    if players.size > _MOST:
        return weights * float(valued(normalised[np.newaxis])[0])
    size = players.size
    members = (np.arange(2**size)[:, np.newaxis] >> np.arange(size)) & 1 == 1
    rows = np.full((2**size, normalised.size), np.nan)
    rows[:, players] = np.where(members, normalised[players], np.nan)
    worth = np.concatenate(([0.0], valued(rows[1:])))
    points = np.zeros(normalised.size)
    of_size = members.sum(axis=1)
    for number, player in enumerate(players):
        without = np.flatnonzero(~members[:, number])
        share = np.array([1.0 / (size * comb(size - 1, int(count))) for count in of_size[without]])
        points[player] = float(share @ (worth[without + 2**number] - worth[without]))
    return points
