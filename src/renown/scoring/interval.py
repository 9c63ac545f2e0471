"""The range of a place and of a value over draws: of the recipe's reasonable alternatives, or of what is not known."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from renown.scoring.above import Places
from renown.scoring.arrays import Floats, Ints
from renown.scoring.places import rounded

LEVEL = 0.9

# How many draws are sorted at once: few enough to stay near the processor.
_AT_ONCE = 1 << 18


class Ends(NamedTuple):
    """The 5 % and the 95 % point [k] of draws."""

    low: Floats
    high: Floats


@dataclass(frozen=True, slots=True)
class DrawResult:
    """Ranges [k] that hold nine draws in ten and the nominal place and (rounded) value; `places` [draws, k]."""

    place_low: Ints
    place_high: Ints
    value_low: Floats
    value_high: Floats
    places: Places


def ranges(places: Places, values: Ends, nominal_places: Ints, nominal_values: Floats) -> DrawResult:
    """The ranges over drawn places [draws, k] and values, widened where needed to hold the nominal ones [k]."""
    place_low, place_high = ends(places)
    return DrawResult(
        place_low=np.minimum(place_low, nominal_places),
        place_high=np.maximum(place_high, nominal_places),
        value_low=rounded(np.minimum(values.low, nominal_values)),
        value_high=rounded(np.maximum(values.high, nominal_values)),
        places=places,
    )


def ends(drawn: np.ndarray) -> Ends:
    """The ends [k] of draws [draws, k] by nearest rank: each is one that was drawn, so places stay whole."""
    draws, rows = drawn.shape
    at = [-(-draws * 5 // 100) - 1, -(-draws * 95 // 100) - 1]
    found = np.empty((2, rows), dtype=drawn.dtype)
    step = max(1, _AT_ONCE // draws)
    for start in range(0, rows, step):
        some = slice(start, start + step)
        lines = drawn[:, some].T.copy()
        lines.sort(axis=1)
        found[:, some] = lines[:, at].T
    return Ends(*found)


def odds(drawn: Places, first: int, second: int) -> float:
    """The share of the draws [draws, k] in which column `first` has the better place; equal places count half."""
    mine, other = drawn[:, first], drawn[:, second]
    return float((mine < other).mean() + (mine == other).mean() / 2)
