"""Equate: bring a provider's scale to the base population through the people whom others know as well.

Providers cover different people, so the 90th percentile of one is not the 90th of another. The scores of the anchors
(voices that another witness knows too) are laid, in order, on the places that the other witnesses lead one to expect
of these very people: equipercentile equating, monotone, with the anchors' expected distribution in the place of a
second test.

Source: M. J. Kolen, R. L. Brennan, Test Equating, Scaling, and Linking, 3rd ed., 2014, chapters 2 and 4.
"""

from dataclasses import dataclass

import numpy as np

from renown.scoring.arrays import Floats
from renown.scoring.factor import Factor
from renown.scoring.normal import place_of, share_below
from renown.scoring.posterior import linear_posterior
from renown.scoring.ranks import mid_shares

FEWEST_ANCHORS = 30
_GRID = np.linspace(-5.0, 5.0, 81)
# So many of the anchors' expectations make the expected distribution: more change the fourth digit.
_MOST = 4000
_HALVES = 8


@dataclass(frozen=True, slots=True)
class Link:
    """A witness on the base population: `z` [n], NaN where silent; `anchors` there were, and the error in z."""

    z: Floats
    anchors: int
    error: float | None


def equated(scores: Floats, z: Floats, witness: int, factor: Factor, ages: Floats | None) -> Link:
    """One witness's scores [n] anew on the base, given where all stand now, `z` [n, q].

    Voices that it alone knows are placed between the anchors. Under 30 anchors nothing is changed.
    """
    shown = ~np.isnan(z)
    anchored = shown[:, witness] & (shown.sum(axis=1) > 1)
    anchors = int(anchored.sum())
    if anchors < FEWEST_ANCHORS:
        return Link(z[:, witness], anchors, None)
    mean, deviation = _expected(z[anchored], witness, factor, None if ages is None else ages[anchored])
    placed = np.full(len(z), np.nan)
    placed[anchored] = _laid(scores[anchored], mean, deviation)
    order = np.argsort(scores[anchored], kind="stable")
    alone = shown[:, witness] & ~anchored
    placed[alone] = np.interp(scores[alone], scores[anchored][order], np.sort(placed[anchored]))
    return Link(placed, anchors, _error(scores[anchored], mean, deviation, placed[anchored]))


def _expected(z: Floats, witness: int, factor: Factor, ages: Floats | None) -> tuple[Floats, Floats]:
    """What the others lead one to expect of this witness's scores: mean and deviation [n]."""
    others = z.copy()
    others[:, witness] = np.nan
    # The prior is that of the whole pattern: whom the witness knows is known.
    said = linear_posterior(others, factor.witnesses, *factor.groups.priors(~np.isnan(z)), ages)
    loading, noise = factor.witnesses.loadings[witness], factor.witnesses.noise[witness]
    return loading * said.mean, np.sqrt(loading**2 * said.variance + noise)


def _laid(scores: Floats, mean: Floats, deviation: Floats) -> Floats:
    """The scores [n], by their order, on the mixture of the expectations [n]."""
    some = np.unique(np.linspace(0, mean.size - 1, min(mean.size, _MOST)).astype(int))
    below = share_below((_GRID[:, np.newaxis] - mean[some]) / deviation[some]).mean(axis=1)
    return np.interp(mid_shares(scores), below, _GRID)


def _error(scores: Floats, mean: Floats, deviation: Floats, placed: Floats) -> float:
    """The standard error of the link, in points of percentile, from disjoint subsets of the anchors.

    The subsets' links differ from the whole by an error that is sqrt(subsets) times as large as the whole's own.
    """
    apart = []
    for part in range(_HALVES):
        rows = slice(part, None, _HALVES)
        apart.append(100 * (share_below(_laid(scores[rows], mean[rows], deviation[rows])) - share_below(placed[rows])))
    return float(np.sqrt(np.mean(np.concatenate(apart) ** 2) / _HALVES))


def knots_of(scores: Floats, z: Floats, most: int = 201) -> tuple[Floats, Floats]:
    """A table of the curve from scores [n] to z [n] (no NaN): at most so many rising knots, close at both ends."""
    order = np.argsort(scores, kind="stable")
    levels, first = np.unique(scores[order], return_index=True)
    last = np.concatenate((first[1:], [scores.size])) - 1
    curve = np.maximum.accumulate((z[order][first] + z[order][last]) / 2)
    if levels.size > most:
        reach = -place_of(np.array([0.5 / levels.size]))[0]
        wanted = share_below(np.linspace(-reach, reach, most)) * (levels.size - 1)
        kept = np.unique(np.concatenate(([0], np.rint(wanted).astype(int), [levels.size - 1])))
        levels, curve = levels[kept], curve[kept]
    return levels, curve
