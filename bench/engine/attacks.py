"""Bots that try to lift the targets of a cut, written into its log."""

from dataclasses import dataclass, replace

import numpy as np
from cuts import Cut
from numpy.typing import NDArray

from renown.engine.interactions import NO_POST, Interactions, Kind

Ints = NDArray[np.int64]

_HOUR = 3600
_NEIGHBOURS = 5
_FAMOUS = 100


@dataclass(frozen=True)
class Attack:
    """So many bots retweet each target so often, an hour before the cut or spread over `hours` before it.

    With a `ring` each retweets the next five. `famous` of the 100 most retweeted are retweeted by each besides.
    `fooled` trusted accounts retweet a bot each. Bots that are `aged` retweeted each other, and fooled whom they
    fooled, a day before. `few_each`: a bot's acts go to that many targets drawn at random, not to every one.
    """

    name: str
    bots: int = 1_000
    acts: int = 3
    ring: bool = True
    famous: int = 0
    fooled: int = 0
    hours: float = 0.0
    aged: bool = False
    few_each: bool = False


BOTS = Attack("1,000 x 3, ring")
FOOLED = Attack("and 20 fooled", fooled=20)
ATTACKS = (
    BOTS,
    FOOLED,
    Attack("100 x 1", bots=100, acts=1, ring=False),
    Attack("100 x 10, ring", bots=100, acts=10),
    Attack("3 acts in all", few_each=True),
    Attack("2 famous each", famous=2),
    Attack("slow, 12 h", hours=12),
    Attack("5 fooled", fooled=5),
    Attack("50 fooled", fooled=50),
    Attack("aged 24 h", aged=True),
    Attack("aged, 20 fooled", aged=True, fooled=20),
)


def attacked(cut: Cut, attack: Attack) -> Interactions:
    """The cut's log with the bots in it; their numbers follow those of its accounts."""
    chance = np.random.default_rng(2012)
    bots = np.arange(cut.log.accounts, cut.log.accounts + attack.bots)
    late = [_lifting(cut, attack, bots, chance)]
    early = [(bots, np.roll(bots, step)) for step in range(1, _NEIGHBOURS + 1)] if attack.ring else []
    if attack.famous:
        reposts = cut.log.target[cut.log.kind == Kind.REPOST]
        most = np.argsort(-np.bincount(reposts), kind="stable")[:_FAMOUS]
        late.append((np.repeat(bots, attack.famous), chance.choice(most, attack.bots * attack.famous)))
    if attack.fooled:
        fooled = chance.choice(cut.trusted, attack.fooled, replace=False)
        early.append((fooled, chance.choice(bots, attack.fooled)))
    actor, target = (np.concatenate(column) for column in zip(*early, *late, strict=True))
    hours_ago = np.maximum(1.0, attack.hours * chance.random(len(actor)))
    if attack.aged:
        hours_ago[: sum(len(rows) for rows, _ in early)] = 24
    return _joined(cut.log, actor, target, cut.until - hours_ago * _HOUR, attack.bots)


def _lifting(cut: Cut, attack: Attack, bots: Ints, chance: np.random.Generator) -> tuple[Ints, Ints]:
    if attack.few_each:
        return np.repeat(bots, attack.acts), chance.choice(cut.targets, attack.bots * attack.acts)
    each = np.repeat(bots, attack.acts)
    return np.tile(each, len(cut.targets)), np.repeat(cut.targets, len(each))


def _joined(log: Interactions, actor: Ints, target: Ints, at: NDArray[np.float64], bots: int) -> Interactions:
    names = np.concatenate([log.names, [f"bot {number}" for number in range(bots)]])
    times = np.concatenate([log.at, at.astype(np.int64)])
    order = np.argsort(times, kind="stable")
    kinds = np.full(len(actor), Kind.REPOST, dtype=np.int8)
    joined = replace(
        log,
        names=names,
        actor=np.concatenate([log.actor, actor]),
        target=np.concatenate([log.target, target]),
        at=times,
        kind=np.concatenate([log.kind, kinds]),
        post=np.concatenate([log.post, np.full(len(actor), NO_POST)]),
    )
    return joined.where(order)
