"""The watch over one provider's method: fed its readings as they come, it says when to suspect and what to decide.

It looks at each batch once: after the first 30 people of a day, then when as many more have been read as were looked
at before, at the latest after 200, and at what is left when the day is over. So there are few looks a day, and the
budget of false alarms holds for their sum.
"""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from renown.claims import Scale
from renown.scoring.arrays import Floats
from renown.scoring.method_change import ENOUGH_PAIRS, FEWEST_PAIRS, Decision, Verdict, began_at, decide, watch_batch

_SECONDS_A_DAY = 86_400
_MOODS_KEPT = 60
_LARGEST_BATCH = 200
_LOOKED_BACK = 200


class Rereading(NamedTuple):
    """What was said of one subject before (`old`, at `old_at`) and now (`new`, at `at`); seconds of the epoch."""

    subject: str
    old: float
    old_at: float
    new: float
    at: float


@dataclass
class MethodWatch:
    """One provider on one scale. `breaks` are the moments its method is known, or may be, to have changed.

    `suspected` is the moment from which on its values are suspected now; None while it is trusted.
    """

    scale: Scale
    breaks: list[float] = field(default_factory=list)
    suspected: float | None = None
    _quiet: deque[float] = field(default_factory=lambda: deque(maxlen=_MOODS_KEPT))
    _pending: dict[str, Rereading] = field(default_factory=dict)
    _seen: deque[Rereading] = field(default_factory=lambda: deque(maxlen=_LOOKED_BACK))
    _across: dict[str, tuple[float, float]] = field(default_factory=dict)
    _day: int = -1
    _looked_at: int = 0

    @property
    def pairs(self) -> int:
        """How many people have been read on both sides of the suspected break."""
        return len(self._across)

    @property
    def across(self) -> tuple[Floats, Floats]:
        """Their old and new values [n]."""
        pairs = np.array(list(self._across.values()), dtype=np.float64).reshape(-1, 2)
        return pairs[:, 0], pairs[:, 1]

    def feed(self, rereadings: Iterable[Rereading], *, trusted_until: float = -np.inf) -> bool:
        """Take in rereadings, in the order in which they were kept; whether one of them raised a suspicion.

        What was observed up to `trusted_until` has been looked at before: it is only learnt from.
        """
        raised = False
        for reread in rereadings:
            if self.suspected is not None and reread.at >= self.suspected:
                self._pair(reread, self.suspected)
            elif not any(reread.old_at < moment <= reread.at for moment in self.breaks):
                is_trusted = self.suspected is not None or reread.at <= trusted_until
                raised = self._watch(reread, is_trusted=is_trusted) or raised
        return raised

    def verdict(self, *, is_everybody: bool) -> Verdict | None:
        """The decision on the suspicion: with 200 pairs, or with everybody if these are 30 or more; else None."""
        if self.suspected is None or self.pairs < (FEWEST_PAIRS if is_everybody else ENOUGH_PAIRS):
            return None
        return decide(*self.across, self.scale)

    def settle(self, verdict: Verdict) -> None:
        """End the suspicion as decided."""
        if self.suspected is not None and verdict.decision is not Decision.QUIET:
            self.breaks.append(self.suspected)
        else:
            self._quiet.append(verdict.shape)  # so that the same mood does not raise the next suspicion
        self.suspected = None
        for held in (self._across, self._pending, self._seen):
            held.clear()

    def _pair(self, reread: Rereading, began: float) -> None:
        if reread.old_at < began:
            self._across[reread.subject] = reread.old, reread.new
        elif reread.subject in self._across:
            self._across[reread.subject] = self._across[reread.subject][0], reread.new

    def _watch(self, reread: Rereading, *, is_trusted: bool) -> bool:
        raised = False
        if (day := int(reread.at // _SECONDS_A_DAY)) != self._day:
            # What is left of a day is looked at by itself: a change must not hide in a batch of the day before.
            raised = len(self._pending) >= FEWEST_PAIRS and self._look(is_trusted=is_trusted)
            self._day, self._looked_at = day, 0
        if raised:
            self.feed([reread])
            return True
        first = self._pending.pop(reread.subject, reread)
        self._pending[reread.subject] = reread._replace(old=first.old, old_at=first.old_at)
        if len(self._pending) < min(max(FEWEST_PAIRS, self._looked_at), _LARGEST_BATCH):
            return False
        return self._look(is_trusted=is_trusted)

    def _look(self, *, is_trusted: bool) -> bool:
        batch = list(self._pending.values())
        self._pending.clear()
        self._looked_at += len(batch)
        old, new, _ = _columns(batch)
        decision, mood = watch_batch(old, new, self._quiet)
        self._seen.extend(batch)
        if decision is Decision.QUIET or is_trusted:
            self._quiet.append(mood)
            return False
        self._suspect()
        return True

    def _suspect(self) -> None:
        self.suspected = began_at(*_columns(self._seen))
        for reread in self._seen:
            if reread.at >= self.suspected:
                self._pair(reread, self.suspected)


def _columns(rereadings: Iterable[Rereading]) -> tuple[Floats, Floats, Floats]:
    columns = np.array([(each.old, each.new, each.at) for each in rereadings], dtype=np.float64)
    return columns[:, 0], columns[:, 1], columns[:, 2]
