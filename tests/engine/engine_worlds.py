"""A made-up network for the engine's tests, and ways to write into it. SYNTHETIC: nobody in it is real."""

from functools import cache

import numpy as np

from renown.engine.automation import automation
from renown.engine.interactions import NO_POST, Interactions, Kind
from renown.engine.lasting import LastingFigures, lasting_figures
from renown.engine.ranking import EngineRanking, rank_interactions
from renown.engine.rhythm import rhythm_of
from renown.engine.seeds import choose_seeds
from renown.engine.shape import shape_of
from renown.engine.standing import standing_of
from renown.engine.summary import summary_of

HOUR, DAY = 3600, 86400
UNTIL = 14 * DAY


def log(rows, names=()):
    """A log of (actor, target, at, kind) by name, besides accounts that only exist."""
    everyone = list(dict.fromkeys([*names, *(name for row in rows for name in row[:2])]))
    number = {name: at for at, name in enumerate(everyone)}
    columns = list(zip(*rows, strict=True)) if rows else [[], [], [], []]
    return Interactions(
        np.array(everyone, dtype=np.str_),
        np.array([number[name] for name in columns[0]], dtype=np.int64),
        np.array([number[name] for name in columns[1]], dtype=np.int64),
        np.array(columns[2], dtype=np.int64),
        np.array(columns[3], dtype=np.int8),
        np.full(len(rows), NO_POST),
    )


def also(world, rows):
    """The world with more rows; accounts it does not know are added behind its own."""
    more = log(rows, names=world.names.tolist())
    assert more.names[: world.accounts].tolist() == world.names.tolist()
    joined = {
        column: np.concatenate([getattr(world, column), getattr(more, column)])
        for column in ("actor", "target", "at", "kind", "post")
    }
    return Interactions(names=more.names, **joined)


@cache
def world():
    """Two weeks of 3,000 accounts: few are widely passed on, people have favourites, and some come new every day."""
    chance = np.random.default_rng(1874)
    accounts, events = 3_000, 60_000
    fame = 1 / np.arange(1, accounts + 1) ** 0.9
    actor = chance.choice(accounts, events, p=_shares(chance.permutation(fame**0.5)))
    favourites = chance.choice(accounts, (accounts, 12), p=_shares(fame))
    target = favourites[actor, chance.integers(0, 12, events)]
    came = np.where(chance.random(accounts) < 0.85, 0, chance.uniform(0, UNTIL, accounts))
    at = (came[actor] + chance.random(events) * (UNTIL - came[actor])).astype(np.int64)
    kind = chance.choice([Kind.REPOST, Kind.REPLY, Kind.MENTION], events, p=[0.6, 0.1, 0.3]).astype(np.int8)
    names = np.array([f"person {number}" for number in range(accounts)])
    made = Interactions(names, actor, target, at, kind, np.full(events, NO_POST))
    return made.where(actor != target)


@cache
def ranked_world():
    """The world's ranking."""
    return rank_interactions(world(), UNTIL)


def score(events: Interactions, name: str, ranking: EngineRanking | None = None) -> float:
    """The score of an account by name; 0 where it is not ranked."""
    ranking = rank_interactions(events, UNTIL) if ranking is None else ranking
    found = np.flatnonzero(events.names[ranking.account] == name)
    return float(ranking.score[found[0]]) if len(found) else 0.0


def lasting(events: Interactions, now: float) -> LastingFigures:
    """The figures that last, of a log at a moment, which may be later than its end."""
    end = min(now, int(events.at.max()) + 1)
    events = events.before(end)
    summary = summary_of(events, end, shape_of(events))
    machine = automation(summary, rhythm_of(events))
    return lasting_figures(summary, standing_of(summary, choose_seeds(summary), 1 - machine), machine, now)


@cache
def lasting_world():
    """The world's figures that last."""
    return lasting(world(), UNTIL)


def lasting_score(events: Interactions, name: str, figures: LastingFigures | None = None) -> float:
    """The score of an account that lasts, by name; 0 where nobody reacts to it."""
    figures = lasting(events, UNTIL) if figures is None else figures
    found = np.flatnonzero((events.names == name) & figures.heard)
    return float(figures.score[found[0]]) if len(found) else 0.0


def at_quantile(share: float) -> str:
    """Who stands at this share of the world's ranking, 0 being the best."""
    ranking = ranked_world()
    return str(world().names[ranking.account[min(len(ranking) - 1, int(share * len(ranking)))]])


def _shares(weights):
    return weights / weights.sum()
