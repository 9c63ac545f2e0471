"""PageRank against a dense solve, on graphs of every awkward shape."""

import numpy as np
import pytest

from renown.engine.pagerank import DAMPING, pagerank


def dense(actor, target, weight, start, passes_on):
    """The same mass by solving the linear equations."""
    accounts = len(start)
    begin = start / start.sum()
    matrix = np.zeros((accounts, accounts))
    np.add.at(matrix, (target, actor), weight)
    leaving = matrix.sum(axis=0)
    share = np.where(leaving > 0, DAMPING * passes_on / np.where(leaving > 0, leaving, 1), 0)
    moves = matrix * share
    moves += np.outer(begin, 1 - moves.sum(axis=0))
    equations = np.vstack([moves - np.eye(accounts), np.ones(accounts)])
    return np.linalg.lstsq(equations, np.append(np.zeros(accounts), 1), rcond=None)[0]


@pytest.mark.parametrize("seed", range(6))
def test_it_equals_a_dense_solve(seed):
    """With sinks, isolated accounts, parallel and weighted edges, a loop, few seeds, and accounts that hold back."""
    chance = np.random.default_rng(seed)
    accounts, edges = 60, 150
    actor = chance.integers(0, 30, edges)  # the others are sinks, or isolated
    target = chance.integers(0, 50, edges)
    weight = chance.uniform(0.01, 3, edges)
    start = np.where(chance.random(accounts) < 0.2, chance.uniform(0.1, 2, accounts), 0)
    start[seed] = 1
    passes_on = chance.uniform(0, 1, accounts) if seed % 2 else np.ones(accounts)
    found = pagerank(actor, target, weight, start, passes_on=passes_on)
    assert found.sum() == pytest.approx(1)
    assert np.abs(found - dense(actor, target, weight, start, passes_on)).max() < 1e-9


def test_without_edges_everybody_keeps_what_they_started_with():
    """Nobody hands on: the mass lies where walks begin."""
    none = np.empty(0, np.int64)
    assert pagerank(none, none, np.empty(0), np.array([1.0, 0.0, 3.0])) == pytest.approx([0.25, 0, 0.75])


def test_whom_no_seed_reaches_has_nothing():
    """Accounts that only react to each other have no mass, however many and busy they are."""
    ring = np.arange(2, 102)
    actor, target = np.append(ring, 0), np.append(np.roll(ring, 1), 1)
    start = np.zeros(102)
    start[0] = 1
    mass = pagerank(actor, target, np.ones(101), start)
    assert mass[2:].max() == 0
    assert mass[1] > 0
