"""Short texts of which there are few, one a row: a code each, so that a filter compares numbers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Self

import numpy as np
from numpy.typing import NDArray

from renown.gateway.bitset import Bitset

# At a million rows one takes 125 kB.
_MOST_KEPT = 64


@dataclass(frozen=True, slots=True, eq=False)
class Labels:
    """A text for each of n rows: `names` are all that occur, in order, `codes` [n] say which."""

    names: tuple[str, ...]
    codes: NDArray[np.unsignedinteger]
    _kept: dict[int, Bitset] = field(default_factory=dict, init=False, repr=False)

    @classmethod
    def of(cls, texts: Sequence[str]) -> Self:
        """These texts, one a row."""
        names = tuple(sorted(set(texts)))
        code = {name: number for number, name in enumerate(names)}
        return cls(names, np.fromiter((code[text] for text in texts), np.min_scalar_type(len(names)), len(texts)))

    @classmethod
    def joined(cls, parts: Sequence["Labels"]) -> Self:
        """All of these, one after the other."""
        names = tuple(sorted({name for part in parts for name in part.names}))
        return cls(names, np.concatenate([part.coded(names) for part in parts]))

    def coded(self, names: Sequence[str]) -> NDArray[np.unsignedinteger]:
        """The codes [n] there would be, were these all names there are."""
        code = {name: number for number, name in enumerate(names)}
        return np.array([code[name] for name in self.names], np.min_scalar_type(len(names)))[self.codes]

    def __len__(self) -> int:
        return self.codes.size

    def __getitem__(self, row: int) -> str:
        return self.names[int(self.codes[row])]

    def tolist(self) -> list[str]:
        """The text of every row."""
        return [self.names[code] for code in self.codes.tolist()]

    def any_of(self, wanted: Iterable[str]) -> Bitset:
        """The rows that have any of these texts."""
        each = [self._marked(self.names.index(name)) for name in {*wanted} & {*self.names}]
        return reduce(or_, each) if each else Bitset.at((), self.codes.size)

    def _marked(self, code: int) -> Bitset:
        """The rows of a code; those asked for first are kept, being a bit a row."""
        found = self._kept.get(code)
        if found is None:
            found = Bitset.of(self.codes == code)
            if len(self._kept) < _MOST_KEPT:
                self._kept[code] = found
        return found
