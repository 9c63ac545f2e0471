"""Who has standing: how much of the seeds' trust has reached an account, and who was there already yesterday.

Trust takes half a day to settle. Where it lies is read from what happened more than 12 hours ago; from there it is
handed on one step, over everything up to now. So a voice that rises today is carried by the word of those who had
standing before, and a crowd that appears today has none to give, not even to those who fooled somebody trusted today.
Mass is conserved: whom twenty trusted accounts are fooled into naming share what those twenty had to give, however
many they are.
"""

from dataclasses import dataclass

import numpy as np

from renown.engine.interactions import Flags, Floats, Ints
from renown.engine.links import Sums
from renown.engine.pagerank import DAMPING, walked
from renown.engine.summary import Summary
from renown.engine.weights import lasting


@dataclass(frozen=True, slots=True)
class Trust:
    """Where trust has settled: its `mass` and the `seeds` (not 0) it came from [accounts], of which there are `count`.

    Nothing has settled anywhere where there are no seeds.
    """

    mass: Floats
    seeds: Floats
    count: int

    def among(self, members: Ints) -> "Trust":
        """The same for some accounts only; what the others have stays theirs."""
        return Trust(self.mass[members], self.seeds[members], self.count)


@dataclass(frozen=True, slots=True)
class Standing:
    """What has reached each account [accounts].

    `impact` is how much, in what a seed starts with. `known` have acted before it settled; of them it had `reached`
    some by then.
    """

    impact: Floats
    reached: Flags
    known: Flags


def standing_of(log: Summary, seeds: Floats, gives: Floats) -> Standing:
    """The standing in a log, from `seeds` [accounts]; `gives` [accounts] (0-1) is how far an actor is believed."""
    (trust,) = trust_from(log, seeds[:, None], gives)
    return standing_by(log, trust, gives, known_in(log))


def known_in(log: Summary) -> Flags:
    """Who acted before trust settled [accounts]."""
    known = np.zeros(log.accounts, np.bool_)
    known[log.links.actor[log.has_settled]] = True
    return known


def trust_from(log: Summary, starts: Floats, gives: Floats) -> list[Trust]:
    """Where trust settles from each column of `starts` [accounts, columns]."""
    sown = starts.any(axis=0)
    mass = np.zeros_like(starts)
    if sown.any():
        mass[:, sown] = walked(log.links, lasting(log.settled, log.until), starts[:, sown], passes_on=gives)
    columns = zip(mass.T, starts.T, np.count_nonzero(starts, axis=0).tolist(), strict=True)
    return [Trust(np.ascontiguousarray(settled), seeds, count) for settled, seeds, count in columns]


def standing_by(log: Summary, trust: Trust, gives: Floats, known: Flags) -> Standing:
    """The standing in a log, or in a topic's share of one: trust after one more step over it."""
    if not trust.count:
        return Standing(np.zeros(log.accounts), np.zeros(log.accounts, np.bool_), known)
    of_a_seed = (1 - DAMPING) / trust.count
    weight = lasting(log.vouched, log.until)
    leaving = log.links.given(weight)
    share = np.divide(DAMPING * trust.mass * gives / of_a_seed, leaving, out=np.zeros(log.accounts), where=leaving > 0)
    return Standing(Sums(log.links, weight) @ share + (trust.seeds > 0), trust.mass > 0, known)
