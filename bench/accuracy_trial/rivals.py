"""The other methods: from scores [n, p], NaN where there is none, to values [n], more being better.

Written here from their papers, apart from the product's own steps, so that the judge is no party. Each takes all voices
that are known, as a spreadsheet would; who has too few providers is left out only when the orders are judged. What has
to be known of the truth to choose a method (which provider is the best one) makes it an oracle, no rival.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np
from scipy.special import betainc
from scipy.stats import rankdata

from accuracy_trial.scenarios import PROVIDERS, Floats

_RRF_CONSTANT = 60.0


def mean_of_raw(scores: Floats) -> Floats:
    """The mean of the scores that there are: the spreadsheet."""
    return _mean(scores)


def mean_of_minmax(scores: Floats) -> Floats:
    """The mean of what there is, each provider brought to 0-1 between its lowest and highest score."""
    low, high = np.nanmin(scores, axis=0), np.nanmax(scores, axis=0)
    return _mean((scores - low) / (high - low))


def mean_of_zscores(scores: Floats) -> Floats:
    """The mean of what there is, in each provider's deviations from its own mean."""
    return _mean((scores - np.nanmean(scores, axis=0)) / np.nanstd(scores, axis=0))


def mean_of_percentiles(scores: Floats) -> Floats:
    """The mean of what there is, each score as its mid-rank percentile within the provider's own list.

    The same as Borda's count where a list's points are a share of its length and the lists that do not cover a voice
    are left out of its mean.
    """
    return _mean(_percentiles(scores))


def median_of_percentiles(scores: Floats) -> Floats:
    """The median of what there is, each score as its percentile within the list; ties are many with few providers."""
    shares = np.sort(_percentiles(scores), axis=1)  # NaN last
    count = np.maximum(_count(scores), 1)
    everybody = np.arange(len(scores))
    return (shares[everybody, (count - 1) // 2] + shares[everybody, count // 2]) / 2


def borda(scores: Floats) -> Floats:
    """Borda's points: as many from each list as it puts behind the voice, half for equals; none where not covered.

    Source: J.-C. de Borda, Memoire sur les elections au scrutin, 1781.
    """
    return np.nansum(_percentiles(scores) * _lengths(scores), axis=1)


def rrf(scores: Floats) -> Floats:
    """Reciprocal rank fusion divided by the number of lists that cover the voice: the mean of 1 / (60 + rank)."""
    return _mean(_reciprocal_ranks(scores))


def rrf_sum(scores: Floats) -> Floats:
    """Reciprocal rank fusion as published: the sum of 1 / (60 + rank), nothing from a list that does not cover.

    Source: G. V. Cormack, C. L. A. Clarke, S. Buettcher, "Reciprocal Rank Fusion outperforms Condorcet and individual
    rank learning methods", SIGIR 2009.
    """
    return np.nansum(_reciprocal_ranks(scores), axis=1)


def robust_rank_aggregation(scores: Floats) -> Floats:
    """Robust rank aggregation: how unlikely ranks as good as a voice's best ones are by chance, the least likely first.

    Normalised ranks are shares of each list's own length; a list that does not cover a voice is none of its lists;
    Bonferroni's correction is for the lists it has.

    Source: R. Kolde, S. Laur, P. Adler, J. Vilo, "Robust rank aggregation for gene list integration and
    meta-analysis", Bioinformatics 28, 2012.
    """
    ranks = np.sort(1 - _percentiles(scores) + 0.5 / _lengths(scores), axis=1)  # NaN last
    lists = _count(scores)
    chances = np.ones_like(ranks)
    for number in range(ranks.shape[1]):
        rows = number < lists
        chances[rows, number] = betainc(number + 1, lists[rows] - number, np.minimum(ranks[rows, number], 1.0))
    return -np.minimum(chances.min(axis=1) * lists, 1.0)


RIVALS: Mapping[str, Callable[[Floats], Floats]] = MappingProxyType(
    {
        "mean of raw": mean_of_raw,
        "mean of min-max": mean_of_minmax,
        "mean of z-scores": mean_of_zscores,
        "mean of percentiles": mean_of_percentiles,
        "median of percentiles": median_of_percentiles,
        "Borda (points)": borda,
        "RRF (mean)": rrf,
        "RRF (sum)": rrf_sum,
        "robust rank aggregation": robust_rank_aggregation,
    }
)


def oracles(scores: Floats) -> dict[str, Floats]:
    """Each provider alone, whom it does not cover behind all others. To choose one, the truth would be needed."""
    return {
        f"{provider} alone (oracle)": np.where(np.isnan(column), -np.inf, column)
        for provider, column in zip(PROVIDERS, scores.T, strict=True)
    }


def _mean(columns: Floats) -> Floats:
    return np.nansum(columns, axis=1) / np.maximum(_count(columns), 1)


def _count(columns: Floats) -> np.ndarray:
    return (~np.isnan(columns)).sum(axis=1)


def _lengths(scores: Floats) -> np.ndarray:
    return (~np.isnan(scores)).sum(axis=0)


def _percentiles(scores: Floats) -> Floats:
    """Mid-rank percentiles [n, p] as shares, within each provider's own list."""
    return (rankdata(scores, axis=0, nan_policy="omit") - 0.5) / _lengths(scores)


def _reciprocal_ranks(scores: Floats) -> Floats:
    return 1 / (_RRF_CONSTANT + rankdata(-scores, axis=0, nan_policy="omit"))
