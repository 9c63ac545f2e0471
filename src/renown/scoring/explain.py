"""Explain: what each provider contributed, adding up to the value to the last decimal."""

from dataclasses import dataclass

import numpy as np

from renown.scoring.arrays import Floats
from renown.scoring.places import UNIT


@dataclass(frozen=True, slots=True)
class Part:
    """One provider's part in a value: its effective weight (None where it did not answer) and its points."""

    weight: float | None
    points: float


def contributions(normalised: Floats, weights: Floats, value: float) -> tuple[Part, ...]:
    """The parts of one voice's unrounded value, given its normalised scores [p] and effective weights [p].

    Points are whole millionths, by the largest-remainder method: each is rounded down, and the units still missing go
    to the largest remainders, so that the decimals as printed add up to the decimals of the rounded value. An absent
    provider has no weight and no points.
    """
    answered = ~np.isnan(normalised)
    exact = np.where(weights > 0, normalised, 0.0) * weights * UNIT
    units = np.floor(exact)
    missing = int(np.rint(value * UNIT) - units.sum())
    largest_first = np.argsort(np.where(weights > 0, units - exact, 1.0), kind="stable")
    units[largest_first[:missing]] += 1
    return tuple(
        Part(float(weight) if has_answered else None, float(unit) / UNIT)
        for weight, has_answered, unit in zip(weights, answered, units, strict=True)
    )
