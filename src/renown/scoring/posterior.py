"""What noisy witnesses say together of one hidden standing, when some are silent and some speak of long ago.

The model, for voice i and witness j: z_ij = loading_j * theta_i(t - age_ij) + noise_ij, with theta_i drawn from a
normal population, wandering so that it keeps a share exp(-rate * days) of itself, and noises of variance
1 - loading_j^2 that may be correlated between witnesses who read the same network. All is in standard normal units of
the population.

Source: C. Spearman, "General Intelligence", American Journal of Psychology 15, 1904 (one factor); P. J. Huber, Robust
Statistics, 1981 (how far a witness may stand out before its pull stops growing).
"""

from dataclasses import dataclass

import numpy as np

from renown.scoring.arrays import Flags, Floats, Ints

# Where a witness contradicts the others by more, its pull no longer grows: between the mean (none) and the median (0).
# It never shrinks either, so a better score never makes a worse place.
_STANDS_OUT = 1.9
_STEPS = 12

# What is left of a poor witness's pull beside a better one that errs with it; our convention.
_OWN_WORD = 0.25
_LEAST = 1e-9

# No witness is taken for perfect: its noise must be there to be divided by.
MOST_LOADING = 0.985


@dataclass(frozen=True, slots=True)
class Witnesses:
    """`loadings` [q], from 0 up to below 1; `correlation` [q, q] of their noises; `rate` of wandering a day."""

    loadings: Floats
    correlation: Floats
    rate: float = 0.0

    @property
    def noise(self) -> Floats:
        """The variances [q] of the noises."""
        return 1.0 - self.loadings**2

    @property
    def noises(self) -> Floats:
        """The covariances [q, q] of the noises.

        Beside a better witness that errs with it, a poor one would have a negative pull, that is none, for all it
        says: so no more is taken to be shared than leaves it a quarter of the pull it has if its noise is its own.
        """
        deviation, loadings = np.sqrt(self.noise), np.maximum(self.loadings, _LEAST)
        silencing = np.outer(self.noise, loadings) / loadings[:, np.newaxis]
        most = (1.0 - _OWN_WORD) * np.minimum(silencing, silencing.T)
        np.fill_diagonal(most, np.inf)
        return np.minimum(self.correlation * np.outer(deviation, deviation), most)

    def joint(self, shown: Flags, variance: Floats, ages: Floats | None) -> tuple[Floats, Floats]:
        """Covariances [n, q, q] of what is shown [n, q], and with theta [n, q]; a silent witness has none.

        `variance` [n] is that of theta before anybody speaks.
        """
        common = np.outer(self.loadings, self.loadings) * variance[:, np.newaxis, np.newaxis]
        with_theta = self.loadings * variance[:, np.newaxis]
        if ages is not None and self.rate > 0:
            known = np.where(shown, np.nan_to_num(ages), 0.0)
            common = common * np.exp(-self.rate * np.abs(known[:, :, np.newaxis] - known[:, np.newaxis, :]))
            with_theta = with_theta * np.exp(-self.rate * known)
        both = shown[:, :, np.newaxis] & shown[:, np.newaxis, :]
        # A silent witness is given a variance of its own, so that one solve serves every pattern of silence.
        silent = np.eye(len(self.loadings)) * ~shown[:, :, np.newaxis]
        return np.where(both, common + self.noises, silent), np.where(shown, with_theta, 0.0)


@dataclass(frozen=True, slots=True)
class Posterior:
    """Of each voice: `mean` [n], `variance` [n], and how much each witness pulls, `pull` [n, q], never negative.

    `expected` [n] is the variance that comes of who speaks, whatever they say.
    """

    mean: Floats
    variance: Floats
    pull: Floats
    expected: Floats


def linear_posterior(
    z: Floats, witnesses: Witnesses, mean: Floats, variance: Floats, ages: Floats | None = None
) -> Posterior:
    """The posterior given normal scores [n, q], NaN where silent, and each voice's prior mean and variance [n].

    Where correlated noise would give a witness a negative pull (a better score, a lower place), it has none.
    """
    shown = ~np.isnan(z)
    if ages is not None and witnesses.rate > 0:
        pull, left = _pulls(shown, witnesses, variance, ages)
    else:
        first, alike = _alike(shown, variance)
        pull, left = (each[alike] for each in _pulls(shown[first], witnesses, variance[first], None))
    return Posterior(mean + (pull * _surprise(z, witnesses, mean)).sum(axis=1), left, pull, left)


def _pulls(shown: Flags, witnesses: Witnesses, variance: Floats, ages: Floats | None) -> tuple[Floats, Floats]:
    """How much each witness pulls [n, q], and the variance left [n]."""
    joint, with_theta = witnesses.joint(shown, variance, ages)
    pull = np.maximum(np.linalg.solve(joint, with_theta[:, :, np.newaxis])[:, :, 0], 0.0)
    return pull, variance - 2 * (pull * with_theta).sum(axis=1) + np.einsum("ni,nij,nj->n", pull, joint, pull)


def _alike(shown: Flags, variance: Floats) -> tuple[Ints, Ints]:
    """One voice of each kind, and the kind [n] of each: those of one group differ in what is said of them only."""
    kinds = shown @ (1 << np.arange(shown.shape[1])) + 1j * variance
    _, first, alike = np.unique(kinds, return_index=True, return_inverse=True)
    return first, alike


def robust_posterior(
    z: Floats, witnesses: Witnesses, mean: Floats, variance: Floats, ages: Floats | None = None
) -> Posterior:
    """The same, but a witness far from the others pulls no harder than one 1.9 deviations away (Huber's loss).

    The loss is convex, so the mean never falls when a score rises.
    """
    shown = ~np.isnan(z)
    first = linear_posterior(z, witnesses, mean, variance, ages)
    joint, with_theta = witnesses.joint(shown, variance, ages)
    slope = with_theta / np.maximum(variance, _LEAST)[:, np.newaxis]
    # Independent witnesses of these precisions would pull just as the correlated ones do.
    precision = np.where(slope > _LEAST, first.pull / np.maximum(first.variance[:, np.newaxis] * slope, _LEAST), 0.0)
    of_prior = np.maximum(1.0 / np.maximum(first.variance, _LEAST) - (precision * slope**2).sum(axis=1), _LEAST)
    of_its_own = np.einsum("njj->nj", joint) - slope**2 * variance[:, np.newaxis]
    deviation = np.sqrt(np.maximum(of_its_own, 1.0 - MOST_LOADING**2))
    surprise = _surprise(z, witnesses, mean)
    farthest = _STANDS_OUT * deviation
    steepest = of_prior + (precision * slope**2).sum(axis=1)
    moved = first.mean - mean
    for _ in range(_STEPS):
        # Steps of the steepest curvature: each is monotone in the scores, however far from the end they stop.
        apart = surprise - slope * moved[:, np.newaxis]
        drawn = (precision * slope * np.clip(apart, -farthest, farthest)).sum(axis=1)
        moved = moved + (drawn - of_prior * moved) / steepest
    apart = np.abs(surprise - slope * moved[:, np.newaxis])
    kept = precision * slope * np.minimum(1.0, farthest / np.maximum(apart, _LEAST))
    total = of_prior + (kept * slope).sum(axis=1)
    return Posterior(mean + moved, 1.0 / total, kept / total[:, np.newaxis], first.variance)


def _surprise(z: Floats, witnesses: Witnesses, mean: Floats) -> Floats:
    """How far each score lies from what the prior mean leads one to expect; 0 where silent."""
    return np.nan_to_num(z - witnesses.loadings * mean[:, np.newaxis])
