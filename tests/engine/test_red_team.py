"""Attacks on the engine's scores, what they cost, and the bound each is held to. On a made-up network: SYNTHETIC.

The bounds hold for the score of these hours, by which a log is ranked, and for the one that lasts alike.

| attack | cost | may move a score by |
|---|---|---|
| 10,000 bought followers | 10,000 accounts | 1 point |
| 20 sock puppets praise one voice, new or a week old | 20 accounts | 2 points |
| ten times the posts, each fan reacting to each | ten times the work | 3 points |
| 50 fortune bots that repost each other | 50 accounts, a scheduler | to the population's median at most |
| an hourly clock that 400 people pass on | a scheduler | to the population's median at most |
| 10,000 vouches by accounts without standing | 10,000 accounts | 0 |
| 1,000 comments under other people's posts | a script | 0 |
"""

import numpy as np
import pytest
from engine_worlds import (
    DAY,
    HOUR,
    UNTIL,
    also,
    at_quantile,
    lasting,
    lasting_score,
    lasting_world,
    ranked_world,
    score,
    world,
)

from making import NOON, claim
from renown.claims import Absence, ProvenanceKind, vouch_field
from renown.engine import VouchedFor
from renown.engine.interactions import Kind
from renown.engine.ranking import rank_interactions
from renown.settings import ProviderSettings

EVERYWHERE = pytest.mark.parametrize("share", [0, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9])


def moved(share, rows):
    """By how many points these rows move both scores of whoever stands at this share of the ranking."""
    name = at_quantile(share)
    before = score(world(), name, ranked_world()), lasting_score(world(), name, lasting_world())
    attacked = also(world(), rows(name))
    return score(attacked, name) - before[0], lasting_score(attacked, name) - before[1]


def most(moves):
    """The farther of two moves, up or down."""
    return max(map(abs, moves))


@EVERYWHERE
def test_ten_thousand_bought_followers(share):
    """At most 1 point, delivered within an hour or over a week."""

    def bought(name, over):
        return [(f"bought {one}", name, UNTIL - 60 - one * over // 10_000, Kind.FOLLOW) for one in range(10_000)]

    for over in (HOUR, 7 * DAY):
        assert most(moved(share, lambda name, over=over: bought(name, over))) <= 1


@EVERYWHERE
def test_twenty_sock_puppets(share):
    """At most 2 points, whether they come today or have praised the one voice every day of a week."""

    def praise(name, days):
        return [
            (f"puppet {one}", name, UNTIL - HOUR - day * DAY + 97 * one, kind)
            for one in range(20)
            for day in range(days)
            for kind in (Kind.REPOST, Kind.REPLY)
        ]

    for days in (1, 7):
        assert most(moved(share, lambda name, days=days: praise(name, days))) <= 2


@EVERYWHERE
def test_ten_times_the_posts(share):
    """At most 3 points: the same people react, ten times within the hour instead of once."""
    name = at_quantile(share)
    chance = np.random.default_rng(9)
    mine = np.flatnonzero(world().target == world().names.tolist().index(name))
    names, at, kinds = world().names, world().at, world().kind
    again = [
        (str(names[world().actor[row]]), name, min(UNTIL - 1, int(at[row] + after)), Kind(kinds[row]))
        for row in mine
        for after in chance.uniform(0, HOUR, 9)
    ]
    more = [(name, f"person {number}", int(at[row]) - 5, Kind.MENTION) for row in mine for number in range(10)]
    assert most(moved(share, lambda _: [*again, *more])) <= 3


def test_fortune_bots_stay_in_the_lower_half():
    """Fifty that post every ten minutes for a week, a little unevenly, and pass each other on."""
    chance = np.random.default_rng(3)
    rows = [
        (f"bot {one}", f"bot {(one + 1 + at % 49) % 50}", UNTIL - 600 * at - int(chance.integers(1, 60)), Kind.REPOST)
        for one in range(50)
        for at in range(1000)
    ]
    events = also(world(), rows)
    ranking = rank_interactions(events, UNTIL)
    assert max(score(events, f"bot {one}", ranking) for one in range(50)) <= np.median(ranking.score)
    lasts = lasting(events, UNTIL)
    assert max(lasting_score(events, f"bot {one}", lasts) for one in range(50)) <= np.median(lasts.score[lasts.heard])


def test_an_hourly_clock_stays_in_the_lower_half():
    """Though four hundred real people pass it on today."""
    ticks = [("clock", f"person {hour}", UNTIL - HOUR * hour - 1, Kind.MENTION) for hour in range(300)]
    heard = [(f"person {one}", "clock", UNTIL - 60 * one - 30, Kind.REPOST) for one in range(400)]
    assert score(also(world(), heard), "clock") > 60
    events = also(world(), heard + ticks)
    ranking = rank_interactions(events, UNTIL)
    assert score(events, "clock", ranking) <= np.median(ranking.score)
    lasts = lasting(events, UNTIL)
    assert lasting_score(events, "clock", lasts) <= np.median(lasts.score[lasts.heard])


def test_vouch_bombing():
    """Ten thousand vouches by accounts without a score of their own make none."""
    vouches = [
        claim("twitter:it", vouch_field("tyres", f"bomber {one}"), True, kind=ProvenanceKind.DECLARED,
              provider="vouches", observed_at=NOON)
        for one in range(10_000)
    ]  # fmt: skip
    assert isinstance(VouchedFor(ProviderSettings()).derive("twitter:it", vouches, NOON), Absence)


@EVERYWHERE
def test_comment_spam(share):
    """Whoever comments under a thousand posts of others gains nothing."""

    def spam(name):
        return [(name, f"person {one}", UNTIL - 13 - 61 * one, Kind.REPLY) for one in range(1_000)]

    assert max(moved(share, spam)) <= 1e-9
