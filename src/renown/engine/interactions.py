"""Who reacted to whom, when and how, as columns.

Rows are events; accounts are numbers into `names`. What an account does to itself is never among them.
"""

from dataclasses import dataclass, replace
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
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


@dataclass(frozen=True, slots=True)
class Pairs:
    """Each actor with each account it reacted to, once; columns of one length, sorted by actor, then target.

    `weight` (0-1) is what the pair is worth: that of its weightiest event, however many there were.
    """

    actor: Ints
    target: Ints
    weight: Floats

    def received(self, accounts: int, given: Floats | None = None) -> Floats:
        """What each account receives [accounts]: the sum of its pairs' weights, or of `given` [pairs] instead."""
        return np.bincount(self.target, self.weight if given is None else given, accounts).astype(np.float64)


def pairs_of(events: Interactions, weight: Floats) -> Pairs:
    """The pairs of these events, of which each weighs so much [events]."""
    key = events.actor * events.accounts + events.target
    order = np.argsort(key, kind="stable")
    ordered = key[order]
    first = np.flatnonzero(np.diff(ordered, prepend=-1))
    if not len(first):
        nobody = np.empty(0, np.int64)
        return Pairs(nobody, nobody, np.empty(0))
    largest = np.maximum.reduceat(weight[order], first)
    return Pairs(ordered[first] // events.accounts, ordered[first] % events.accounts, largest)
