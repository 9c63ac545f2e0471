"""Fifteen populations whose true standing is known, and what four providers say of them.

Unless a scenario says otherwise: truth is standard normal; provider j sees loading_j x truth + sqrt(1 - loading_j^2) x
noise, noises being independent and standard normal; it publishes 40 + 15, 50 + 17, 30 + 12 and 50 + 10 times what it
sees, unrounded and without ends; everybody is covered by all; every voice lives in one of four countries of equal size,
which matters only where it is said to; each provider reads a network of its own.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

# Three with a published reliability and ours. All else about them here is invented.
PROVIDERS = ("klout", "kred", "peerindex", "renown")
LOADINGS = np.array([0.94, 0.90, 0.64, 0.75])
CENTRES = np.array([40.0, 50.0, 30.0, 50.0])
SPREADS = np.array([15.0, 17.0, 12.0, 10.0])

_NETWORKS_APART = tuple((f"network of {provider}",) for provider in PROVIDERS)
_YEAR = 365.0


@dataclass(frozen=True, slots=True)
class Population:
    """`truth` [n]; `scores` [n, p], NaN where not covered; `ages_days` [n, p] where they differ; networks read [p]."""

    truth: Floats
    scores: Floats
    ages_days: Floats | None = None
    reads: tuple[tuple[str, ...], ...] = _NETWORKS_APART

    @property
    def covered(self) -> Flags:
        """Which provider [n, p] knows whom."""
        return ~np.isnan(self.scores)

    def seen_only(self, where: Flags) -> "Population":
        """The same with scores [n, p] only there."""
        return replace(self, scores=np.where(where, self.scores, np.nan))


Scene = Callable[[int, np.random.Generator], Population]


def all_observed(n: int, rng: np.random.Generator) -> Population:
    """All observed, linear scales: nothing but the noise."""
    truth, _, noise = _start(n, rng)
    return _published(truth, _seen(truth, noise))


def distorted_scales(n: int, rng: np.random.Generator) -> Population:
    """Monotone distortions and skewed scales: a squared share, a logistic curve, a capped exponential, a cube root."""
    truth, _, noise = _start(n, rng)
    z = _seen(truth, noise)
    scores = np.column_stack(
        (
            100 * ndtr(z[:, 0]) ** 2,
            100 / (1 + np.exp(-1.5 * z[:, 1] - 1)),
            np.minimum(100, 8 * np.exp(0.9 * z[:, 2])),
            20 * np.cbrt(z[:, 3]) + 50,
        )
    )
    return Population(truth, scores)


def random_coverage(n: int, rng: np.random.Generator) -> Population:
    """Coverage of 90, 70, 50 and 30 %, independent of the truth and of one another."""
    whole = all_observed(n, rng)
    return whole.seen_only(rng.random(whole.scores.shape) < np.array([0.9, 0.7, 0.5, 0.3]))


def coverage_by_truth(n: int, rng: np.random.Generator) -> Population:
    """Coverage that grows with the truth: its log odds are 1, 0.3, -0.5, -1 plus 1.5, 1, 2, 1.2 times the truth."""
    whole = all_observed(n, rng)
    log_odds = np.array([1.0, 0.3, -0.5, -1.0]) + np.array([1.5, 1.0, 2.0, 1.2]) * whole.truth[:, np.newaxis]
    return whole.seen_only(rng.random(whole.scores.shape) < 1 / (1 + np.exp(-log_odds)))


def coverage_by_country(n: int, rng: np.random.Generator) -> Population:
    """Different providers cover different countries, whose means of truth are -0.9, -0.3, 0.3 and 0.9.

    Within a country the deviation is 0.8, and all together is brought back to mean 0 and deviation 1. The countries are
    covered by providers 1 and 3; 1, 2 and 3; 1, 2 and 4; 2 and 4. So that the countries hang together, each provider
    also knows a tenth of the voices abroad, where it does not cover the country: 3 to 9 % of all whom it knows.
    """
    within, country, noise = _start(n, rng)
    truth = _standard(0.8 * within + np.array([-0.9, -0.3, 0.3, 0.9])[country])
    at_home = np.array([[1, 0, 1, 0], [1, 1, 1, 0], [1, 1, 0, 1], [0, 1, 0, 1]], dtype=bool)[country]
    abroad = rng.random(noise.shape) < 0.1
    return _published(truth, _seen(truth, noise)).seen_only(at_home | abroad)


def stale_scores(n: int, rng: np.random.Generator) -> Population:
    """Staleness of up to a year with drift: ages are uniform, and truth keeps half of itself over a year.

    Truth wanders as a stationary Ornstein-Uhlenbeck process; each provider saw it as it was at the age of its score.
    """
    truth, _, noise = _start(n, rng)
    ages = rng.uniform(0, _YEAR, noise.shape)
    return replace(_published(truth, _seen(_wandered(truth, ages, rng), noise)), ages_days=ages)


def gross_errors(n: int, rng: np.random.Generator) -> Population:
    """Five per cent of all scores are gross errors: uniform on 0-100, whoever it is."""
    clean = all_observed(n, rng)
    wrong = rng.random(clean.scores.shape) < 0.05
    return replace(clean, scores=np.where(wrong, rng.uniform(0, 100, clean.scores.shape), clean.scores))


def shared_noise(n: int, rng: np.random.Generator) -> Population:
    """The first two providers share half their noise's variance, and declare that they read the same network."""
    truth, _, noise = _start(n, rng)
    noise[:, :2] = np.sqrt(0.5) * rng.standard_normal((n, 1)) + np.sqrt(0.5) * noise[:, :2]
    reads = (_NETWORKS_APART[0], _NETWORKS_APART[0], *_NETWORKS_APART[2:])
    return replace(_published(truth, _seen(truth, noise)), reads=reads)


