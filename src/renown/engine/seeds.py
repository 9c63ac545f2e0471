"""Whom trust starts from, where nobody names them: the accounts most widely passed on in the older half of the log.

The older half of its time, not of its rows: a crowd that turns up late cannot vote itself in, however large it is.
Within it every account counts once for each account it passed on. Whoever can fake the older half can fake this: name
the seeds yourself where it matters.
"""

import numpy as np

from renown.engine.interactions import Flags, Floats, Ints
from renown.engine.summary import Summary

_SEEDS = 1000


def choose_seeds(log: Summary) -> Floats:
    """Where trust starts [accounts]: 1 for a seed, else 0; at most 1,000 seeds, or as many more as tie with the last.

    All zero where nothing was passed on in the older half.
    """
    _, target = log.links.where(log.early)
    return _foremost(np.bincount(target, minlength=log.accounts)).astype(float)


def _foremost(voices: Ints) -> Flags:
    if len(voices) <= _SEEDS:
        return voices > 0
    # Those who tie with the last come in together: an order among equals would be that of ids.
    last = np.partition(voices, -_SEEDS)[-_SEEDS]
    return (voices >= last) & (voices > 0)
