"""Personalised PageRank: where somebody ends up who starts at a seed and follows whom accounts react to."""

import numpy as np
from scipy import sparse

from renown.engine.interactions import Floats, Ints

DAMPING = 0.85


def pagerank(
    actor: Ints,
    target: Ints,
    weight: Floats,
    start: Floats,
    *,
    passes_on: Floats | None = None,
    damping: float = DAMPING,
    tolerance: float = 1e-10,
    rounds: int = 200,
) -> Floats:
    """The mass of each account [accounts], summing to 1; parallel edges add up.

    `start` [accounts], not negative and not all zero, is where every walk begins, and begins again: after each step
    with the probability 1 - `damping`, and always at an account from which no edge leads away. `passes_on` [accounts]
    (0-1) is the share of its mass that an account hands on at all; the rest begins again too. Stops when no more than
    `tolerance` of the mass moves in a round, or after `rounds`.
    """
    accounts = len(start)
    begin = start / start.sum()
    leaving = np.bincount(actor, weight, accounts)
    share = np.divide(damping, leaving, out=np.zeros(accounts), where=leaving > 0)
    if passes_on is not None:
        share *= passes_on
    # Rows are those who receive: then a round reads the edges in order.
    step = sparse.csr_matrix((weight, (target, actor)), shape=(accounts, accounts))
    mass = begin.copy()
    for _ in range(rounds):
        moved = step @ (mass * share)
        moved += (1 - moved.sum()) * begin
        change = np.abs(moved - mass).sum()
        mass = moved
        if change <= tolerance:
            break
    return mass
