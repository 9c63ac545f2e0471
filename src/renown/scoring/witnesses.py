"""Who is a witness of their own: near-copies are one, and those who read the same network share noise, as declared.

Correlations alone cannot tell shared noise from shared truth, so what is shared is declared, not estimated.
"""

from collections.abc import Sequence

import numpy as np

from renown.scoring.arrays import Floats
from renown.scoring.ranks import normal_scores

COPY = 0.98
FEWEST_IN_COMMON = 200

# Of two providers that read the same networks and no other; our convention, as nothing is published on it.
SHARED_NETWORK = 0.45


def noise_correlation(reads: Sequence[Sequence[str]]) -> Floats:
    """The prior correlation [p, p] of the providers' noises, by the networks each reads: 0.45 x (shared / all)."""
    networks = [set(each) for each in reads]
    correlation = np.eye(len(networks))
    for j, mine in enumerate(networks):
        for k, other in enumerate(networks):
            if j != k and mine | other:
                correlation[j, k] = SHARED_NETWORK * len(mine & other) / len(mine | other)
    return correlation


def copies(z: Floats) -> list[list[int]]:
    """The columns [n, p] of normal scores by witness: those that agree even in what the others do not explain.

    Two columns are one witness when, over at least 200 voices, the rank correlation of what is left of them after the
    mean of all others is taken out is above 0.98.
    """
    witness = list(range(z.shape[1]))
    for j in range(z.shape[1]):
        for k in range(j):
            if _residual_correlation(z, j, k) > COPY:
                witness = [witness[k] if each == witness[j] else each for each in witness]
    return [[column for column, of in enumerate(witness) if of == each] for each in dict.fromkeys(witness)]


def merged(z: Floats, groups: Sequence[Sequence[int]]) -> Floats:
    """The witnesses' scores [n, q]: the mean of those of its columns [n, p] that speak; NaN where none does."""
    columns = []
    for members in groups:
        some = z[:, list(members)]
        spoke = ~np.isnan(some)
        columns.append(np.where(spoke, some, 0.0).sum(axis=1) / np.where(spoke.any(axis=1), spoke.sum(axis=1), np.nan))
    return np.column_stack(columns) if columns else np.empty((len(z), 0))


def _residual_correlation(z: Floats, j: int, k: int) -> float:
    both = ~np.isnan(z[:, j]) & ~np.isnan(z[:, k])
    if both.sum() < FEWEST_IN_COMMON:
        return 0.0
    pair = z[both][:, [j, k]]
    rest = np.delete(z[both], [j, k], axis=1)
    spoke = ~np.isnan(rest)
    others = np.where(spoke, rest, 0.0).sum(axis=1) / np.maximum(spoke.sum(axis=1), 1)
    if others.std() > 0:
        centred = others - others.mean()
        pair = pair - np.outer(centred, centred @ pair / (centred @ centred))
    return float(np.mean(normal_scores(pair[:, 0]) * normal_scores(pair[:, 1])))
