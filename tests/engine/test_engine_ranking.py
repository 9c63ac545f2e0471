"""What the engine's ranking promises: fairness among equals, an interval, no future, no say for sheer volume."""

import numpy as np
import pytest
from engine_worlds import DAY, HOUR, UNTIL, also, log, ranked_world, score, world

from renown.engine.amplification import amplification
from renown.engine.interactions import Interactions, Kind
from renown.engine.ranking import rank_interactions
from renown.engine.scale import range_of, score_of
from renown.engine.seeds import choose_seeds
from renown.engine.shape import shape_of
from renown.engine.summary import summary_of


def columns(ranking):
    """All columns of a ranking as lists."""
    return {name: getattr(ranking, name).tolist() for name in ranking.__slots__}


def summary(events):
    """A log's summary."""
    return summary_of(events, UNTIL, shape_of(events))


def shuffled(events):
    """The same log: other rows first, accounts numbered otherwise."""
    chance = np.random.default_rng(5)
    rows, numbers = chance.permutation(len(events)), chance.permutation(events.accounts)
    names = np.empty_like(events.names)
    names[numbers] = events.names
    return Interactions(
        names, numbers[events.actor[rows]], numbers[events.target[rows]], events.at[rows], events.kind[rows],
        events.post[rows],
    )  # fmt: skip


def test_neither_ids_nor_order_count():
    """The same events in another order, of accounts numbered otherwise, give the same names in the same order."""
    again, other = shuffled(world()), ranked_world()
    ranking = rank_interactions(again, UNTIL)
    assert again.names[ranking.account].tolist() == world().names[other.account].tolist()
    assert ranking.score == pytest.approx(other.score)


def test_twice_the_same():
    """Deterministic to the last bit."""
    assert columns(rank_interactions(world(), UNTIL)) == columns(ranked_world())


def test_what_comes_later_changes_nothing():
    """An act at the instant itself is left out, like all after it."""
    late = [("person 5", "person 9", UNTIL, Kind.REPOST), ("someone new", "person 9", UNTIL + DAY, Kind.REPOST)]
    assert columns(rank_interactions(also(world(), late), UNTIL)) == columns(ranked_world())


def test_a_score_lies_within_its_range():
    """And on the scale."""
    ranking = ranked_world()
    assert (ranking.low <= ranking.score).all()
    assert (ranking.score <= ranking.high).all()
    assert ranking.low.min() >= 0
    assert ranking.high.max() <= 100


def test_a_range_covers_what_a_poisson_count_may_have_been():
    """Nine times of ten, at counts from 3 to 300."""
    chance = np.random.default_rng(11)
    for mean in (3.0, 30.0, 300.0):
        counts = chance.poisson(mean, 20_000).astype(float)
        low, high = range_of(counts, counts)
        assert 0.88 < ((low <= mean) & (mean <= high)).mean() < 0.96


def test_the_scale_is_monotone_and_frozen():
    """From 0 to beyond anything seen; its knots are where the documents put them."""
    sizes = np.concatenate([[0], np.geomspace(1e-3, 1e7, 500)])
    assert (np.diff(score_of(sizes)) > 0).all()
    assert score_of(np.array([0.0, 0.69, 1.8, 10, 400])) == pytest.approx([0, 28.0, 59.6, 76.2, 90.9], abs=0.1)


def test_one_loud_fan_counts_once():
    """A thousand reposts of one fan are worth no more than the fan's last one."""
    ago = HOUR + np.cumsum(np.random.default_rng(2).exponential(1000, 1000))
    loud = [("person 3", "quiet", UNTIL - int(at), Kind.REPOST) for at in ago]
    assert score(also(world(), loud), "quiet") == pytest.approx(score(also(world(), loud[:1]), "quiet"), abs=1e-6)


def test_seeds_come_from_the_older_half():
    """Whom ten thousand pass on in the newer half is none; the most widely passed on of the older half is one."""
    crowd = [(f"new {one}", "upstart", UNTIL // 2 + HOUR, Kind.REPOST) for one in range(10_000)]
    events = also(world(), crowd)
    chosen = set(events.names[choose_seeds(summary(events)) > 0].tolist())
    assert "upstart" not in chosen
    assert "person 0" in chosen


def test_named_seeds_carry_the_standing():
    """Network impact is what reaches an account from the seeds that are named: from others nothing does."""
    rows = [("seed", "friend", DAY, Kind.REPOST), ("friend", "far", DAY, Kind.REPOST), ("x", "y", DAY, Kind.REPOST)]
    events = log(rows)
    seeds = (events.names == "seed").astype(float)
    ranking = rank_interactions(events, 10 * DAY, seeds)
    impact = dict(zip(events.names[ranking.account].tolist(), ranking.network_impact.tolist(), strict=True))
    assert impact["friend"] > impact["far"] > 0
    assert impact["y"] == 0


def test_without_reposts_all_reactions_stand_in():
    """A log of mentions alone, and one of follows alone, are ranked too."""
    for kind in (Kind.MENTION, Kind.FOLLOW):
        rows = [(f"fan {one}", "star", DAY * (1 + one % 5), kind) for one in range(50)]
        events = log([*rows, ("star", "friend", DAY, kind)])
        assert score(events, "star", rank_interactions(events, UNTIL)) > 0


def test_amplification_is_shrunk_and_counts_posts():
    """One post passed on by ten is pulled to what is usual; ten posts passed on by ten each are believed more."""
    rows = [(f"fan {one}", "once", DAY, Kind.REPOST) for one in range(10)]
    rows += [(f"fan {one}", "often", DAY + post, Kind.REPOST) for post in range(10) for one in range(10)]
    rows += [("fan 1", f"other {one}", DAY, Kind.REPOST) for one in range(100)]
    events = log(rows)
    assert not shape_of(events).posts
    posts = np.concatenate([np.zeros(10), np.repeat(np.arange(1, 11), 10), np.arange(11, 111)]).astype(np.int64)
    events = Interactions(events.names, events.actor, events.target, events.at, events.kind, posts)
    assert shape_of(events).posts
    amplified = amplification(summary(events), np.ones(events.accounts))
    found = dict(zip(events.names.tolist(), amplified.tolist(), strict=True))
    usual = 210 / 111
    assert found["once"] == pytest.approx((10 + 5 * usual) / 6)
    assert found["often"] == pytest.approx((100 + 5 * usual) / 15)
    assert usual < found["once"] < found["often"] < 10
