"""The parts a behaviour is put together from: the ways to fail and the records of what comes with them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Fail = Literal["500", "5xx", "hang", "html", "empty", "truncated", "over_rate", "over_qps"]
"""One call's failure: status 500; one of 500, 502, 503 and 504; no answer at all; a web page with status 200; no byte
under status 200; the first half of the right body; the day's quota is used up; too many calls in this second."""

KloutEra = Literal["2012", "2013"]
UnknownUser = Literal["empty-404", "batch-404", "no-users"]


@dataclass(frozen=True, slots=True)
class RetryAfter:
    """What refusals say of when to come back: so many seconds, or that moment as an HTTP date.

    Raises:
        ValueError: a negative number.
    """

    seconds: int
    as_date: bool = False

    def __post_init__(self) -> None:
        if self.seconds < 0:
            raise ValueError(f"Retry-After is 0 seconds or more, not {self.seconds}")


@dataclass(frozen=True, slots=True)
class AlgorithmChange:
    """A new algorithm from a moment on (with its time zone), or after so many calls; the seed says which one.

    Raises:
        ValueError: both or neither of the two, a moment without a time zone, or a negative number.
    """

    at: datetime | None = None
    after_calls: int | None = None
    seed: int = 0

    def __post_init__(self) -> None:
        if (self.at is None) == (self.after_calls is None):
            raise ValueError("an algorithm changes either at a moment or after a number of calls")
        if self.at is not None and self.at.tzinfo is None:
            raise ValueError(f"the moment of an algorithm change needs its time zone: {self.at.isoformat()}")
        if self.after_calls is not None and self.after_calls < 0:
            raise ValueError(f"an algorithm changes after 0 calls or more, not {self.after_calls}")
