"""Very many texts in one piece of memory: a tenth of what as many objects take, and searched through at once."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Self, overload

import numpy as np
from numpy.typing import NDArray

from renown.gateway.bitset import Bitset
from renown.scoring.arrays import Ints

# No UTF-8 has this byte, so nothing that is looked for can reach from one text into the next.
_END = b"\xff"
_CODING = "utf-8", "surrogatepass"


class _Few(Sequence[str]):
    """What texts by number have in common; `_text` gives one."""

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[str, ...]: ...
    def __getitem__(self, at: int | slice) -> str | tuple[str, ...]:
        if isinstance(at, slice):
            return tuple(self._text(each) for each in range(*at.indices(len(self))))
        if not -len(self) <= at < len(self):
            raise IndexError(at)
        return self._text(at % len(self))

    def __iter__(self) -> Iterator[str]:
        return (self._text(at) for at in range(len(self)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and len(self) == len(other) and all(map(str.__eq__, self, other))

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(map(repr, self[:5]))}{', ...' if len(self) > 5 else ''})"

    def _text(self, at: int) -> str:
        raise NotImplementedError


class Texts(_Few):
    """Texts by number, each ending where `ends` [n] says."""

    def __init__(self, whole: bytes, ends: NDArray[np.int64]) -> None:
        self._whole, self._ends = whole, ends

    @classmethod
    def of(cls, texts: Iterable[str]) -> Self:
        """These texts, in this order."""
        pieces = [text.encode(*_CODING) for text in texts]
        ends = np.cumsum(np.fromiter((len(piece) + 1 for piece in pieces), np.int64, len(pieces)))
        return cls(b"".join(piece + _END for piece in pieces), ends)

    @classmethod
    def joined(cls, parts: Sequence["Texts"]) -> Self:
        """All of these, one after the other."""
        whole = b"".join(part.piece(0, len(part)) for part in parts)
        return cls(whole, np.cumsum(np.concatenate([part.lengths for part in parts])))

    @property
    def nbytes(self) -> int:
        """What they take."""
        return len(self._whole) + self._ends.nbytes

    @property
    def lengths(self) -> NDArray[np.int64]:
        """The bytes [n] of each, with its end."""
        return np.diff(self._ends, prepend=0)

    def piece(self, start: int, stop: int) -> bytes:
        """Those from `start` up to `stop` as they lie in memory."""
        return self._whole[self._start(start) : self._start(stop)]

    def _start(self, at: int) -> int:
        return int(self._ends[at - 1]) if at else 0

    def __len__(self) -> int:
        return self._ends.size

    def _text(self, at: int) -> str:
        return self._whole[self._start(at) : self._start(at + 1) - 1].decode(*_CODING)

    def tolist(self) -> list[str]:
        """All of them."""
        return list(self)

    def saying(self, part: str) -> Bitset:
        """Those that have this part somewhere."""
        if not part:
            return Bitset.every(len(self))
        found = [match.start() for match in re.finditer(re.escape(part.encode(*_CODING)), self._whole)]
        return Bitset.at(np.searchsorted(self._ends, found, side="right"), len(self))


class Picked(_Few):
    """Some of very many texts, in an order of their own: nothing is copied until one is looked at."""

    def __init__(self, texts: Sequence[str], numbers: Ints) -> None:
        self._texts, self._numbers = texts, numbers

    def __len__(self) -> int:
        return self._numbers.size

    def _text(self, at: int) -> str:
        return self._texts[int(self._numbers[at])]


@dataclass(frozen=True, slots=True, eq=False)
class Places(Mapping[str, int]):
    """Where each of some sorted texts stands."""

    texts: Sequence[str]

    def __getitem__(self, text: str) -> int:
        at = bisect_left(self.texts, text)
        if at == len(self.texts) or self.texts[at] != text:
            raise KeyError(text)
        return at

    def __iter__(self) -> Iterator[str]:
        return iter(self.texts)

    def __len__(self) -> int:
        return len(self.texts)
