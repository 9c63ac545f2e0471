"""What a behaviour makes of the calls that meet it, one after the other: counts, draws and times.

It decides and does nothing: the layer above answers.
"""

import math
from collections import deque
from datetime import UTC, datetime
from random import Random
from time import monotonic

from renown.emulators.behaviour import Behaviour
from renown.emulators.faults import Fail

_Z99 = 2.3263478740408408  # the standard normal's quantile of 0.99


class Course:
    """One behaviour's course, from the first call that met it."""

    def __init__(self, behaviour: Behaviour) -> None:
        self.behaviour = behaviour
        self.calls = 0
        self._began = monotonic()
        self._recent: deque[float] = deque()
        # Apart, so that asking for a latency does not move the failures to other calls.
        self._failures, self._delays = (Random(f"{behaviour.seed} {use}") for use in ("failures", "delays"))  # noqa: S311 - no secrets

    def next_call(self) -> Fail | None:
        """Count a call as it arrives. How it fails, if it does: by the limits first, then by chance."""
        now = monotonic()
        self.calls += 1
        behaviour = self.behaviour
        drawn = self._drawn()
        if self._over_pace(now):
            return "over_qps"
        if behaviour.quota_calls is not None and self.calls > behaviour.quota_calls:
            return "over_rate"
        period = behaviour.flapping_seconds
        if period and (now - self._began) % period >= period / 2:
            return "5xx"
        return behaviour.fail or drawn

    def delay(self) -> float:
        """How long this call's answer takes, in seconds: log-normal around the median, if it spreads."""
        median, p99 = self.behaviour.delay_seconds, self.behaviour.delay_p99_seconds
        if p99 is None:
            return median
        return median * math.exp(self._delays.gauss(0, 1) * math.log(p99 / median) / _Z99)

    def server_error(self) -> int:
        """Which of the four statuses "5xx" is this time."""
        return self._failures.choice((500, 502, 503, 504))

    @property
    def algorithm(self) -> int | None:
        """The seed of the algorithm that this call's scores are by; None: the first one."""
        change = self.behaviour.algorithm_change
        if change is None:
            return None
        if change.at is not None:
            return change.seed if datetime.now(UTC) >= change.at else None
        return change.seed if self.calls > (change.after_calls or 0) else None

    def _over_pace(self, now: float) -> bool:
        if (pace := self.behaviour.calls_per_second) is None:
            return False
        while self._recent and now - self._recent[0] >= 1:
            self._recent.popleft()
        if len(self._recent) >= pace:
            return True
        self._recent.append(now)
        return False

    def _drawn(self) -> Fail | None:
        chance = self._failures.random()
        for way, share in self.behaviour.shares.items():
            if chance < share:
                return way
            chance -= share
        return None
