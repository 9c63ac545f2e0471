"""How an emulator is told to behave: what goes wrong, how often, and which of the recorded variants it takes."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Self, get_args

from renown.emulators.fault_texts import read_faults
from renown.emulators.faults import AlgorithmChange, Fail, KloutEra, RetryAfter, UnknownUser


@dataclass(frozen=True, slots=True)
class Behaviour:
    """What goes wrong. All of it can be combined, and the same seed draws the same.

    fail: every call fails in this way.
    shares: some calls fail, by the way they do: {"5xx": 0.1, "hang": 0.01}. At most 1 together.
    delay_seconds: how long an answer takes; the median, where `delay_p99_seconds` says what 99 of 100 stay under.
    quota_calls: so many calls are answered, then the day's quota is used up.
    calls_per_second: more than so many within a second are too many.
    flapping_seconds: up for half of so long, then down ("5xx") for the other half, and again.
    polls_before_complete: how many times Kred answers `processing` before a job is `complete`; math.inf: for ever.
    retry_after: what refusals say of when to come back, in place of what the emulator would say.
    algorithm_change: all scores are others from then on, in the same order.
    klout_era: the bodies of Klout v2 as in 2012, or as from 2013 on.
    klout_unknown_user: how Klout v1 says that it does not know somebody: an empty 404 where it knows nobody of those
        asked for, the same as soon as one is unknown, or 200 with "No users".
    seed: of what is drawn, and of the order in which Klout v1 tells users.

    Quota, flapping and an algorithm's calls count from the first call that met this behaviour.

    Raises:
        ValueError: an unknown word, or a number outside its range.
    """

    fail: Fail | None = None
    delay_seconds: float = 0.0
    polls_before_complete: float = 1
    shares: Mapping[Fail, float] = field(default_factory=dict)
    delay_p99_seconds: float | None = None
    quota_calls: int | None = None
    calls_per_second: int | None = None
    flapping_seconds: float | None = None
    retry_after: RetryAfter | None = None
    algorithm_change: AlgorithmChange | None = None
    klout_era: KloutEra = "2013"
    klout_unknown_user: UnknownUser = "empty-404"
    seed: int = 0

    def __post_init__(self) -> None:
        for way in {*self.shares, *([self.fail] if self.fail is not None else ())}:
            _refuse_strange(way, Fail, "an emulator cannot fail by")
        _refuse_strange(self.klout_era, KloutEra, "there is no era of Klout")
        _refuse_strange(self.klout_unknown_user, UnknownUser, "Klout v1 tells an unknown user in no way")
        for fine, sentence in self._numbers():
            if not fine:
                raise ValueError(sentence)

    def _numbers(self) -> Iterable[tuple[bool, str]]:
        """Whether each number is in its range, and what to say when it is not. A NaN is in none."""
        p99, quota, pace, period = (
            self.delay_p99_seconds,
            self.quota_calls,
            self.calls_per_second,
            self.flapping_seconds,
        )
        each = all(share >= 0 for share in self.shares.values())
        yield each and sum(self.shares.values()) <= 1, "shares of failing calls are 0 or more, together 1 at most"
        yield 0 <= self.delay_seconds < math.inf, f"a delay is 0 seconds or more, not {self.delay_seconds}"
        yield p99 is None or 0 < self.delay_seconds <= p99 < math.inf, f"a p99 is the median or more, not {p99} seconds"
        polls = self.polls_before_complete
        yield polls >= 0, f"polls before complete are 0 or more, not {polls}"
        yield quota is None or quota >= 0, f"a quota is 0 calls or more, not {quota}"
        yield pace is None or pace >= 1, f"a pace is 1 call a second or more, not {pace}"
        yield period is None or 0 < period < math.inf, f"flapping takes more than 0 seconds, not {period}"

    @classmethod
    def read(cls, texts: Iterable[str]) -> Self:
        """The behaviour these texts ask for together, such as `latency=50ms,p99=400ms` and `5xx=0.1`.

        The texts are listed in `renown.emulators.fault_texts`.

        Raises:
            ValueError: a text that cannot be read, one given twice, or a value outside its range.
        """
        return cls(**read_faults(texts))


def _refuse_strange(word: str, words: object, sentence: str) -> None:
    known = get_args(words)
    if word not in known:
        raise ValueError(f"{sentence} {word!r}; there is {', '.join(known)}")
