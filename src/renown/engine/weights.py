"""What one event is worth: by its kind, and by its age."""

import math

import numpy as np
from numpy.typing import NDArray

from renown.engine.interactions import Floats, Kind

HOUR = 3600.0
# How long trust takes to settle, see `engine.standing`.
SETTLES = 12 * HOUR
LASTING = 30 * 24 * HOUR
_RECENT = 4 * HOUR
# To pass on, or to list, costs one's own name; to answer costs words; to name, to like and to follow, a moment.
_WORTH = {Kind.REPOST: 3, Kind.LIST: 3, Kind.REPLY: 2, Kind.MENTION: 1, Kind.LIKE: 1, Kind.FOLLOW: 1}
# By how many seconds an event of each kind could be older than a mention and be worth the same, for standing: what is
# worth twice as much lasts one half-life longer. So kind and age are one moment.
HEAD_STARTS = {kind: LASTING * math.log2(worth) for kind, worth in _WORTH.items()}
_HEAD_START = np.array([HEAD_STARTS[kind] for kind in Kind])


def head_start(kind: NDArray[np.int8]) -> Floats:
    """The head start of each event [events], in seconds."""
    return _HEAD_START[kind]


def lasting(moment: Floats, until: float) -> Floats:
    """What is left at `until` (0-1) of what happened at each moment: 30 days halve it, for standing.

    It is put where the moments were.
    """
    return _halved(moment, until, LASTING)


def recent(moment: Floats, until: float) -> Floats:
    """What is left at `until` (0-1) of what happened at each moment: 4 hours halve it, to follow what goes on.

    Half of all reposts come within an hour of a post, three of four within a day (Kwak et al., WWW 2010). It is put
    where the moments were.
    """
    return _halved(moment, until, _RECENT)


def _halved(moment: Floats, until: float, half_life: float) -> Floats:
    moment -= until
    moment /= half_life
    return np.exp2(moment, out=moment)
