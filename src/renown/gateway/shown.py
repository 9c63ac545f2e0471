"""The entries of a ranking that somebody is shown: side by side as columns, and one by one when they are looked at."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import overload

import msgspec

from renown.gateway.blended import Blended, Scored
from renown.gateway.locator import blend_id
from renown.gateway.ranking import Ranked
from renown.gateway.stretch import Stretch

_PLAIN = 1e-4  # what is smaller `repr` and JSON write with different exponents

_encode = msgspec.json.Encoder().encode


class Shown(Stretch, Sequence[Blended]):
    """The entries at the positions from `start` up to `stop`, k of them; `scored` [k] are those who stand there."""

    def __init__(self, ranked: Ranked, start: int, stop: int, scored: Sequence[Scored]) -> None:
        super().__init__(ranked, start, stop)
        self.scored = scored

    @overload
    def __getitem__(self, at: int) -> Blended: ...
    @overload
    def __getitem__(self, at: slice) -> list[Blended]: ...
    def __getitem__(self, at: int | slice) -> Blended | list[Blended]:
        return self._entries[at]

    def __iter__(self) -> Iterator[Blended]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self.scored)

    @property
    def ids(self) -> list[str]:
        """The ids of the composites as claims."""
        said = zip(self.scored, _texts(self.values), strict=True)
        return [blend_id("composite", self.named, each.voice, value) for each, value in said]

    @cached_property
    def _entries(self) -> list[Blended]:
        return [Blended(self, at, each) for at, each in enumerate(self.scored)]


def _texts(values: Sequence[float]) -> list[str]:
    """What `repr` says of each."""
    if all(_PLAIN <= value < 1 / _PLAIN for value in values):
        return _encode(values)[1:-1].decode().split(",")  # the same, several times as fast
    return [repr(value) for value in values]
