"""One trial: one population, every method on the same voices, each judged by the truth."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from accuracy_trial.measures import Score, score, true_shares
from accuracy_trial.ours import Blended, ours
from accuracy_trial.rivals import RIVALS, oracles
from accuracy_trial.scenarios import Flags, Floats, Population, simulated
from renown.scoring.majority import mc4

OURS = "ours"
OURS_ON_SMALL, MC4_ON_SMALL = "ours (small list)", "MC4 (small list)"
SMALL = 200


@dataclass(frozen=True, slots=True)
class Trial:
    """The scores of every method by name; `judged` voices, the truths of so many of which lay `inside` the interval."""

    scenario: int
    seed: int
    scores: dict[str, Score]
    judged: int
    inside: int


def run_trial(scenario: int, seed: int, voices: int, method: Callable[[Population], Blended] = ours) -> Trial:
    """Simulate a population of so many voices, and judge each method on those whom two providers know at least."""
    population = simulated(scenario, voices, seed)
    judged = population.covered.sum(axis=1) >= 2
    blended = method(population)
    if np.isnan(blended.values[judged]).any():
        raise AssertionError(f"scenario {scenario}, seed {seed}: voices with two providers are not ranked")
    orders = {
        OURS: blended.values,
        **{name: rival(population.scores) for name, rival in RIVALS.items()},
        **oracles(population.scores),
    }
    scores = {name: score(population.truth[judged], values[judged]) for name, values in orders.items()}
    scores |= _on_a_small_list(population, blended.values, judged, np.random.default_rng([scenario, seed, SMALL]))
    shares = true_shares(population.truth, population.covered.sum(axis=1) > 0)
    inside = (blended.low <= shares) & (shares <= blended.high)
    return Trial(scenario, seed, scores, int(judged.sum()), int(inside[judged].sum()))


def _on_a_small_list(
    population: Population, values: Floats, judged: Flags, rng: np.random.Generator
) -> dict[str, Score]:
    """MC4 takes short lists only: it and ours on the same random 200 of those judged."""
    some = rng.choice(np.flatnonzero(judged), min(SMALL, int(judged.sum())), replace=False)
    truth = population.truth[some]
    return {
        OURS_ON_SMALL: score(truth, values[some]),
        MC4_ON_SMALL: score(truth, mc4(population.scores[some])),
    }
