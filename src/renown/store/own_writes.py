"""What this process's writes did to the change number, so that whoever knows the number before need not ask for it."""

from collections.abc import Iterable
from datetime import datetime

from renown.claims import Claim
from renown.store.writing import Outcome

_MOST = 1_000


class OwnWrites:
    """How many writes ended here, and the last of them by their numbers."""

    def __init__(self) -> None:
        self.count = 0
        self._last: int | None = None  # the number after the write that ended last, where it is known
        self._first_ends: dict[int, datetime | None] = {}

    def ended(self, outcome: Outcome, claims: Iterable[Claim]) -> None:
        """A write ended that appended these claims."""
        self.count, self._last = self.count + 1, outcome.number
        if outcome.changed:
            ends = (claim.provenance.keep_until for claim in claims)
            self._first_ends[outcome.number] = min((end for end in ends if end is not None), default=None)
            if len(self._first_ends) > _MOST:
                del self._first_ends[next(iter(self._first_ends))]

    def failed(self) -> None:
        """A write ended of which nobody knows what it did to the number."""
        self.count, self._last = self.count + 1, None

    def since(self, number: int) -> tuple[int, datetime | None] | None:
        """The number of the last change, and the first end of a licence among what came after a number.

        None where that cannot be said: another process has written in between, or a write of ours failed.
        """
        if self._last is None or not number <= self._last <= number + _MOST:
            return None
        between = range(number + 1, self._last + 1)
        if any(each not in self._first_ends for each in between):
            return None
        ends = (self._first_ends[each] for each in between)
        return self._last, min((end for end in ends if end is not None), default=None)
