"""Answers kept as bytes, by what was asked; the one used longest ago goes first when they grow too large.

All of them are of one change number: with the next one none can be given any more, and all are let go.
"""

from collections import OrderedDict

from renown.web.answers import GraphQLAnswer

# What an answer takes beside its body: its key, its headers and the objects that hold them.
_BESIDE_BODY = 1_500


class KeptAnswers:
    """At most so many bytes of answers; none where that is 0."""

    def __init__(self, most_bytes: int) -> None:
        self._most = most_bytes
        self._bytes = 0
        self._change = -1
        self._held: OrderedDict[bytes, tuple[GraphQLAnswer, float]] = OrderedDict()

    @property
    def is_on(self) -> bool:
        """Whether anything is kept at all."""
        return self._most > 0

    def __len__(self) -> int:
        return len(self._held)

    def get(self, key: bytes, change: int, now: float) -> GraphQLAnswer | None:
        """The answer that still holds at a change number and a moment (seconds since the epoch)."""
        if change != self._change:
            self._begin(change)
        found = self._held.get(key)
        if found is None:
            return None
        answer, until = found
        if now >= until:
            self._drop(key)
            return None
        self._held.move_to_end(key)
        return answer

    def keep(self, key: bytes, answer: GraphQLAnswer, change: int, until: float) -> None:
        """Keep an answer made at a change number, until a moment."""
        if change != self._change:
            self._begin(change)
        if key in self._held:
            self._drop(key)
        size = len(answer.body) + _BESIDE_BODY
        if size > self._most:
            return
        self._held[key] = answer, until
        self._bytes += size
        while self._bytes > self._most:
            self._drop(next(iter(self._held)))

    def _begin(self, change: int) -> None:
        self._held.clear()
        self._bytes, self._change = 0, change

    def _drop(self, key: bytes) -> None:
        answer, _ = self._held.pop(key)
        self._bytes -= len(answer.body) + _BESIDE_BODY
