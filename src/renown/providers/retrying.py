"""Which failed calls are tried again, and when: what a provider asked for, else full jitter."""

import time
from datetime import UTC, datetime

from tenacity import RetryCallState
from tenacity.wait import wait_random_exponential

from renown.errors import Unreachable
from renown.providers.breaker import LeftAlone

_MOST_ATTEMPTS = 3
_LONGEST_PAUSE = 5.0
_full_jitter = wait_random_exponential(multiplier=0.1, max=1.0)


def may_pass(failure: BaseException) -> bool:
    """Whether there is use in trying again at once."""
    return isinstance(failure, Unreachable) and not isinstance(failure, LeftAlone)


def pause(state: RetryCallState) -> float:
    """Seconds before the next attempt."""
    failure = state.outcome.exception() if state.outcome else None
    if isinstance(failure, Unreachable) and failure.retry_at:
        return max(0.0, (failure.retry_at - datetime.now(UTC)).total_seconds())
    return _full_jitter(state)


def no_more(state: RetryCallState, deadline: float) -> bool:
    """Whether it is left at that: after three attempts, or where the next would come too late."""
    too_long = state.upcoming_sleep > min(_LONGEST_PAUSE, deadline - time.monotonic())
    return too_long or state.attempt_number >= _MOST_ATTEMPTS
