"""Tiers: runs of the ranking that the recipe's alternatives keep apart."""

import numpy as np

from renown.scoring.above import Places
from renown.scoring.arrays import Ints

SURE = 0.75
REACH = 50


def tiers(drawn: Places, places: Ints) -> Ints:
    """The tier [k], from 1, of the rows of a ranking from its first one on, given in ranked order.

    `drawn` [draws, k] is their places in each draw, `places` [k] those they hold. A tier begins where every row above
    beats every row below in at least 75 % of the draws, equal places counting half. Inside a tier a row may well be
    beaten so; a shared place is never cut. Rows more than `REACH` apart are not compared, so give `REACH` rows past
    the end of a page: then its tiers do not depend on where the page ends. Takes time in draws x k x REACH.
    """
    rows = drawn.shape[1]
    cuts = np.zeros(rows, dtype=np.bool_)
    cuts[1:] = places[1:] != places[:-1]
    # Each pair that is not sure forbids every cut between its two rows: +1 where that begins, -1 where it ends.
    edges = np.zeros(rows + 1, dtype=np.intp)
    for apart in range(1, min(REACH, rows - 1) + 1):
        unsure = np.flatnonzero(_odds_apart(drawn, apart) < SURE)
        np.add.at(edges, unsure + 1, 1)
        np.add.at(edges, unsure + apart + 1, -1)
    return 1 + np.cumsum(cuts & (np.cumsum(edges[:rows]) == 0))


def _odds_apart(drawn: Places, apart: int) -> np.ndarray:
    """For each row, the share of draws in which it stands above the row `apart` places down the order."""
    upper, lower = drawn[:, :-apart], drawn[:, apart:]
    return (upper < lower).mean(axis=0) + (upper == lower).mean(axis=0) / 2
