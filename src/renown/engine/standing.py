"""Who has standing: how much of the seeds' trust has reached an account, and who was there already yesterday.

Trust takes half a day to settle. Where it lies is read from what happened more than 12 hours ago; from there it is
handed on one step, over everything up to now. So a voice that rises today is carried by the word of those who had
standing before, and a crowd that appears today has none to give, not even to those who fooled somebody trusted today.
Mass is conserved: whom twenty trusted accounts are fooled into naming share what those twenty had to give, however
many they are.
"""

from dataclasses import dataclass

import numpy as np

from renown.engine.interactions import Flags, Floats, Interactions, Pairs, pairs_of
from renown.engine.pagerank import DAMPING, pagerank
from renown.engine.weights import HOUR, by_kind, lasting

SETTLES = 12 * HOUR


@dataclass(frozen=True, slots=True)
class Standing:
    """What has reached each account [accounts].

    `impact` is how much, in what a seed starts with. `known` have acted before it settled; of them it had `reached`
    some by then.
    """

    impact: Floats
    reached: Flags
    known: Flags


def standing_of(events: Interactions, until: float, seeds: Floats, gives: Floats) -> Standing:
    """The standing at `until`, from `seeds` [accounts]; `gives` [accounts] (0-1) is how far an actor is believed."""
    settled = events.before(until - SETTLES)
    known = np.bincount(settled.actor, minlength=events.accounts) > 0
    if not seeds.any():
        return Standing(np.zeros(events.accounts), np.zeros(events.accounts, np.bool_), known)
    before = _weighed(settled, until)
    mass = pagerank(before.actor, before.target, before.weight, seeds, passes_on=gives)
    of_a_seed = (1 - DAMPING) / np.count_nonzero(seeds)
    impact = _handed_on(_weighed(events, until), mass * gives / of_a_seed) + (seeds > 0)
    return Standing(impact, mass > 0, known)


def _handed_on(pairs: Pairs, mass: Floats) -> Floats:
    """What each account receives [accounts] if each hands its mass [accounts] on by its pairs' weights, once."""
    leaving = np.bincount(pairs.actor, pairs.weight, len(mass))
    share = np.divide(DAMPING * mass, leaving, out=np.zeros(len(mass)), where=leaving > 0)
    return pairs.received(len(mass), share[pairs.actor] * pairs.weight)


def _weighed(events: Interactions, until: float) -> Pairs:
    return pairs_of(events, by_kind(events) * lasting(events, until))
