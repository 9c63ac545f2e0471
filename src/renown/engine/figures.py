"""The engine's figures of all accounts of a log, overall or within a topic."""

from dataclasses import dataclass

import numpy as np

from renown.engine.amplification import amplification
from renown.engine.audience import audience_of, usual_audience
from renown.engine.interactions import Flags, Floats
from renown.engine.scale import range_of, score_of
from renown.engine.standing import Standing
from renown.engine.summary import Summary
from renown.engine.weights import SETTLES, lasting, recent

DOUBT = 6.0
"""Of all who ever reacted so many of each part of an audience count, even where nothing speaks for them."""
RUNS_ITSELF = 0.5
"""From this probability on an account is taken for a machine."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Columns of all accounts [accounts]; they mean something of those who were `heard` at all.

    `score`, `low` and `high` are 0-100, `low` to `high` being a 90 % interval. `reach` is the audience that counts,
    `amplification` reactions for each post, `network_impact` the trust that has reached the account, in what a seed
    starts with, and `automation` (0-1) how likely a machine runs it.
    """

    heard: Flags
    score: Floats
    low: Floats
    high: Floats
    reach: Floats
    amplification: Floats
    network_impact: Floats
    automation: Floats


def figures_of(log: Summary, standing: Standing, machine: Floats) -> Figures:
    """The figures in a log, or in a topic's share of one; `machine` [accounts] is how likely each is one (0-1)."""
    heard = np.diff(log.links.starts) > 0
    reach = _reach(log, standing, 1 - machine)
    if heard.any():
        # What runs by itself is no voice, however many look at it: it stays in the lower half.
        usual = np.quantile(reach.counted[heard], 0.5, method="lower")
        reach = reach.at_most(np.where(machine >= RUNS_ITSELF, usual, np.inf))
    return Figures(
        heard=heard,
        score=score_of(reach.counted),
        low=score_of(reach.low),
        high=score_of(reach.high),
        reach=reach.counted,
        amplification=amplification(log, 1 - machine),
        network_impact=standing.impact,
        automation=machine,
    )


@dataclass(frozen=True, slots=True)
class _Reach:
    counted: Floats
    low: Floats
    high: Floats

    def at_most(self, ceiling: Floats) -> "_Reach":
        return _Reach(*(np.minimum(each, ceiling) for each in (self.counted, self.low, self.high)))


def _reach(log: Summary, standing: Standing, gives: Floats) -> _Reach:
    """Who passes it on these hours, and the logarithm of all who ever reacted: the one leads at the top, the other
    in the long tail.
    """
    reacted = log.reacted
    usual = usual_audience(log.links, reacted >= log.until - SETTLES, standing)
    all_time = audience_of(log.links, lasting(reacted, log.until), gives, standing, usual, doubt=DOUBT)
    now = audience_of(log.links, recent(log.carried, log.until), gives, standing, usual, doubt=0.0)
    low, high = range_of(now.counted, now.voices)
    all_low, all_high = range_of(all_time.counted, all_time.voices)
    return _Reach(now.counted + np.log1p(all_time.counted), low + np.log1p(all_low), high + np.log1p(all_high))
