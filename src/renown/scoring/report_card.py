"""A provider's report card: how far its scores can be relied upon, by measures that are each defined and graded.

Columns are of n voices, NaN where there is no score, and turned so that more is more influence. A measure over fewer
than 30 voices is absent, with the reason; it is never zero for want of data.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import SupportsFloat

import numpy as np

from renown.scoring import report_grades as graded
from renown.scoring.arrays import Flags, Floats, Ints
from renown.scoring.rank_correlation import pairs, spearman
from renown.scoring.ranks import mid_shares
from renown.scoring.report_grades import FEWEST, Definition, Grade

JUMP = 0.1
_FEWEST_GRADES = 3
_FEWEST_IN_CONSENSUS = 2


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure over n voices, None with a reason where it cannot be given. `remark` says what it was made of."""

    definition: Definition
    figure: float | None
    n: int
    reason: str | None = None
    remark: str | None = None

    @property
    def grade(self) -> Grade | None:
        """Its grade, where there is a figure."""
        return None if self.figure is None else self.definition.grade(self.figure)


def coverage(scored: Flags) -> Measure:
    """Of the known voices [n], the share it scores."""
    return _over(graded.COVERAGE, scored.size, "known on its networks", scored.mean)


def freshness(fresh: Flags, remark: str | None = None) -> Measure:
    """Of its newest scores [n], the share within their life."""
    return _over(graded.FRESHNESS, fresh.size, "scored by it", fresh.mean, remark)


def age(days: Floats) -> Measure:
    """The median age of its newest scores, [n] days."""
    return _over(graded.AGE, days.size, "scored by it", lambda: np.median(days))


def agreement(own: Floats, others: Mapping[str, Floats]) -> Measure:
    """How its order is like that of each other provider; columns [n], by the other's name."""
    shared = {name: ~np.isnan(own) & ~np.isnan(other) for name, other in others.items()}
    columns = {name: (own[both], others[name][both]) for name, both in shared.items()}
    return _against_others(graded.AGREEMENT, columns, "scored by it and by one same other provider", np.median)


def herding(changes: Mapping[str, tuple[Floats, Floats]], remark: str | None = None) -> Measure:
    """How its changes are like another's: by the other's name, both changes of the voices [m] they share."""
    who = "read more than once in the period by it and by one same other provider"
    return _against_others(graded.HERDING, changes, who, np.max, remark)


def jump_rate(steps: Floats, voices: Ints, width: float | None, remark: str | None = None) -> Measure:
    """The share of `steps` [m], from one read of a voice to its next, over a tenth of the scale; `voices` [m] whose.

    `width` is that of the scale, None where it has no top.
    """
    read = int(np.unique(voices).size)
    if width is None:
        return Measure(graded.JUMP_RATE, None, read, "Its scale has no top, so there is no tenth of it.")
    # A tenth itself is no jump, whatever floating point makes of it.
    jumps = np.abs(steps) > JUMP * width * (1 + 1e-9)
    said = _joined(f"{steps.size:,} re-reads", remark)
    return _over(graded.JUMP_RATE, read, "read by it more than once in the period", jumps.mean, said)


def monotonicity(own: Floats, others: Sequence[Floats]) -> Measure:
    """How often it orders two voices as the consensus of the other columns [n] does."""
    consensus = _consensus(others, own.size)
    both = ~np.isnan(own) & ~np.isnan(consensus)
    n, who = int(both.sum()), "scored by it and by two other providers"
    counted = pairs(own[both], consensus[both])
    told_apart = counted.same + counted.opposite
    if n >= FEWEST and not told_apart:
        return Measure(graded.MONOTONICITY, None, n, "No two voices are told apart both by it and by the others.")
    return _over(graded.MONOTONICITY, n, who, lambda: counted.same / told_apart, f"{told_apart:,} pairs")


def overall(measures: Sequence[Measure]) -> Grade | None:
    """The median of the grades, of two in the middle the worse; None where fewer than three measures are given."""
    grades = sorted(measure.grade for measure in measures if measure.grade is not None)
    return grades[len(grades) // 2] if len(grades) >= _FEWEST_GRADES else None


def _over(
    definition: Definition, n: int, who: str, figure: Callable[[], SupportsFloat], remark: str | None = None
) -> Measure:
    if n < FEWEST:
        return Measure(definition, None, n, _too_few(n, who))
    return Measure(definition, float(figure()), n, remark=remark)


def _against_others(
    definition: Definition,
    columns: Mapping[str, tuple[Floats, Floats]],
    who: str,
    of_all: Callable[[list[float]], SupportsFloat],
    remark: str | None = None,
) -> Measure:
    """A measure made of the rank correlation with each other provider that shares enough voices."""
    n = max((own.size for own, _ in columns.values()), default=0)
    if n < FEWEST:
        return Measure(definition, None, n, _too_few(n, who))
    many = {name: (own, other) for name, (own, other) in columns.items() if own.size >= FEWEST}
    found = {name: rho for name, (own, other) in many.items() if (rho := spearman(own, other)) is not None}
    if not found:
        return Measure(definition, None, n, "Of those that are shared, one or the other provider says the same of all.")
    said = ", ".join(f"{name} {rho:.2f} over {many[name][0].size:,}" for name, rho in found.items())
    return Measure(definition, float(of_all(list(found.values()))), n, remark=_joined(said, remark))


def _consensus(others: Sequence[Floats], n: int) -> Floats:
    """The mean mid-rank [n] of each voice among those whom each other provider scores; NaN under two of them."""
    total, known = np.zeros(n), np.zeros(n)
    for other in others:
        held = ~np.isnan(other)
        total[held] += mid_shares(other[held])
        known += held
    # Means that differ by floating-point noise alone are level.
    mean = np.round(total / np.maximum(known, 1), 9)
    return np.where(known >= _FEWEST_IN_CONSENSUS, mean, np.nan)


def _too_few(n: int, who: str) -> str:
    few = "No voice is" if n == 0 else "Only 1 voice is" if n == 1 else f"Only {n} voices are"
    return f"{few} {who}, and it takes {FEWEST}."


def _joined(*parts: str | None) -> str:
    return "; ".join(part for part in parts if part)
