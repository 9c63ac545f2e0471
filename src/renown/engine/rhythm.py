"""The rhythm in which each account acts: how evenly its acts are spaced, and how many come faster than hands."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from renown.engine.blocks import blocks
from renown.engine.interactions import Flags, Floats, Interactions, Ints, Kind

LEAST_GAPS, BY_HAND = 12, 2
# From there on acts may well come at random: what lies beyond is not told apart.
RANDOM = 0.35


@dataclass(frozen=True, slots=True)
class Rhythm:
    """What tells of a machine, by account [accounts].

    `uneven` is how far the gaps between acts lie from the middle one, in the middle: their median distance from their
    median, divided by it (the lower median, where there are two). 1 where there are fewer than 12 gaps, or where it is
    0.35 or more. `acts` are single-target acts, and of them `too_fast` those beyond two in the same second.
    """

    uneven: Floats
    acts: Ints
    too_fast: Ints


def rhythm_of(events: Interactions) -> Rhythm:
    """The rhythms in a log."""
    first = int(events.at.min()) if len(events) else 0
    bits = (int(events.at.max()) - first).bit_length() if len(events) else 0
    keys = np.empty(len(events), np.int64)
    for rows in blocks(len(events)):
        act = events.actor[rows].astype(np.int64) << bits | (events.at[rows].astype(np.int64) - first)
        keys[rows] = act << 1 | (events.kind[rows] == Kind.MENTION)
    keys.sort()
    acts, too_fast = _by_hand(keys, bits + 1, events.accounts)
    return Rhythm(_uneven(_gaps(keys, bits, events.accounts)), acts, too_fast)


def _by_hand(keys: Ints, bits: int, accounts: int) -> tuple[Ints, Ints]:
    """How many single-target acts each account has [accounts], and how many of them are too fast."""
    acts, too_fast = np.zeros((2, accounts), np.int64)
    for rows in blocks(len(keys)):
        some, two_before = keys[rows], keys[max(0, rows.start - BY_HAND) : max(0, rows.stop - BY_HAND)]
        by_hand = some[(some & 1) == 0]
        acts += np.bincount(by_hand >> bits, minlength=accounts)
        # Equal numbers are acts in the same second: this one comes after as many as hands can do.
        same = some[len(some) - len(two_before) :][some[len(some) - len(two_before) :] == two_before]
        too_fast += np.bincount(same[(same & 1) == 0] >> bits, minlength=accounts)
    return acts, too_fast


class _Values:
    """Values of accounts, each in a number: the account, then the value, in so many bits.

    Numbers sort many times faster than columns, and what becomes of them is put where they were. They hold a log while
    accounts times seconds stays below 2^62: for a log of a hundred years, a billion accounts.
    """

    def __init__(self, keys: Ints, bits: int, accounts: int) -> None:
        self._keys, self._bits, self._accounts = keys, bits, accounts

    def change(self, change: Callable[[Ints, Ints], tuple[Ints, Ints]]) -> None:
        """Put in the place of accounts and values others, as many or fewer, a million at a time."""
        end = 0
        for rows in blocks(len(self._keys)):
            of, value = change(*self._parted(rows))
            self._keys[end : end + len(of)] = of << self._bits | value
            end += len(of)
        self._keys = self._keys[:end]

    def counts(self, which: Callable[[Ints, Ints], Flags] | None = None) -> Ints:
        """How many values each account has [accounts], or how many of some."""
        counts = np.zeros(self._accounts, np.int64)
        for rows in blocks(len(self._keys)):
            of, value = self._parted(rows)
            counts += np.bincount(of if which is None else of[which(of, value)], minlength=self._accounts)
        return counts

    def lower_medians(self) -> Ints:
        """The lower median of each account's values [accounts], 0 where it has none."""
        sizes = self.counts()
        if not len(self._keys):
            return sizes
        self._keys.sort()
        at = np.cumsum(sizes) - sizes + np.maximum(sizes - 1, 0) // 2
        return np.where(sizes > 0, self._parted(np.minimum(at, len(self._keys) - 1))[1], 0)

    def _parted(self, rows: slice | Ints) -> tuple[Ints, Ints]:
        keys = self._keys[rows]
        return keys >> self._bits, keys & ((1 << self._bits) - 1)


def _gaps(keys: Ints, bits: int, accounts: int) -> _Values:
    """The gaps between each account's acts; `keys` are changed to them.

    What is done in the same second is one act: a post that names three people is three rows.
    """
    values = _Values(keys, bits + 1, accounts)
    last = np.array([[-1], [0]])

    def gaps(of: Ints, at: Ints) -> tuple[Ints, Ints]:
        nonlocal last
        before_of, before_at = np.concatenate([last, [of[:-1], at[:-1]]], axis=1)
        last = np.array([of[-1:], at[-1:]])
        gap = (at >> 1) - (before_at >> 1)
        apart = (of == before_of) & (gap > 0)
        return of[apart], gap[apart]

    values.change(gaps)
    return values


def _uneven(gaps: _Values) -> Floats:
    """How uneven each account's gaps are [accounts]; `gaps` are changed on the way."""
    enough = gaps.counts() >= LEAST_GAPS
    gaps.change(lambda of, gap: (of[enough[of]], gap[enough[of]]))
    middle = gaps.lower_medians()
    gaps.change(lambda of, gap: (of, np.abs(gap - middle[of])))
    # The middle distance can only be a short one where half of them are.
    near = gaps.counts(lambda of, off: off < RANDOM * middle[of])
    asked = enough & (2 * near >= gaps.counts())
    gaps.change(lambda of, off: (of[asked[of]], off[asked[of]]))
    uneven = np.divide(gaps.lower_medians(), middle, out=np.ones(len(middle)), where=asked)
    return np.where(uneven < RANDOM, uneven, 1.0)
