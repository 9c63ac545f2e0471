"""What one event is worth: by its kind, and by its age."""

import numpy as np

from renown.engine.interactions import Flags, Floats, Interactions, Kind

HOUR = 3600.0
_LASTING = 30 * 24 * HOUR
_RECENT = 4 * HOUR
# To pass on, or to list, costs one's own name; to answer costs words; to name, to like and to follow, a moment.
_BY_KIND = {Kind.REPOST: 3, Kind.LIST: 3, Kind.REPLY: 2, Kind.MENTION: 1, Kind.LIKE: 1, Kind.FOLLOW: 1}
_OF_KIND = np.array([_BY_KIND[kind] for kind in Kind], dtype=np.float64)


def by_kind(events: Interactions) -> Floats:
    """What the kind of each event is worth [events]: from 1 to 3."""
    return _OF_KIND[events.kind]


def lasting(events: Interactions, until: float) -> Floats:
    """What is left of each event (0-1) [events]: 30 days halve it, for standing."""
    return np.exp2((events.at - until) / _LASTING)


def recent(events: Interactions, until: float) -> Floats:
    """What is left of each event (0-1) [events]: 4 hours halve it, to follow what goes on.

    Half of all reposts come within an hour of a post, three of four within a day (Kwak et al., WWW 2010).
    """
    return np.exp2((events.at - until) / _RECENT)


def passed_on(events: Interactions) -> Flags:
    """Which events carry a voice further [events]: reposts; where a log knows none, all reactions stand in."""
    reposts = events.kind == Kind.REPOST
    return reposts if reposts.any() else reacts(events)


def reacts(events: Interactions) -> Flags:
    """Which events make an audience [events]: all but follows, unless a log knows nothing else.

    To follow is no reaction: how many follow says little of how many pass on (Cha et al., ICWSM 2010), and followers
    are for sale. What trust reaches, it reaches over follows too.
    """
    reactions = events.kind != Kind.FOLLOW
    return reactions if reactions.any() else ~reactions
