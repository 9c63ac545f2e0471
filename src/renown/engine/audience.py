"""How much of an audience counts: each of its members once, and a crowd that has shown nothing only so far.

An audience is made of the known, who acted already half a day ago, and of newcomers. With T the network impact of the
account (in seeds), K and N what the known and the newcomers are worth, and r the newcomers for each known one in the
audiences of accounts that have standing:

    known     = min(K, doubt + 30 T)
    newcomers = min(N, r / (1 + r) doubt + 3 r (T + what of the known is above the doubt))

So nobody has to be told apart from a machine one by one: what is unproven counts in proportion to what is proven, and
where newcomers are rare, they hardly count at all. One in thirty: of what happens in an open network, about a
thirtieth comes from accounts that trust has reached. Three times: an audience may be so much newer than others are.
"""

from dataclasses import dataclass

import numpy as np

from renown.engine.interactions import Flags, Floats, Pairs
from renown.engine.standing import Standing

_KNOWN_PER_SEED = 30.0
_NEWER_THAN_OTHERS = 3.0


@dataclass(frozen=True, slots=True)
class Audience:
    """What counts of each account's audience [accounts], and how many independent voices of weight 1 that rests on."""

    counted: Floats
    voices: Floats


def newcomers_for_each(latest: Pairs, standing: Standing) -> float:
    """The newcomers for each known one in the latest audience of an account with standing; 1 where there is none.

    `latest` are the pairs of what happened since standing settled: nobody was a newcomer before.

    The mean over those accounts of their newcomers' share, each with the same say: to move it, a crowd has to turn up
    in most of these audiences.
    """
    accounts = len(standing.impact)
    everybody = np.bincount(latest.target, minlength=accounts)
    new = np.bincount(latest.target[~standing.known[latest.actor]], minlength=accounts)
    proven = (standing.impact >= 1) & (everybody > 0)
    if not proven.any():
        return 1.0
    share = float((new[proven] / everybody[proven]).mean())
    return share / (1 - share) if share < 1 else np.inf


def audience_of(pairs: Pairs, standing: Standing, newcomers: float, doubt: float) -> Audience:
    """What counts of the audience that these pairs make, each worth its weight.

    `newcomers` is how many there are for each known one elsewhere; `doubt` how many unproven voices count by
    themselves.
    """
    accounts = len(standing.impact)
    known: Flags = standing.known[pairs.actor]
    old = pairs.received(accounts, pairs.weight * known)
    new = pairs.received(accounts, pairs.weight * ~known)
    from_known = np.minimum(old, doubt + _KNOWN_PER_SEED * standing.impact)
    vouched = standing.impact + np.maximum(0, from_known - doubt)
    believed = doubt * newcomers / (1 + newcomers) + _NEWER_THAN_OTHERS * newcomers * vouched
    counted = from_known + np.minimum(new, believed)
    # Kish's effective size: many faint voices are less certain than as much weight in a few strong ones is not.
    squares = pairs.received(accounts, pairs.weight**2)
    voices = np.divide((old + new) ** 2, squares, out=np.zeros(accounts), where=squares > 0)
    return Audience(counted, voices)
