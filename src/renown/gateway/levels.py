"""A column of scores by its distinct values: what a normaliser makes of each is worked out once a snapshot.

A normaliser that compares with everybody, or with frozen tables, takes every score by itself. So it is applied to the
few levels that occur; a million voices then look theirs up.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from renown.gateway.spreading import Spread
from renown.scoring.arrays import Floats, Ints


@dataclass(frozen=True, slots=True, eq=False)
class Levels:
    """`values` [u] are the scores that occur, or did, rising, and NaN last; `codes` [n] say which of them a row has."""

    values: Floats
    codes: NDArray[np.unsignedinteger]

    @classmethod
    def of(cls, column: Floats) -> Self:
        """The levels of a column [n], NaN where there is no score."""
        values, codes = np.unique(column, return_inverse=True)
        if not (values.size and np.isnan(values[-1])):
            values = np.append(values, np.nan)
        return cls(values, codes.astype(np.min_scalar_type(values.size)))

    @property
    def counts(self) -> Ints:
        """How many [u - 1] rows have each of the values; none where the last to have it is gone."""
        return np.bincount(self.codes, minlength=self.values.size)[:-1]

    def followed(self, spread: Spread, anew: Floats) -> Self | None:
        """The levels once rows [k] were read anew; None where a score came that nobody has had."""
        at = np.searchsorted(self.values, anew)
        if not np.array_equal(self.values[np.minimum(at, self.values.size - 1)], anew, equal_nan=True):
            return None
        return type(self)(self.values, spread.array(self.codes, at.astype(self.codes.dtype)))

    def read(self, table: Floats, rows: Ints) -> Floats:
        """What a table [u] gives for the levels of these rows [m]."""
        return table[self.codes[rows]]
