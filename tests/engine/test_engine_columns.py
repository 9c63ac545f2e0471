"""The long columns that scores are computed on: in whatever pieces and ways, the same comes out."""

import numpy as np
import pytest
from engine_worlds import DAY, log
from scipy import special

from renown.engine import blocks, links
from renown.engine.interactions import Kind
from renown.engine.links import Sums, sorted_links
from renown.engine.pagerank import walked
from renown.engine.rhythm import rhythm_of
from renown.engine.scale import score_of

ACCOUNTS = 40


def edges(seed, count=2_000):
    """Edges between accounts, of which the last has none."""
    chance = np.random.default_rng(seed)
    actor, target = chance.integers(0, ACCOUNTS - 1, (2, count))
    return actor, target, chance.uniform(0, 1, count)


def test_links_are_sorted_alike_both_ways():
    """By numbers that hold a pair and its row, and where these would be too long: the order of pairs, rows in order."""
    actor, target, _ = edges(1)
    right = np.lexsort((np.arange(len(actor)), actor, target))
    for found, order in (sorted_links(actor, target, ACCOUNTS), links._turned(actor, target, ACCOUNTS)):
        assert order.tolist() == right.tolist()
        assert found.actor.tolist() == actor[right].tolist()
        assert np.diff(found.starts).tolist() == np.bincount(target, minlength=ACCOUNTS).tolist()


def test_two_threads_add_up_what_one_does(monkeypatch):
    """One sum or several at once, in whole numbers of the last bit."""
    found, order = sorted_links(*edges(2)[:2], ACCOUNTS)
    weight, given = edges(2)[2][order], np.random.default_rng(5).uniform(0, 1, (ACCOUNTS, 3))
    alone = Sums(found, weight) @ given
    monkeypatch.setattr(links, "_MANY", 1)
    in_two = Sums(found, weight)
    assert (in_two @ given).tolist() == alone.tolist()
    assert np.array_equal(in_two @ given[:, 1], alone[:, 1])


def test_a_walk_ends_alike_alone_and_in_company():
    """Though others have further to go: a column takes no more rounds than by itself."""
    found, order = sorted_links(*edges(3)[:2], ACCOUNTS)
    weight = edges(3)[2][order]
    starts = np.eye(ACCOUNTS)[:, [0, 7, ACCOUNTS - 1]]
    together = walked(found, weight, starts)
    for column in range(3):
        alone = walked(found, weight, starts[:, [column]])[:, 0]
        assert together[:, column] == pytest.approx(alone, rel=1e-13)


def median_distance(times):
    """How uneven it is by the definition: lower medians of the gaps, and of their distances from their median."""
    gaps = np.sort(np.diff(np.unique(times)))
    middle = gaps[(len(gaps) - 1) // 2]
    return np.sort(np.abs(gaps - middle))[(len(gaps) - 1) // 2] / middle


@pytest.mark.parametrize("rows", [1, 3, 1_000_000])
def test_rhythms_are_those_of_the_definition(monkeypatch, rows):
    """However the column is cut: evenness, and acts beyond two in a second, of which mentions are none."""
    monkeypatch.setattr(blocks, "_ROWS", rows)
    chance = np.random.default_rng(8)
    times = {
        "even": np.arange(14) * 3_600 + chance.integers(0, 300, 14),
        "odd": np.cumsum(chance.exponential(5_000, 40)).astype(int),
        "pauses": np.append(np.arange(13) * 60, DAY + np.arange(13) * 60),
        "few": np.arange(12) * 60,
        "fast": np.repeat([5, 900, 7_000], 4),
    }
    events = [(name, "x", int(at), Kind.REPOST) for name, all_ in times.items() for at in all_]
    events += [("fast", "x", 900, Kind.MENTION)] * 5
    chance.shuffle(events)
    found = log([(*row[:2], int(row[2]), Kind(int(row[3]))) for row in events], names=["nobody"])
    rhythm = rhythm_of(found)
    numbers = {name: number for number, name in enumerate(found.names.tolist())}
    for name in ("even", "odd", "pauses"):
        expected = median_distance(times[name])
        assert rhythm.uneven[numbers[name]] == pytest.approx(expected if expected < 0.35 else 1)
    assert rhythm.uneven[[numbers["few"], numbers["nobody"], numbers["x"]]].tolist() == [1, 1, 1]
    assert (rhythm.acts[numbers["fast"]], rhythm.too_fast[numbers["fast"]]) == (12, 6)
    assert rhythm.too_fast.sum() == 6


def test_the_map_is_read_off_its_table_closely():
    """Within 1e-9 of the quantile function itself, from a faint reaction to a billion."""
    share = np.exp(-np.geomspace(1e-3, 40, 2_000))
    alpha, beta = 3.0818424609375, 5.0928059765625
    direct = 100 * special.betainccinv(alpha, beta, share)
    # The map below 0.69 is straight in the logarithms, from all accounts to 70 %.
    faint = share > 0.7
    audience = np.expm1(np.log(share[faint]) / np.log(0.7) * np.log1p(0.69))
    assert score_of(audience) == pytest.approx(direct[faint], abs=1e-9)
    assert score_of(np.array([0.0]))[0] == 0
