"""Personalised PageRank: where somebody ends up who starts at a seed and follows whom accounts react to."""

import numpy as np

from renown.engine.interactions import Floats, Ints
from renown.engine.links import Links, Sums, weighed

DAMPING = 0.85


_TOLERANCE, _ROUNDS = 1e-10, 200


def pagerank(
    actor: Ints,
    target: Ints,
    weight: Floats,
    start: Floats,
    *,
    passes_on: Floats | None = None,
    damping: float = DAMPING,
    tolerance: float = _TOLERANCE,
    rounds: int = _ROUNDS,
) -> Floats:
    """The mass of each account [accounts] by edges in any order, of which parallel ones add up; else as `walked`."""
    links, ordered = weighed(actor, target, weight, len(start))
    starts = start[:, None]
    found = walked(links, ordered, starts, passes_on=passes_on, damping=damping, tolerance=tolerance, rounds=rounds)
    return found[:, 0]


def walked(
    links: Links,
    weight: Floats,
    starts: Floats,
    *,
    passes_on: Floats | None = None,
    damping: float = DAMPING,
    tolerance: float = _TOLERANCE,
    rounds: int = _ROUNDS,
) -> Floats:
    """The mass of each account, summing to 1, for several starts at once [accounts, columns].

    `starts` [accounts, columns], not negative and no column all zero, is where every walk begins, and begins again:
    after each step with the probability 1 - `damping`, and always at an account from which no edge leads away.
    `passes_on` [accounts] (0-1) is the share of its mass that an account hands on at all; the rest begins again too.
    A column stops when no more than `tolerance` of its mass moves in a round, or after `rounds`.
    """
    leaving = links.given(weight)
    share = np.divide(damping, leaving, out=np.zeros(links.accounts), where=leaving > 0)
    if passes_on is not None:
        share *= passes_on
    step, share = Sums(links, weight), share[:, None]
    begin = starts / starts.sum(axis=0)
    found, going, mass = begin.copy(), np.arange(starts.shape[1]), begin
    for _ in range(rounds):
        moved = step @ (mass * share)
        moved += (1 - moved.sum(axis=0)) * begin
        moves = np.abs(moved - mass).sum(axis=0) > tolerance
        found[:, going] = mass = moved
        if not moves.all():
            # What stands still leaves, so that a column comes out the same alone and in company.
            going, begin, mass = going[moves], begin[:, moves], moved[:, moves]
            if not len(going):
                break
    return found
