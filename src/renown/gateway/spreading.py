"""Columns of one snapshot become those of the next: what was read anew is put in its place, the rest is moved."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from renown.gateway.bitset import Bitset
from renown.gateway.labels import Labels
from renown.gateway.texts import Texts
from renown.scoring.arrays import Flags, Ints


@dataclass(frozen=True, slots=True, eq=False)
class Spread:
    """From `rows` old rows, and k rows that were read anew, to new rows.

    Each of those read anew stands `before` [k] this old row, which it `replaces` [k] or not.
    """

    rows: int
    before: Ints
    replaces: Flags

    @classmethod
    def of(cls, voices: Sequence[str], anew: Sequence[str]) -> Self:
        """From the rows of these voices, and those of the voices that were read anew; both sorted."""
        before = [bisect_left(voices, voice) for voice in anew]
        replaces = [at < len(voices) and voices[at] == voice for at, voice in zip(before, anew, strict=True)]
        return cls(len(voices), np.array(before, dtype=np.intp), np.array(replaces, dtype=np.bool_))

    @property
    def adds_rows(self) -> bool:
        """Whether somebody came who has had no row; if not, every row stays where it is."""
        return not self.replaces.all()

    @property
    def new(self) -> Ints:
        """Where [k] those read anew stand."""
        return self.before + np.cumsum(~self.replaces) - ~self.replaces

    def array(self, old: NDArray[Any], anew: NDArray[Any]) -> NDArray[Any]:
        """Columns [rows, ...] and [k, ...] as one; neither is altered."""
        if not self.adds_rows:
            found = old.copy()
        else:
            arriving = self.before[~self.replaces]
            here = np.arange(self.rows)
            found = np.empty((self.rows + arriving.size, *old.shape[1:]), dtype=old.dtype)
            found[here + np.searchsorted(arriving, here, side="right")] = old
        found[self.new] = anew
        return found

    def labels(self, old: Labels, anew: Labels) -> Labels:
        """Labels; a name that nobody has any longer may still be among the names."""
        names = tuple(sorted({*old.names, *anew.names}))
        return Labels(names, self.array(old.coded(names), anew.coded(names)))

    def texts(self, old: Texts, anew: Texts) -> Texts:
        """Texts; the very same where nothing changed, for they are the largest part."""
        if not self.adds_rows and all(old[int(row)] == text for row, text in zip(self.before, anew, strict=True)):
            return old
        pieces, start = [], 0
        for number, (row, replaces) in enumerate(zip(self.before.tolist(), self.replaces.tolist(), strict=True)):
            pieces += [old.piece(start, row), anew.piece(number, number + 1)]
            start = row + replaces
        pieces.append(old.piece(start, self.rows))
        return Texts(b"".join(pieces), np.cumsum(self.array(old.lengths, anew.lengths)))

    def marked(self, old: Mapping[str, Bitset], anew: Mapping[str, Bitset]) -> dict[str, Bitset]:
        """Marks by name; a name that marks nobody is left out."""
        nobody, none_anew = np.zeros(self.rows, np.bool_), np.zeros(self.before.size, np.bool_)
        found = {
            name: Bitset.of(
                self.array(old[name].mask if name in old else nobody, anew[name].mask if name in anew else none_anew)
            )
            for name in {**old, **anew}
        }
        return {name: rows for name, rows in found.items() if len(rows)}
