"""Flags of very many rows, a bit each: filters are intersected before any score is touched."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from renown.scoring.arrays import Flags, Ints

_WORD = 64


@dataclass(frozen=True, slots=True, eq=False)
class Bitset:
    """Which of `size` rows are marked. No bit beyond the last row is ever set."""

    words: NDArray[np.uint64]
    size: int

    @classmethod
    def of(cls, mask: Flags) -> Self:
        """Those rows that are true in the mask [size]."""
        packed = np.packbits(mask)
        words = np.zeros(-(-mask.size // _WORD), dtype=np.uint64)
        words.view(np.uint8)[: packed.size] = packed
        return cls(words, mask.size)

    @classmethod
    def at(cls, rows: Iterable[int] | Ints, size: int) -> Self:
        """These rows, in any order."""
        mask = np.zeros(size, dtype=np.bool_)
        mask[rows if isinstance(rows, np.ndarray) else list(rows)] = True
        return cls.of(mask)

    @classmethod
    def every(cls, size: int) -> Self:
        """All rows."""
        words = np.full(-(-size // _WORD), ~np.uint64(0))
        words.view(np.uint8)[-(-size // 8) :] = 0
        if size % 8:
            words.view(np.uint8)[size // 8] = 0xFF << (8 - size % 8) & 0xFF
        return cls(words, size)

    def __and__(self, other: "Bitset") -> "Bitset":
        return Bitset(self.words & other.words, self.size)

    def __or__(self, other: "Bitset") -> "Bitset":
        return Bitset(self.words | other.words, self.size)

    def __sub__(self, other: "Bitset") -> "Bitset":
        return Bitset(self.words & ~other.words, self.size)

    def __len__(self) -> int:
        return int(np.bitwise_count(self.words).sum(dtype=np.int64))

    @property
    def mask(self) -> Flags:
        """A truth value [size] a row."""
        return np.unpackbits(self.words.view(np.uint8), count=self.size).view(np.bool_)

    @property
    def rows(self) -> Ints:
        """The rows that are marked, rising."""
        # Most words of a narrow filter are empty, and a look at a word is a look at all its rows.
        taken = np.flatnonzero(self.words)
        bits = np.flatnonzero(np.unpackbits(self.words[taken].view(np.uint8)).view(np.bool_))
        return bits if taken.size == self.words.size else taken[bits // _WORD] * _WORD + bits % _WORD
