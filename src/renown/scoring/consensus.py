"""Consensus: the posterior of each voice's standing, given what every provider says of it, under a frozen reference."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from renown.scoring.arrays import Floats
from renown.scoring.normal import share_below
from renown.scoring.posterior import robust_posterior
from renown.scoring.reference import Consensus
from renown.scoring.witnesses import merged

_CHUNK = 50_000


@dataclass(frozen=True, slots=True)
class Standing:
    """Of n voices: `mean` and `deviation` [n] in standard normal units; `weights` [n, p], rows adding up to 1 or 0."""

    mean: Floats
    deviation: Floats
    weights: Floats

    @property
    def values(self) -> Floats:
        """The expected percentile [n] among the base population, 0-100: what is unsure lies nearer the middle."""
        return 100.0 * share_below(self.mean / np.sqrt(1.0 + self.deviation**2))


def standing(latent: Floats, providers: Sequence[str], consensus: Consensus, ages: Floats | None = None) -> Standing:
    """The standing of voices from equated scores [n, p] in standard normal units, NaN where there is none.

    Near-copies speak as one witness and share its weight. `ages` [n, p] in days count where the reference found that
    standings wander. A provider that has no part in the consensus has no weight.
    """
    groups = [[j for j, slug in enumerate(providers) if slug in members] for members in consensus.witnesses]
    parts = []
    for start in range(0, len(latent), _CHUNK):
        rows = slice(start, start + _CHUNK)
        parts.append(_of(latent[rows], groups, consensus, None if ages is None else ages[rows]))
    means, deviations, weights = zip(*parts, strict=True) if parts else ((), (), ())
    if not parts:
        return Standing(np.empty(0), np.empty(0), np.empty_like(latent))
    return Standing(np.concatenate(means), np.concatenate(deviations), np.concatenate(weights))


def _of(
    latent: Floats, groups: Sequence[Sequence[int]], consensus: Consensus, ages: Floats | None
) -> tuple[Floats, Floats, Floats]:
    z = merged(latent, groups)
    shown = ~np.isnan(z)
    old = None if ages is None else np.nan_to_num(merged(np.where(np.isnan(latent), np.nan, ages), groups))
    said = robust_posterior(z, consensus.model, *consensus.priors.priors(shown), old)
    weights = np.zeros_like(latent)
    for number, members in enumerate(groups):
        spoke = ~np.isnan(latent[:, list(members)])
        weights[:, list(members)] = said.pull[:, [number]] * spoke / np.maximum(spoke.sum(axis=1, keepdims=True), 1)
    total = weights.sum(axis=1, keepdims=True)
    return said.mean, np.sqrt(said.variance), weights / np.where(total > 0, total, 1.0)
