"""How likely an account is run by a machine, from its own events alone.

Three signs, each worth at most so much; p = 1 - (1 - a)(1 - b)(1 - c).

- clockwork (at most 0.95): its acts are evenly spaced. Of the gaps between them, how far the middle one lies from the
  others: 0.69 of it where acts come at random, near 0 by a clock; it counts in full at 0.1 and below, and not from 0.35
  on. At least 12 gaps are needed. A few pauses, as for the night, change nothing.
- speed (at most 0.9): more single-target acts in one second than hands can make, from the third on, over all its acts.
  Mentions are not asked about: one post may name many.
- ring (at most 0.5): it reacts to ten accounts or more, and nearly all of them react to it and to few besides.

The bounds and thresholds are conventions. Texts, links and profiles would tell more, and are not in such a log.
"""

import numpy as np

from renown.engine.interactions import Flags, Floats, Interactions, Ints, Kind, Pairs

_EVEN, _RANDOM, _LEAST_GAPS = 0.1, 0.35, 12
_CLOCKWORK, _SPEED, _RING = 0.95, 0.9, 0.5
_BY_HAND, _LEAST_ACTS = 2.0, 8
_LEAST_PARTNERS, _MUTUAL = 10, 0.8


def automation(events: Interactions, pairs: Pairs) -> Floats:
    """The probability [accounts], 0 where there is too little to tell from."""
    signs = (_CLOCKWORK * _clockwork(events), _SPEED * _speed(events), _RING * _ring(events.accounts, pairs))
    return 1 - np.prod([1 - sign for sign in signs], axis=0)


def _clockwork(events: Interactions) -> Floats:
    """How evenly each account's acts are spaced, 0-1 [accounts]."""
    order = np.lexsort((events.at, events.actor))
    actor, at = events.actor[order], events.at[order]
    gap = np.diff(at)
    # What is done in the same second is one act: a post that names three people is three rows.
    apart = (np.diff(actor) == 0) & (gap > 0)
    actor, gap = actor[1:][apart], gap[apart].astype(np.float64)
    gaps = np.bincount(actor, minlength=events.accounts)
    enough = gaps >= _LEAST_GAPS
    middle = _medians(actor, gap, gaps)
    off = _medians(actor, np.abs(gap - middle[actor]), gaps)
    uneven = np.divide(off, middle, out=np.ones(events.accounts), where=enough & (middle > 0))
    return np.clip((_RANDOM - uneven) / (_RANDOM - _EVEN), 0, 1)


def _medians(group: Ints, value: Floats, sizes: Ints) -> Floats:
    """The lower median of each group [groups], 0 where it is empty."""
    ordered = value[np.lexsort((value, group))]
    starts = np.cumsum(sizes) - sizes
    at = starts + np.maximum(sizes - 1, 0) // 2
    return np.where(sizes > 0, ordered[np.minimum(at, len(ordered) - 1)] if len(ordered) else 0.0, 0.0)


def _speed(events: Interactions) -> Floats:
    """Which share of an account's acts came faster than hands, 0-1 [accounts]."""
    by_hand = events.kind != Kind.MENTION
    actor, at = events.actor[by_hand], events.at[by_hand]
    order = np.lexsort((at, actor))
    actor, at = actor[order], at[order]
    first = np.flatnonzero((np.diff(actor, prepend=-1) != 0) | (np.diff(at, prepend=-1) != 0))
    at_once = np.diff(first, append=len(at))
    too_fast = np.bincount(actor[first], np.maximum(at_once - _BY_HAND, 0), events.accounts)
    acts = np.bincount(actor, minlength=events.accounts)
    return np.divide(too_fast, acts, out=np.zeros(events.accounts), where=acts >= _LEAST_ACTS)


def _ring(accounts: int, pairs: Pairs) -> Floats:
    """Whether an account reacts to many and they to it, and hardly anybody else does, 0 or 1 [accounts]."""
    partners = np.bincount(pairs.actor, minlength=accounts)
    audience = np.bincount(pairs.target, minlength=accounts)
    mutual = np.bincount(pairs.actor[_is_mutual(accounts, pairs)], minlength=accounts)
    closed = (mutual >= _MUTUAL * partners) & (mutual >= _MUTUAL * audience)
    return (closed & (partners >= _LEAST_PARTNERS)).astype(np.float64)


def _is_mutual(accounts: int, pairs: Pairs) -> Flags:
    there = pairs.actor * accounts + pairs.target
    back = pairs.target * accounts + pairs.actor
    if not len(there):
        return np.empty(0, np.bool_)
    found = np.searchsorted(there, back)  # pairs are sorted by actor, then target
    return there[np.minimum(found, len(there) - 1)] == back