def pure_noise(n: int, rng: np.random.Generator) -> Population:
    """The fourth provider is pure noise: its loading is 0."""
    truth, _, noise = _start(n, rng)
    return _published(truth, _seen(truth, noise, np.array([*LOADINGS[:3], 0.0])))


def two_factors(n: int, rng: np.random.Generator) -> Population:
    """Outside the model: two things are measured, correlated at 0.5, each by two providers; the truth is their sum."""
    truth, _, noise = _start(n, rng)
    other = 0.5 * truth + np.sqrt(0.75) * rng.standard_normal(n)
    seen = _seen(np.column_stack((truth, truth, other, other)), noise)
    both = truth + other
    return _published(both / both.std(), seen)


def loadings_by_country(n: int, rng: np.random.Generator) -> Population:
    """Outside the model: in each country another provider is the good one, the four loadings changing hands."""
    truth, country, noise = _start(n, rng)
    whose = np.array([[0, 1, 2, 3], [3, 2, 1, 0], [1, 0, 3, 2], [2, 3, 0, 1]])[country]
    return _published(truth, _seen(truth, noise, LOADINGS[whose]))


def heavy_tails(n: int, rng: np.random.Generator) -> Population:
    """Outside the model: truth and noises are Student's t with 3 degrees of freedom, at variance 1."""
    truth = rng.standard_t(3, n) / np.sqrt(3)
    return _published(truth, _seen(truth, rng.standard_t(3, (n, len(PROVIDERS))) / np.sqrt(3)))


def missing_by_low_score(n: int, rng: np.random.Generator) -> Population:
    """Outside the model: of its own lowest 30 % each provider leaves out four in five."""
    whole = all_observed(n, rng)
    low = whole.scores < np.quantile(whole.scores, 0.3, axis=0)
    return whole.seen_only(~(low & (rng.random(whole.scores.shape) < 0.8)))


def wrong_anchors(n: int, rng: np.random.Generator) -> Population:
    """Outside the model: coverage by country (a tenth abroad), and half of the equating anchors wrong.

    The second provider's scores are shuffled among a random half of the voices it covers, so half of the people that
    link its scale to the others' link it wrongly.
    """
    right = coverage_by_country(n, rng)
    known = np.flatnonzero(right.covered[:, 1])
    wrong = rng.permutation(known)[: len(known) // 2]
    scores = right.scores.copy()
    scores[wrong, 1] = scores[rng.permutation(wrong), 1]
    return replace(right, scores=scores)


def copied_provider(n: int, rng: np.random.Generator) -> Population:
    """Outside the model: the fourth copies the first, with an error of 0.02 deviations, on a scale of its own."""
    truth, _, noise = _start(n, rng)
    z = _seen(truth, noise)
    z[:, 3] = z[:, 0] + 0.02 * rng.standard_normal(n)
    scores = CENTRES + SPREADS * z
    scores[:, 3] = 100 * ndtr(z[:, 3]) ** 2
    return Population(truth, scores)


SCENARIOS: dict[int, Scene] = dict(
    enumerate(
        (
            all_observed,
            distorted_scales,
            random_coverage,
            coverage_by_truth,
            coverage_by_country,
            stale_scores,
            gross_errors,
            shared_noise,
            pure_noise,
            two_factors,
            loadings_by_country,
            heavy_tails,
            missing_by_low_score,
            wrong_anchors,
            copied_provider,
        ),
        start=1,
    )
)


def simulated(number: int, n: int, seed: int) -> Population:
    """One population of n voices. The same number, n and seed give the same one."""
    return SCENARIOS[number](n, np.random.default_rng([number, seed]))


def title(number: int) -> str:
    """A scenario in one line: its number and the first sentence of its docstring."""
    first, *_ = (SCENARIOS[number].__doc__ or "").splitlines()
    return f"({number}) {first.rstrip('.')}"


def _start(n: int, rng: np.random.Generator) -> tuple[Floats, NDArray[np.int64], Floats]:
    """What scenarios begin with: truth [n], country [n] 0-3 and noise [n, p]."""
    return rng.standard_normal(n), rng.integers(0, 4, n), rng.standard_normal((n, len(PROVIDERS)))


def _seen(truth: Floats, noise: Floats, loadings: Floats = LOADINGS) -> Floats:
    """What providers see [n, p] in standard normal units, of a truth [n] or of one each [n, p]."""
    each = truth if truth.ndim == 2 else truth[:, np.newaxis]
    return loadings * each + np.sqrt(1 - loadings**2) * noise


def _published(truth: Floats, z: Floats) -> Population:
    return Population(truth, CENTRES + SPREADS * z)


def _standard(values: Floats) -> Floats:
    return (values - values.mean()) / values.std()


def _wandered(truth: Floats, ages: Floats, rng: np.random.Generator) -> Floats:
    """The truth [n, p] as it was so many days [n, p] ago, walked back from the present, youngest score first."""
    rate = np.log(2) / _YEAR
    everybody = np.arange(len(truth))
    before, here, days = np.empty_like(ages), truth, np.zeros(len(truth))
    for column in np.argsort(ages, axis=1).T:
        age = ages[everybody, column]
        kept = np.exp(-rate * (age - days))
        here = kept * here + np.sqrt(1 - kept**2) * rng.standard_normal(len(truth))
        before[everybody, column] = here
        days = age
    return before
