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

from renown.engine.interactions import Flags, Floats, Ints
from renown.engine.rhythm import RANDOM, Rhythm
from renown.engine.summary import Summary

_EVEN = 0.1
_CLOCKWORK, _SPEED, _RING = 0.95, 0.9, 0.5
_LEAST_ACTS = 8
_LEAST_PARTNERS, _MUTUAL = 10, 0.8


def automation(log: Summary, rhythm: Rhythm) -> Floats:
    """The probability [accounts], 0 where there is too little to tell from."""
    signs = (_CLOCKWORK * _clockwork(rhythm), _SPEED * _speed(rhythm), _RING * _ring(log))
    return 1 - np.prod([1 - sign for sign in signs], axis=0)


def _clockwork(rhythm: Rhythm) -> Floats:
    """How evenly each account's acts are spaced, 0-1 [accounts]."""
    return np.clip((RANDOM - rhythm.uneven) / (RANDOM - _EVEN), 0, 1)


def _speed(rhythm: Rhythm) -> Floats:
    """Which share of an account's acts came faster than hands, 0-1 [accounts]."""
    enough = rhythm.acts >= _LEAST_ACTS
    return np.divide(rhythm.too_fast, rhythm.acts, out=np.zeros(len(enough)), where=enough)


def _ring(log: Summary) -> Floats:
    """Whether an account reacts to many and they to it, and hardly anybody else does, 0 or 1 [accounts]."""
    accounts = log.accounts
    actor, target = log.links.where(log.has_reacted)
    partners = np.bincount(actor, minlength=accounts)
    audience = np.bincount(target, minlength=accounts)
    # Of those alone whose two circles are of a size it is asked whether they are the same people.
    alike = np.minimum(partners, audience) >= _MUTUAL * np.maximum(partners, audience)
    asked = alike & (partners >= _LEAST_PARTNERS)
    there = _keys(actor, target, accounts, asked[actor])
    back = _keys(target, actor, accounts, asked[target])
    both_ways = np.sort(np.concatenate([there, back]))
    twice = both_ways[1:][both_ways[1:] == both_ways[:-1]]
    mutual = np.bincount(twice // accounts, minlength=accounts)
    return (asked & (mutual >= _MUTUAL * np.maximum(partners, audience))).astype(np.float64)


def _keys(one: Ints, other: Ints, accounts: int, kept: Flags) -> Ints:
    """A number for each pair that is kept; equal pairs have equal numbers."""
    return one[kept].astype(np.int64) * accounts + other[kept]
