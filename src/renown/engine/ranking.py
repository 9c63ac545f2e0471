"""The engine's ranking of a log: who is heard, by whom it matters."""

import hashlib
from dataclasses import dataclass

import numpy as np

from renown.engine.automation import automation
from renown.engine.figures import figures_of
from renown.engine.interactions import Floats, Interactions, Ints
from renown.engine.rhythm import rhythm_of
from renown.engine.seeds import choose_seeds
from renown.engine.shape import shape_of
from renown.engine.standing import standing_of
from renown.engine.summary import summary_of
from renown.engine.threads import both


@dataclass(frozen=True, slots=True)
class EngineRanking:
    """Columns of one length, one row for each account that was reacted to before the instant, best first.

    `account` numbers into the log's names; the others are as in `engine.figures.Figures`. Equal scores are equal; the
    order among them follows a digest of the name, neither ids nor the source's order.
    """

    account: Ints
    score: Floats
    reach: Floats
    amplification: Floats
    network_impact: Floats
    low: Floats
    high: Floats
    automation: Floats

    def __len__(self) -> int:
        return len(self.account)


def rank_interactions(events: Interactions, until: float, seeds: Floats | None = None) -> EngineRanking:
    """Rank everybody who was reacted to before `until` (seconds since 1970, UTC).

    `seeds` [accounts] says where trust starts and how much; by default `choose_seeds` finds it in the log.
    """
    events = events.before(until)
    shape = shape_of(events)
    rhythm, log = both(lambda: rhythm_of(events), lambda: summary_of(events, until, shape))
    machine = automation(log, rhythm)
    standing = standing_of(log, choose_seeds(log) if seeds is None else seeds, 1 - machine)
    figures = figures_of(log, standing, machine)
    heard = np.flatnonzero(figures.heard)
    rows = heard[np.lexsort((_fairly(events.names[heard]), -figures.reach[heard]))]
    return EngineRanking(
        account=rows,
        score=figures.score[rows],
        reach=figures.reach[rows],
        amplification=figures.amplification[rows],
        network_impact=figures.network_impact[rows],
        low=figures.low[rows],
        high=figures.high[rows],
        automation=machine[rows],
    )


def _fairly(names: np.ndarray) -> Ints:
    digests = b"".join(hashlib.blake2b(name.encode(), digest_size=8).digest() for name in names.tolist())
    return np.frombuffer(digests, np.int64)
