"""The engine's ranking of a log: who is heard, by whom it matters."""

import hashlib
from dataclasses import dataclass

import numpy as np

from renown.engine.amplification import amplification
from renown.engine.audience import audience_of, usual_audience
from renown.engine.automation import automation
from renown.engine.interactions import Floats, Interactions, Ints, Pairs, pairs_of
from renown.engine.scale import range_of, score_of
from renown.engine.seeds import choose_seeds
from renown.engine.standing import SETTLES, Standing, standing_of
from renown.engine.weights import lasting, passed_on, reacts, recent

# Of all who ever reacted so many of each part of an audience count, even where nothing speaks for them.
_DOUBT = 6.0
_RUNS_ITSELF = 0.5


@dataclass(frozen=True, slots=True)
class EngineRanking:
    """Columns of one length, one row for each account that was reacted to before the instant, best first.

    `account` numbers into the log's names. `score`, `low` and `high` are 0-100, `low` to `high` being a 90 % interval.
    `reach` is the audience that counts, `amplification` reactions for each post, `network_impact` the trust that has
    reached the account, in what a seed starts with, and `automation` (0-1) how likely a machine runs it. Equal scores
    are equal; the order among them follows a digest of the name, neither ids nor the source's order.
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


@dataclass(frozen=True, slots=True)
class _Reach:
    counted: Floats
    low: Floats
    high: Floats

    def at_most(self, ceiling: Floats) -> "_Reach":
        return _Reach(*(np.minimum(each, ceiling) for each in (self.counted, self.low, self.high)))


def rank_interactions(events: Interactions, until: float, seeds: Floats | None = None) -> EngineRanking:
    """Rank everybody who was reacted to before `until` (seconds since 1970, UTC).

    `seeds` [accounts] says where trust starts and how much; by default `choose_seeds` finds it in the log.
    """
    events = events.before(until)
    reactions = events.where(reacts(events))
    ever = pairs_of(reactions, lasting(reactions, until))
    machine = automation(events, ever)
    gives = 1 - machine
    standing = standing_of(events, until, choose_seeds(events, until) if seeds is None else seeds, gives)
    reach = _reach(reactions, ever, until, standing, gives)
    heard = np.flatnonzero(np.bincount(events.target, minlength=events.accounts))
    if len(heard):
        # What runs by itself is no voice, however many look at it: it stays in the lower half.
        usual = np.quantile(reach.counted[heard], 0.5, method="lower")
        reach = reach.at_most(np.where(machine >= _RUNS_ITSELF, usual, np.inf))
    rows = heard[np.lexsort((_fairly(events.names[heard]), -reach.counted[heard]))]
    return EngineRanking(
        account=rows,
        score=score_of(reach.counted[rows]),
        reach=reach.counted[rows],
        amplification=amplification(events, gives)[rows],
        network_impact=standing.impact[rows],
        low=score_of(reach.low[rows]),
        high=score_of(reach.high[rows]),
        automation=machine[rows],
    )


def _reach(reactions: Interactions, ever: Pairs, until: float, standing: Standing, gives: Floats) -> _Reach:
    """Who passes it on these hours, and the logarithm of all who ever reacted: the one leads at the top, the other
    in the long tail.
    """
    latest = reactions.where(reactions.at >= until - SETTLES)
    usual = usual_audience(pairs_of(latest, np.ones(len(latest))), standing)
    carried = reactions.where(passed_on(reactions))
    now = audience_of(_believed(pairs_of(carried, recent(carried, until)), gives), standing, usual, doubt=0.0)
    all_time = audience_of(_believed(ever, gives), standing, usual, doubt=_DOUBT)
    low, high = range_of(now.counted, now.voices)
    all_low, all_high = range_of(all_time.counted, all_time.voices)
    return _Reach(now.counted + np.log1p(all_time.counted), low + np.log1p(all_low), high + np.log1p(all_high))


def _believed(pairs: Pairs, gives: Floats) -> Pairs:
    return Pairs(pairs.actor, pairs.target, pairs.weight * gives[pairs.actor])


def _fairly(names: np.ndarray) -> Ints:
    digests = b"".join(hashlib.blake2b(name.encode(), digest_size=8).digest() for name in names.tolist())
    return np.frombuffer(digests, np.int64)
