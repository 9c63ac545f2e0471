"""Order in the place of scores: what a provider's ranking says, whatever its numbers are worth."""

from renown.scoring.arrays import Floats

# Cormack, Clarke and Buettcher's constant: how little the very first places stand out.
_RRF_CONSTANT = 60.0


def borda_points(percentiles: Floats) -> Floats:
    """Borda's points [n, p] as a share of the most one can have, 0-100: the mid-rank percentile itself.

    Source: J.-C. de Borda, Memoire sur les elections au scrutin, 1781; ties share points as in D. Black, The Theory of
    Committees and Elections, 1958.
    """
    return percentiles


def rrf_points(percentiles: Floats, counted: Floats) -> Floats:
    """Reciprocal rank points [n, p], 100 for the first place: 100 x 61 / (60 + place), among `counted` [p] voices.

    Averaged under the weights of the lists that cover a voice, they are reciprocal rank fusion for lists of unequal
    coverage. Source: G. V. Cormack, C. L. A. Clarke, S. Buettcher, "Reciprocal Rank Fusion outperforms Condorcet and
    individual rank learning methods", SIGIR 2009.
    """
    places = counted * (1.0 - percentiles / 100.0) + 0.5
    return 100.0 * (_RRF_CONSTANT + 1.0) / (_RRF_CONSTANT + places)
