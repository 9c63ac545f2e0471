"""When a provider is left alone: after failures in a row, or because it said so.

Closed, every call goes out. N calls in a row fail: open, none goes out. After a while: one goes out as a probe; if it
is answered, closed again, and if it fails, open for as long again.

Ours, because purgatory 3.0.1, the one that is made for asyncio, lets every waiting call through when it half-opens.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from renown.errors import ProviderFailure, QuotaExhausted, RateLimited, TimedOut, Unreachable


class LeftAlone(Unreachable):
    """Not asked, because the last calls failed. There is no use in trying again before `retry_at`."""


class Breaker:
    """One provider's, in one process. `now` is its clock, in UTC."""

    def __init__(self, name: str, *, failures: int, pause: timedelta, now: Callable[[], datetime]) -> None:
        self._name = name
        self._most = failures
        self._pause = pause
        self._now = now
        self._failed = 0
        self._probe_at: datetime | None = None
        self._probing = False
        self._refusal: RateLimited | QuotaExhausted | None = None

    def check(self) -> None:
        """Let a call pass, if it may go out now.

        Raises:
            LeftAlone: the last calls failed, and it is not time to try again, or another call tries just now.
            RateLimited, QuotaExhausted: the provider said when to come back, and it is not that time yet.
        """
        self._check_refusal()
        if self._probe_at is not None and (self._probing or self._now() < self._probe_at):
            retry_at = max(self._probe_at, self._now())
            raise LeftAlone(
                f"{self._name} is not asked: its last {self._failed} calls failed; "
                f"it is tried again at {retry_at:%H:%M:%S} UTC.",
                retry_at=retry_at,
            )

    @contextmanager
    def call(self) -> Iterator[None]:
        """Around one call: checks whether it may go out, and learns from how it ends.

        Raises:
            LeftAlone, RateLimited, QuotaExhausted: as `check`.
        """
        self.check()
        probe = self._probe_at is not None
        self._probing = self._probing or probe
        try:
            yield
        except (TimedOut, Unreachable):
            self._count_failure(probe=probe)
            raise
        except QuotaExhausted:  # ours: nothing went out
            raise
        except ProviderFailure:
            self._close()
            raise
        else:
            self._close()
        finally:
            if probe:
                self._probing = False

    def leave_alone(self, refusal: RateLimited | QuotaExhausted) -> None:
        """Ask nothing until the moment the provider named, if it named one."""
        if refusal.retry_at is not None:
            self._refusal = refusal

    def _check_refusal(self) -> None:
        refusal = self._refusal
        if refusal is None or refusal.retry_at is None:
            return
        if self._now() < refusal.retry_at:
            # Made anew, or each raise would lengthen the traceback of the one that is held.
            raise type(refusal)(refusal.sentence, refusal.next_step, retry_at=refusal.retry_at)
        self._refusal = None

    def _count_failure(self, *, probe: bool) -> None:
        self._failed += 1
        # A call that was under way when it opened does not put off the probe.
        if probe or (self._failed >= self._most and self._probe_at is None):
            self._probe_at = self._now() + self._pause

    def _close(self) -> None:
        self._failed, self._probe_at = 0, None
