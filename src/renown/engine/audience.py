"""How much of an audience counts: each of its members once, and a crowd that has shown nothing only so far.

An audience has three parts: those whom trust has reached, those who were known half a day ago, and newcomers. T is the
network impact of the account (in seeds); A, B and C are what the parts are worth; b and c are the usual shares of the
unreached among the known, and of the newcomers among all, as they are in the audiences of accounts with standing:

    reached   = min(A, doubt + 30 T)
    known     = min(B, b (b doubt + 5 b / (1 - b) (T + what of the reached is above the doubt)))
    newcomers = min(C, c (c doubt + 5 c / (1 - c) (what of both is above the doubt)))

So nobody has to be told from a machine one by one: what is unproven counts in proportion to what is proven. Where trust
reaches hardly anybody and everybody is new, as in the first hours of an event, the unproven are nearly all there is and
count nearly in full. Where they are rare, they hardly count, however many turn up. Five: an audience may be so many
times less proven than others are. Thirty: reactions for each seed's worth of trust, so that those whom a fooled account
has named share what it had to give. Both are conventions.
"""

from dataclasses import dataclass

import numpy as np

from renown.engine.interactions import Flags, Floats, Ints
from renown.engine.links import Links, Sums
from renown.engine.standing import Standing

_PER_SEED = 30.0
_LESS_PROVEN_THAN_OTHERS = 5.0
_MOST = 0.99


@dataclass(frozen=True, slots=True)
class Usual:
    """The usual shares of the unreached among the known, and of newcomers among all, in an audience (0-1)."""

    unreached: float
    newcomers: float


@dataclass(frozen=True, slots=True)
class Audience:
    """What counts of each account's audience [accounts], and how many independent voices of weight 1 that rests on."""

    counted: Floats
    voices: Floats


def usual_audience(links: Links, latest: Flags, standing: Standing) -> Usual:
    """What is usual in the audiences of accounts with the standing of a seed; where there are none, anything is.

    `latest` [pairs] are the links since trust settled: nobody was a newcomer before. Every audience has the same say,
    whatever its size: to move what is usual, a crowd has to turn up in most of them.
    """
    actor, target = links.where(latest)
    everybody = np.bincount(target, minlength=links.accounts)
    known, reached = (
        np.bincount(target[some[actor]], minlength=links.accounts) for some in (standing.known, standing.reached)
    )
    proven = standing.impact >= 1
    return Usual(_share(known - reached, known, proven), _share(everybody - known, everybody, proven))


def _share(part: Ints, whole: Ints, proven: Flags) -> float:
    asked = proven & (whole > 0)
    return min(_MOST, float((part[asked] / whole[asked]).mean())) if asked.any() else _MOST


def audience_of(
    links: Links, weight: Floats, gives: Floats, standing: Standing, usual: Usual, *, doubt: float
) -> Audience:
    """What counts of the audience that these links make, each worth its weight [pairs] times what its actor `gives`.

    `doubt` is how many of each part count by themselves: of the unproven, times their usual share squared. The weights
    are used up: they are squared where they are.
    """
    reached, known = standing.reached, standing.known
    parts = gives[:, None] * np.column_stack([reached, known & ~reached, ~known & ~reached])
    proven, old, new = (Sums(links, weight) @ parts).T
    counted = np.minimum(proven, doubt + _PER_SEED * standing.impact)
    for crowd, share, trust in ((old, usual.unreached, standing.impact), (new, usual.newcomers, 0.0)):
        vouched = trust + np.maximum(0, counted - doubt)
        believed = share * doubt + _LESS_PROVEN_THAN_OTHERS * share / (1 - share) * vouched
        counted = counted + np.minimum(crowd, share * believed)
    # Kish's effective size: as much weight in many faint voices is no more certain than in as many full ones.
    squares = Sums(links, np.square(weight, out=weight)) @ gives**2
    voices = np.divide((proven + old + new) ** 2, squares, out=np.zeros(links.accounts), where=squares > 0)
    return Audience(counted, voices)
