"""Method change: whether a provider scores everybody by a new method, told from pairs of readings.

A pair is what a provider said of one person before, and what it says now. While its method stays, pairs may be turned
round: a person is as likely to rise as to fall, whatever their standing, with some great movers either way. After a
change of method all of them follow one curve. So people are put in bins by the middle of their two readings (by the
old one alone, whoever had a lucky day would seem to fall), and the signs of their changes are counted in each bin: an
exact test, whatever the tails. A change must also be large beside what the provider's own quiet batches show, for a
provider may have a common mood of the day.

That all gain the same amount is no sign of a method: they may have grown. A method shows by a shape that no growth
has, or by a shift that is beyond any growth.

Source: sign test and symmetry of exchangeable pairs, J. W. Pratt, J. D. Gibbons, Concepts of Nonparametric Theory,
1981, chapter 3; bins by the middle, J. M. Bland, D. G. Altman, The Lancet 327 (1986) 307-310.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from renown.claims import Scale
from renown.scoring.arrays import Floats, Ints

FEWEST_PAIRS = 30
ENOUGH_PAIRS = 200

# The quantiles of chi-squared beyond which lies 1 in 10,000 (a batch: there are several a day) and 1 in 1,000.
_BINS, _BATCH_SURPRISE = 3, 21.11
_SURPRISE_BY_BINS = {3: 16.27, 5: 20.52}
_FEWEST_FOR_FIVE_BINS = 60

_MAD, _OF_MEDIAN = 1.4826, 1.2533  # to a standard deviation, and from that of a mean to that of a median

_SMALLEST = 0.025  # of the spread of the scores: a smaller common change is none that anybody would see
_UNCALIBRATED = 0.1  # of the same, while the provider's own moods are not known yet
_QUIET_BATCHES, _LOUD, _TIMES_LOUD = 10, 0.97, 3.0  # not the loudest: it may have been half of a change
_SHAPE = 0.08  # of the common shift: a smaller difference between bins may be uneven growth
_BEYOND_GROWTH_OF_RANGE, _BEYOND_GROWTH_OF_SPREAD = 0.1, 0.5


class Decision(StrEnum):
    """What pairs say of a provider's method."""

    QUIET = "QUIET"
    SUSPECTED = "SUSPECTED"
    UNDECIDED = "UNDECIDED"
    CHANGED = "CHANGED"


@dataclass(frozen=True, slots=True)
class Moved:
    """How people moved together: `surprise`, chi-squared over the bins; `size`, the mean absolute bin median.

    `error` is the standard error of a bin's median.
    """

    surprise: float
    size: float
    error: float = 0.0

    @property
    def mood(self) -> float:
        """What of the size is more than the chance of the draw."""
        return max(0.0, self.size - self.error)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was decided of a suspicion: the common `shift`, and the `shape`, what bins differ from it, in points."""

    decision: Decision
    shift: float
    shape: float


def moved(old: Floats, new: Floats, bins: int = _BINS) -> Moved:
    """How n people moved from `old` to `new` [n], in so many bins of equal size."""
    change, at = new - old, _bins_of(old + new, bins)
    groups = [change[at == number] for number in range(bins)]
    ups, downs = (np.array([count(group) for group in groups]) for count in (_rising, _falling))
    signs = (ups - downs) ** 2 / np.maximum(ups + downs, 1)
    medians = np.array([np.median(group) for group in groups])
    deviation = _MAD * float(np.median(np.abs(change - medians[at])))
    error = _OF_MEDIAN * deviation / np.sqrt(change.size / bins)
    return Moved(float(signs.sum()), float(np.abs(medians).mean()), float(error))


def watch_batch(old: Floats, new: Floats, quiet_moods: Sequence[float]) -> tuple[Decision, float]:
    """QUIET or SUSPECTED, from the pairs [n] of one batch; and its mood, the size of its common change.

    `quiet_moods` are those of the provider's earlier quiet batches. Fewer than 30 pairs are always quiet.
    """
    if old.size < FEWEST_PAIRS:
        return Decision.QUIET, 0.0
    batch = moved(old, new)
    is_suspect = batch.surprise > _BATCH_SURPRISE and batch.mood > _least(_spread(old), quiet_moods)
    return Decision.SUSPECTED if is_suspect else Decision.QUIET, batch.mood


def began_at(old: Floats, new: Floats, at: Floats) -> float:
    """The moment among `at` [n] of the first pair of the new method: where following the curve begins to pay.

    The curve is read off the last 30 pairs, which a batch that raised a suspicion has by the new method.
    """
    order = np.argsort(at, kind="stable")
    old, new, at = old[order], new[order], at[order]
    last = slice(-FEWEST_PAIRS, None)
    curve = _curve(old[last], new[last])
    gain = np.abs(new - old) - np.abs(new - old - np.interp(old, *curve))
    # Of all beginnings the one from which on the curve has saved most.
    saved = np.cumsum(gain[::-1])[::-1]
    return float(at[int(np.argmax(saved))])


def decide(old: Floats, new: Floats, scale: Scale) -> Verdict:
    """QUIET (the suspicion was wrong), UNDECIDED or CHANGED, from all pairs [n] across the suspected break."""
    bins = 5 if old.size >= _FEWEST_FOR_FIVE_BINS else 3
    small = _SMALLEST * _spread(old)
    whole = moved(old, new, bins)
    shift = float(np.median(new - old))
    if whole.surprise < _SURPRISE_BY_BINS[bins] or whole.size < small:
        return Verdict(Decision.QUIET, shift, whole.size)
    # Whom a growth would carry past the end of the scale stops there.
    grown = np.clip(old + shift, scale.minimum, scale.maximum)
    rest = moved(grown, new, bins)
    has_shape = rest.surprise > _SURPRISE_BY_BINS[bins] and rest.size > max(small, _SHAPE * abs(shift))
    is_change = has_shape or abs(shift) > _beyond_growth(old, scale)
    return Verdict(Decision.CHANGED if is_change else Decision.UNDECIDED, shift, rest.size)


def _least(spread: float, quiet_moods: Sequence[float]) -> float:
    """How large a common change must be to be no mood of the day."""
    if len(quiet_moods) < _QUIET_BATCHES:
        return _UNCALIBRATED * spread
    return max(_SMALLEST * spread, _TIMES_LOUD * float(np.quantile(quiet_moods, _LOUD)))


def _curve(old: Floats, new: Floats) -> tuple[Floats, Floats]:
    """Where each bin stands, and its median change: rising points, for interpolation."""
    at = _bins_of(old, _BINS)
    groups = [at == number for number in range(_BINS)]
    return (
        np.array([np.median(old[group]) for group in groups]),
        np.array([np.median((new - old)[group]) for group in groups]),
    )


def _bins_of(values: Floats, bins: int) -> Ints:
    """The bin [n] of each value, by its rank, all bins of one size."""
    ranks = np.empty(values.size, dtype=np.intp)
    ranks[np.argsort(values, kind="stable")] = np.arange(values.size)
    return ranks * bins // values.size


def _beyond_growth(old: Floats, scale: Scale) -> float:
    of_range = 0.0 if scale.maximum is None else _BEYOND_GROWTH_OF_RANGE * (scale.maximum - scale.minimum)
    return max(of_range, _BEYOND_GROWTH_OF_SPREAD * _spread(old))


def _spread(values: Floats) -> float:
    low, high = np.quantile(values, (0.25, 0.75))
    return float(high - low)


def _rising(change: Floats) -> int:
    return int(np.count_nonzero(change > 0))


def _falling(change: Floats) -> int:
    return int(np.count_nonzero(change < 0))
