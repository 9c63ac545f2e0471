"""What the trials say of each target: paired differences over the seeds, and where a target is missed."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import t as student

from accuracy_trial.measures import Score
from accuracy_trial.rivals import RIVALS
from accuracy_trial.scenarios import title
from accuracy_trial.trial import MC4_ON_SMALL, OURS, OURS_ON_SMALL, Trial

SPREADSHEET = "mean of raw"
INSIDE_THE_MODEL = range(1, 10)
BEATS_THE_SPREADSHEET = (4, 5)
NOT_WORSE = {"tau": -0.005, "ndcg": -0.01}
MUCH_BETTER = 0.05
HELD, HELD_POOLED = (0.85, 0.95), (0.88, 0.92)

_PICKED: dict[str, Callable[[Score], float]] = {"tau": lambda score: score.tau, "ndcg": lambda score: score.ndcg}


@dataclass(frozen=True, slots=True)
class Spread:
    """The mean over the seeds, the standard deviation, and the ends of the two-sided 95 % interval of the mean."""

    mean: float
    deviation: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """One target: what is wanted, what was found (the number that is compared, and in words), whether it is met."""

    target: str
    wanted: str
    found: float
    said: str
    met: bool


@dataclass(frozen=True, slots=True)
class Result:
    """The trials [seeds] of one scenario."""

    scenario: int
    trials: Sequence[Trial]

    def values(self, method: str, measure: str) -> np.ndarray:
        """One method's tau or NDCG [seeds]."""
        return np.array([_PICKED[measure](trial.scores[method]) for trial in self.trials])

    def spread(self, method: str, measure: str) -> Spread:
        """The same in short."""
        return spread_of(self.values(method, measure))

    def best(self, measure: str) -> str:
        """The rival with the highest mean; oracles and small lists are apart."""
        return max(RIVALS, key=lambda name: float(self.values(name, measure).mean()))

    def ahead(self, measure: str, of: str, *, mine: str = OURS) -> Spread:
        """By how much ours is ahead of another method, seed by seed."""
        return spread_of(self.values(mine, measure) - self.values(of, measure))

    @property
    def inside(self) -> Spread:
        """The share of the truths that lay in the interval."""
        return spread_of(np.array([trial.inside / trial.judged for trial in self.trials]))


def results_of(trials: Iterable[Trial]) -> list[Result]:
    """The trials by scenario, each in the order of its seeds; one seed alone bounds nothing, and is left out."""
    by_scenario: dict[int, list[Trial]] = {}
    for trial in sorted(trials, key=lambda trial: (trial.scenario, trial.seed)):
        by_scenario.setdefault(trial.scenario, []).append(trial)
    return [Result(scenario, each) for scenario, each in by_scenario.items() if len(each) > 1]


def spread_of(values: np.ndarray) -> Spread:
    """Mean and spread of values [seeds], two seeds or more."""
    mean = float(values.mean())
    deviation = float(values.std(ddof=1))
    reach = float(student.ppf(0.975, values.size - 1)) * deviation / math.sqrt(values.size)
    return Spread(mean, deviation, mean - reach, mean + reach)


def verdicts(results: Sequence[Result]) -> list[Verdict]:
    """Every target that these scenarios can meet or miss."""
    found = [verdict for result in results for verdict in _of(result)]
    modelled = [result for result in results if result.scenario in INSIDE_THE_MODEL]
    if len(modelled) == len(INSIDE_THE_MODEL):
        trials = [trial for result in modelled for trial in result.trials]
        share = sum(trial.inside for trial in trials) / sum(trial.judged for trial in trials)
        found.append(_held("(1)-(9) pooled", share, HELD_POOLED))
    return found


def _of(result: Result) -> Iterable[Verdict]:
    name = title(result.scenario).partition(" ")[0]
    for measure in NOT_WORSE:
        best = result.best(measure)
        yield _not_worse(name, measure, best, result.ahead(measure, best))
        small = result.ahead(measure, MC4_ON_SMALL, mine=OURS_ON_SMALL)
        yield _not_worse(name, measure, MC4_ON_SMALL, small)
    if result.scenario in BEATS_THE_SPREADSHEET:
        ahead = result.ahead("tau", SPREADSHEET)
        yield _at_least(f"{name} tau ahead of {SPREADSHEET}", ahead, MUCH_BETTER)
    if result.scenario in INSIDE_THE_MODEL:
        yield _held(name, result.inside.mean, HELD)


def _not_worse(name: str, measure: str, other: str, ahead: Spread) -> Verdict:
    return _at_least(f"{name} {measure} ahead of {other}", ahead, NOT_WORSE[measure])


def _at_least(target: str, ahead: Spread, bound: float) -> Verdict:
    said = f"{ahead.mean:+.4f} (sd {ahead.deviation:.4f}), at least {ahead.low:+.4f}"
    return Verdict(target, f"{bound:+.3f}", ahead.low, said, ahead.low >= bound)


def _held(name: str, share: float, bounds: tuple[float, float]) -> Verdict:
    low, high = bounds
    wanted, said = f"{low:.0%} to {high:.0%}", f"{share:.1%} of the truths"
    return Verdict(f"{name} 90 % intervals hold", wanted, share, said, low <= share <= high)
