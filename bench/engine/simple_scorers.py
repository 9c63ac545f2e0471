"""What the engine is compared with: counts, PageRanks and their blends, and what was tried on the way to it.

Each takes a log and the moment it ends at, and gives a score an account.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

from renown.engine.interactions import Interactions, Ints, Kind
from renown.engine.pagerank import pagerank

Floats = NDArray[np.float64]
Scorer = Callable[[Interactions, float], Floats]

_SEEDS = 1_000
_SEEDS_BEFORE = 1_341_360_000  # 4 July 2012, 00:00 UTC
_HOUR = 3600.0


def received(log: Interactions, kind: Kind) -> Floats:
    """How many events of a kind each account received."""
    return np.bincount(log.target[log.kind == kind], minlength=log.accounts).astype(float)


def total(log: Interactions, until: float) -> Floats:
    """Retweets received."""
    del until
    return received(log, Kind.REPOST)


def unique(log: Interactions, until: float) -> Floats:
    """Different accounts that retweeted."""
    del until
    return voices(_reposts(log))


def decayed(hours: float) -> Scorer:
    """Retweets received, of which so many hours halve each."""

    def score(log: Interactions, until: float) -> Floats:
        reposts = _reposts(log)
        worth = np.exp2((reposts.at - until) / (hours * _HOUR))
        return np.bincount(reposts.target, worth, log.accounts)

    return score


def plain_pagerank(log: Interactions, until: float) -> Floats:
    """PageRank of who retweets whom, begun anywhere."""
    del until
    actor, target = _once(_reposts(log))
    return pagerank(actor, target, np.ones(len(actor)), np.ones(log.accounts))


def trust(log: Interactions, until: float) -> Floats:
    """PageRank over all kinds, begun at the 1,000 most retweeted of the days before 4 July."""
    del until
    if _TRUST.log is not log:
        _TRUST.log, _TRUST.reached = log, _trust(log)
    return _TRUST.reached


class _LastTrust:
    """Trust in the log it was last asked about: half of the scorers ask."""

    log: Interactions | None = None
    reached: Floats = np.empty(0)


_TRUST = _LastTrust()


def _trust(log: Interactions) -> Floats:
    heard = voices(_reposts(log.before(_SEEDS_BEFORE)))
    seeds = np.zeros(log.accounts)
    seeds[np.argsort(-heard, kind="stable")[:_SEEDS]] = 1
    actor, target = _once(log)
    return pagerank(actor, target, np.ones(len(actor)), seeds)


def harmonic(log: Interactions, until: float) -> Floats:
    """The harmonic mean of the quantiles of retweets with a half-life of a day, and of trust."""
    one, other = (rankdata(score(log, until)) / log.accounts for score in (decayed(24), trust))
    return 2 * one * other / (one + other)


def product(log: Interactions, until: float) -> Floats:
    """The logarithm of retweets with a half-life of a day, times that of trust."""
    reached = trust(log, until)
    return np.log1p(decayed(24)(log, until)) * np.log1p(reached / np.median(reached[reached > 0]))


def gated(log: Interactions, until: float) -> Floats:
    """Tried: recent retweets of those only whom trust has reached, and up to three of anybody."""
    return _capped(log, until, 0.0)


def capped_one(log: Interactions, until: float) -> Floats:
    """Tried: T + min(U, T), T of those whom trust has reached, U of the others."""
    return _capped(log, until, 1.0)


def capped_thirty(log: Interactions, until: float) -> Floats:
    """Tried: T + min(U, 30 T)."""
    return _capped(log, until, 30.0)


def _capped(log: Interactions, until: float, ratio: float) -> Floats:
    reposts = _reposts(log)
    worth = np.exp2((reposts.at - until) / (6 * _HOUR))
    proven = trust(log, until)[reposts.actor] > 0
    of_proven = np.bincount(reposts.target, worth * proven, log.accounts)
    of_others = np.bincount(reposts.target, worth * ~proven, log.accounts)
    anyone = voices(log)
    return of_proven + np.minimum(of_others, ratio * of_proven) + 0.01 * np.minimum(anyone, 3)


def _reposts(log: Interactions) -> Interactions:
    return log.where(log.kind == Kind.REPOST)


def voices(log: Interactions) -> Floats:
    """How many different accounts each account heard from [accounts]."""
    return np.bincount(_once(log)[1], minlength=log.accounts).astype(float)


def _once(log: Interactions) -> tuple[Ints, Ints]:
    """Each actor with each target, once."""
    pair = np.unique(log.actor * log.accounts + log.target)
    return pair // log.accounts, pair % log.accounts


HALF_LIFE = "retweets, half-life 6 h"
SIMPLE: dict[str, Scorer] = {
    "retweets, total": total,
    "unique retweeters": unique,
    HALF_LIFE: decayed(6),
    "PageRank": plain_pagerank,
    "trust PageRank": trust,
    "harmonic mean of quantiles": harmonic,
    "product of logarithms": product,
}
TRIED: dict[str, Scorer] = {
    "tried: retweets, half-life 3 h": decayed(3),
    "tried: trusted only, 6 h": gated,
    "tried: T + min(U, T), 6 h": capped_one,
    "tried: T + min(U, 30 T), 6 h": capped_thirty,
}
