"""Consensus: the posterior of each voice's standing, given what every provider says of it, under a frozen reference."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from renown.scoring.arrays import Floats
from renown.scoring.groups import Groups
from renown.scoring.normal import share_below
from renown.scoring.posterior import Witnesses, robust_posterior
from renown.scoring.published import published_loading
from renown.scoring.reference import Consensus
from renown.scoring.witnesses import SHARED_NETWORK, merged

_CHUNK = 50_000


@dataclass(frozen=True, slots=True)
class Standing:
    """Of n voices: `mean` and `deviation` [n] in standard normal units; `weights` [n, p], rows adding up to 1 or 0.

    `expected` [n] is the variance that comes of who speaks, whatever they say.
    """

    mean: Floats
    deviation: Floats
    weights: Floats
    expected: Floats

    @property
    def values(self) -> Floats:
        """The expected percentile [n] among the base population, 0-100: what is unsure lies nearer the middle."""
        # By the expected variance: were it to grow with contradiction, a better score could make a lower value.
        return 100.0 * share_below(self.mean / np.sqrt(1.0 + self.expected))


def standing(latent: Floats, providers: Sequence[str], consensus: Consensus, ages: Floats | None = None) -> Standing:
    """The standing of voices from equated scores [n, p] in standard normal units, NaN where there is none.

    Near-copies speak as one witness and share its weight. `ages` [n, p] in days count where the reference found that
    standings wander. A provider that has no part in the consensus speaks as a witness of published reliability, whose
    noise is taken to be shared as much as that of two providers that read the same network.
    """
    strangers = [slug for slug in providers if consensus.loading(slug) is None]
    groups = [[j for j, slug in enumerate(providers) if slug in members] for members in consensus.witnesses]
    groups += [[j] for j, slug in enumerate(providers) if slug in strangers]
    panel = _Panel(groups, len(consensus.witnesses), _with_strangers(consensus.model, strangers), consensus.priors)
    size = len(latent)
    said = Standing(np.empty(size), np.empty(size), np.empty(latent.shape), np.empty(size))
    for start in range(0, len(latent), _CHUNK):
        rows = slice(start, start + _CHUNK)
        part = _of(latent[rows], panel, None if ages is None else ages[rows])
        said.mean[rows], said.deviation[rows] = part.mean, part.deviation
        said.weights[rows], said.expected[rows] = part.weights, part.expected
    return said


@dataclass(frozen=True, slots=True)
class _Panel:
    """Which columns speak as which witness, the `fitted` first ones by the reference, and what is known of them."""

    groups: Sequence[Sequence[int]]
    fitted: int
    witnesses: Witnesses
    priors: Groups


def _with_strangers(fitted: Witnesses, strangers: Sequence[str]) -> Witnesses:
    if not strangers:
        return fitted
    loadings = np.append(fitted.loadings, [published_loading(slug) for slug in strangers])
    correlation = np.full((loadings.size, loadings.size), SHARED_NETWORK)
    np.fill_diagonal(correlation, 1.0)
    known = fitted.loadings.size
    correlation[:known, :known] = fitted.correlation
    return Witnesses(loadings, correlation, fitted.rate)


def _of(latent: Floats, panel: _Panel, ages: Floats | None) -> Standing:
    z = merged(latent, panel.groups)
    old = None if ages is None else np.nan_to_num(merged(np.where(np.isnan(latent), np.nan, ages), panel.groups))
    priors = panel.priors.priors(~np.isnan(z[:, : panel.fitted]))
    said = robust_posterior(z, panel.witnesses, *priors, old)
    weights = np.zeros_like(latent)
    for number, members in enumerate(panel.groups):
        spoke = ~np.isnan(latent[:, list(members)])
        weights[:, list(members)] = said.pull[:, [number]] * spoke / np.maximum(spoke.sum(axis=1, keepdims=True), 1)
    total = weights.sum(axis=1, keepdims=True)
    weights = weights / np.where(total > 0, total, 1.0)
    return Standing(said.mean, np.sqrt(said.variance), weights, said.expected)
