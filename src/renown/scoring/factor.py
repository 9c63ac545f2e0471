"""Fit: how reliable each witness is, by what they share. Expectation-maximisation of the one-factor model.

Only voices that two witnesses know say anything about reliability; all of them say something about their group.
"""

from dataclasses import dataclass, replace

import numpy as np

from renown.scoring.arrays import Flags, Floats
from renown.scoring.groups import Groups
from renown.scoring.posterior import MOST_LOADING, Posterior, Witnesses, linear_posterior

_ROUNDS = 15
_FEWEST = 30
_FIRST_LOADING = 0.8
# Half-lives that are tried, in days; the last is as good as none.
_HALF_LIVES = (60, 90, 120, 180, 240, 300, 365, 500, 730, 1460, 1e5)


@dataclass(frozen=True, slots=True)
class Factor:
    """The witnesses and the groups, as fitted so far."""

    witnesses: Witnesses
    groups: Groups

    def posterior(self, z: Floats, ages: Floats | None) -> Posterior:
        """Of each voice with scores [n, q], under its group's prior."""
        return linear_posterior(z, self.witnesses, *self.groups.priors(~np.isnan(z)), ages)


def first_guess(shown: Flags, correlation: Floats, loadings: Floats | None) -> Factor:
    """Where the fit begins: all witnesses alike, or with loadings known from elsewhere."""
    start = np.full(shown.shape[1], _FIRST_LOADING) if loadings is None else loadings
    return Factor(Witnesses(np.minimum(start, MOST_LOADING), correlation), Groups.found(shown))


def improved(factor: Factor, z: Floats, ages: Floats | None, *, learn_loadings: bool) -> Factor:
    """The factor after some rounds of expectation and maximisation on scores [n, q]."""
    shown = ~np.isnan(z)
    for _ in range(_ROUNDS):
        said = factor.posterior(z, ages)
        if learn_loadings:
            factor = replace(factor, witnesses=_learnt(factor.witnesses, z, said, ages))
        factor = replace(factor, groups=factor.groups.learnt(shown, said.mean, said.variance))
    return factor


def _learnt(witnesses: Witnesses, z: Floats, said: Posterior, ages: Floats | None) -> Witnesses:
    """The loadings that the posterior of theta asks for, never negative, each witness's variance brought back to 1."""
    shown = ~np.isnan(z)
    several = shown.sum(axis=1) > 1
    loadings = witnesses.loadings.copy()
    for j in range(loadings.size):
        rows = shown[:, j] & several
        if rows.sum() < _FEWEST:
            continue
        kept = 1.0 if ages is None else np.exp(-witnesses.rate * ages[rows, j])
        mean, variance, seen = said.mean[rows], said.variance[rows], z[rows, j]
        loading = max(float((seen * mean * kept).sum() / ((mean**2 + variance) * kept**2).sum()), 0.0)
        left = ((seen - loading * kept * mean) ** 2 + (loading * kept) ** 2 * variance).mean()
        noise = max(float(left - loading**2 * np.mean(1.0 - kept**2)), 1.0 - MOST_LOADING**2)
        loadings[j] = min(loading / np.sqrt(loading**2 + noise), MOST_LOADING)
    return replace(witnesses, loadings=loadings)


def drift(z: Floats, ages: Floats) -> float:
    """The rate a day at which standings wander, by how much less two witnesses agree the further apart they spoke.

    Least squares of the products of two witnesses' scores on exp(-rate * days apart), over a grid of half-lives.
    """
    pairs = []
    for j in range(z.shape[1]):
        for k in range(j):
            both = ~np.isnan(z[:, j]) & ~np.isnan(z[:, k])
            if both.sum() >= _FEWEST:
                pairs.append((z[both, j] * z[both, k], np.abs(ages[both, j] - ages[both, k])))
    rates = [np.log(2) / half_life for half_life in _HALF_LIVES]
    misfits = [sum(_misfit(product, np.exp(-rate * apart)) for product, apart in pairs) for rate in rates]
    best = int(np.argmin(misfits[::-1]))
    return 0.0 if best == 0 else float(rates[::-1][best])


def _misfit(product: Floats, kept: Floats) -> float:
    slope = (product * kept).sum() / (kept**2).sum()
    return float(((product - slope * kept) ** 2).sum())


def unexplained(factor: Factor, z: Floats, ages: Floats | None) -> float:
    """The largest correlation between two witnesses that the one factor leaves over; 0 with too few voices."""
    shown, (means, variances) = ~np.isnan(z), factor.groups.priors(~np.isnan(z))
    joint, _ = factor.witnesses.joint(shown, variances, ages)
    surprise = z - factor.witnesses.loadings * means[:, np.newaxis]
    left = [0.0]
    for j in range(z.shape[1]):
        for k in range(j):
            both = shown[:, j] & shown[:, k]
            if both.sum() >= _FEWEST:
                left.append(abs(float((surprise[both, j] * surprise[both, k] - joint[both, j, k]).mean())))
    return max(left)
