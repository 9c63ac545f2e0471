"""Who reacted to whom, when and how, as columns.

Rows are events; accounts are numbers into `names`. What an account does to itself is never among them.
"""

from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

# Accounts and moments of one machine's log fit into four bytes or eight: both are read.
Ints = NDArray[np.signedinteger[Any]]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
NO_POST = -1


class Kind(IntEnum):
    """What one account can do to another, as numbers in a column."""

    REPOST = 0
    REPLY = 1
    MENTION = 2
    LIKE = 3
    LIST = 4
    FOLLOW = 5


@dataclass(frozen=True, slots=True)
class Interactions:
    """Columns of one length: who acted (`actor`), to whom (`target`), `at` (seconds since 1970, UTC), `kind`, `post`.

    `names` [accounts] are as the source spells them. `post` numbers the target's post that was reacted to, NO_POST
    where the source does not say.
    """

    names: NDArray[np.str_]
    actor: Ints
    target: Ints
    at: Ints
    kind: NDArray[np.int8]
    post: Ints

    def __len__(self) -> int:
        return len(self.at)

    @property
    def accounts(self) -> int:
        """How many accounts there are, whether they act or are acted upon."""
        return len(self.names)

    def where(self, kept: Flags) -> "Interactions":
        """Only these rows, of the same accounts."""
        if kept.all():
            return self
        return replace(
            self,
            actor=self.actor[kept],
            target=self.target[kept],
            at=self.at[kept],
            kind=self.kind[kept],
            post=self.post[kept],
        )

    def before(self, instant: float) -> "Interactions":
        """Only what happened before an instant: what happened at it is left out."""
        return self.where(self.at < instant)
