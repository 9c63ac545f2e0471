"""How far two orders of the same voices are alike: Kendall's tau-b, Spearman's rho, and pairs in the same order.

Everything takes time in n log n, so that a population can be compared with itself.
"""

import math
from dataclasses import dataclass

import numpy as np

from renown.scoring.arrays import Floats, Ints
from renown.scoring.ranks import mid_shares


@dataclass(frozen=True, slots=True)
class Pairs:
    """The pairs of n voices by two columns: in the same order, in the opposite one, level in one column at least."""

    same: int
    opposite: int
    level: int


def pairs(one: Floats, other: Floats) -> Pairs:
    """How the pairs of voices stand in two columns [n] without missing values."""
    return _counted(one, other)[0]


def kendall(one: Floats, other: Floats) -> float | None:
    """Kendall's tau-b from -1 to 1 of two columns [n] without missing values; None where either never varies.

    Source: M. G. Kendall, The treatment of ties in ranking problems, Biometrika 33, 1945.
    """
    found, free_one, free_other = _counted(one, other)
    if not free_one or not free_other:
        return None
    return (found.same - found.opposite) / (math.sqrt(free_one) * math.sqrt(free_other))


def spearman(one: Floats, other: Floats) -> float | None:
    """Spearman's rho from -1 to 1, equals taking the mean of their ranks; None where either column never varies.

    Source: C. Spearman, The proof and measurement of association between two things, 1904.
    """
    shares = [mid_shares(column) for column in (one, other)]
    centred = [each - each.mean() for each in shares] if one.size else shares
    norm = math.prod(math.sqrt(float(each @ each)) for each in centred)
    return float(np.clip(centred[0] @ centred[1] / norm, -1.0, 1.0)) if norm else None


def _counted(one: Floats, other: Floats) -> tuple[Pairs, int, int]:
    """The pairs, and how many of them each column keeps apart."""
    levels_one, levels_other = _levels(one), _levels(other)
    level_one, level_other = _level_pairs(levels_one), _level_pairs(levels_other)
    level_both = _level_pairs(_levels(levels_one * (levels_other.max(initial=0) + 1) + levels_other))
    every = one.size * (one.size - 1) // 2
    # Sorted by one column and, where that is level, by the other, only opposite pairs are inversions.
    opposite = _inversions(levels_other[np.lexsort((levels_other, levels_one))])
    level = level_one + level_other - level_both
    return Pairs(every - level - opposite, opposite, level), every - level_one, every - level_other


def _levels(column: Floats | Ints) -> Ints:
    return np.unique(column, return_inverse=True)[1].astype(np.intp)


def _level_pairs(levels: Ints) -> int:
    sizes = np.bincount(levels)
    return int((sizes * (sizes - 1) // 2).sum())


def _inversions(levels: Ints) -> int:
    """How often a higher number stands before a lower one: bit by bit, within those alike in all higher bits."""
    found, order = 0, levels
    for bit in reversed(range(int(levels.max(initial=0)).bit_length())):
        order = order[np.argsort(order >> (bit + 1), kind="stable")]
        group, high = order >> (bit + 1), (order >> bit) & 1
        ahead = np.cumsum(high)
        first = np.searchsorted(group, group, side="left")
        before_group = np.where(first > 0, ahead[first - 1], 0)
        found += int((ahead - before_group)[high == 0].sum())
    return found
