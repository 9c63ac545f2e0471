"""What majorities of the providers say: MC4 and Kemeny's order, for short lists, to check a ranking against.

Neither knows how far apart two scores are, only who stands above whom; neither needs a reference. A pair of voices is
judged by the providers that know both. Scores are [n, p], more being better, NaN where a provider is silent; a voice of
whom all are silent has no value and no place.
"""

import numpy as np

from renown.errors import BadRequest
from renown.scoring.arrays import Floats, Ints

MOST_FOR_MC4 = 500
MOST_FOR_KEMENY = 12

# How often the walk goes anywhere at all, so that it ends up in one distribution wherever it began.
_ANYWHERE = 0.05


def mc4(percentiles: Floats) -> Floats:
    """The values [n], adding up to 1, of the Markov chain MC4: the share of a long walk that is spent at each voice.

    At a voice, any voice is drawn; the walk goes there if most of the providers that know both put it above; in one
    step of twenty it goes there in any case. NaN for a voice that no provider knows.

    Source: C. Dwork, R. Kumar, M. Naor, D. Sivakumar, "Rank Aggregation Methods for the Web", WWW 2001, section 3.

    Raises:
        BadRequest: there are more than 500 voices.
    """
    _refuse_more("MC4", len(percentiles), MOST_FOR_MC4)
    known = ~np.isnan(percentiles).all(axis=1)
    values = np.full(len(percentiles), np.nan)
    size = int(known.sum())
    if not size:
        return values
    above = _above(percentiles[known])
    step = (above > above.T).T / size
    step[np.diag_indices(size)] = 1.0 - step.sum(axis=1)
    # The distribution that a step leaves as it is, solved for rather than walked to.
    values[known] = np.linalg.solve(np.eye(size) - (1.0 - _ANYWHERE) * step.T, np.full(size, _ANYWHERE / size))
    return values


def kemeny(percentiles: Floats) -> Ints:
    """The rows [k] from first to last in the order that contradicts the fewest judgements of pairs by providers.

    Exact, by dynamic programming over the sets of voices that are still to be placed; of several such orders the one
    that keeps to the given order longest from the top. Rows that no provider knows are left out.

    Source: J. G. Kemeny, "Mathematics without Numbers", Daedalus 88, 1959.

    Raises:
        BadRequest: there are more than 12 voices.
    """
    _refuse_more("Kemeny's order", len(percentiles), MOST_FOR_KEMENY)
    rows = np.flatnonzero(~np.isnan(percentiles).all(axis=1))
    return rows[_least_contradicted(_above(percentiles[rows]).tolist())]


def _above(percentiles: Floats) -> Ints:
    """How many providers put one voice above another [n, n]; a provider that is silent of either counts for neither."""
    above = np.zeros((len(percentiles), len(percentiles)), dtype=np.intp)
    for column in percentiles.T:
        above += column[:, np.newaxis] > column
    return above


def _least_contradicted(above: list[list[int]]) -> list[int]:
    """The order of n voices against whose pairs the fewest judgements speak, given who is `above` whom how often."""
    voices = range(len(above))
    # By the set of voices still to be placed (bit j: voice j): how many judgements must be contradicted, and who next.
    least, following = [0] * (1 << len(above)), [-1] * (1 << len(above))
    for left in range(1, 1 << len(above)):
        inside = [voice for voice in voices if left >> voice & 1]
        costs = [sum(above[other][voice] for other in inside) + least[left ^ (1 << voice)] for voice in inside]
        least[left] = min(costs)
        following[left] = inside[costs.index(least[left])]
    order, left = [], (1 << len(above)) - 1
    while left:
        order.append(following[left])
        left ^= 1 << following[left]
    return order


def _refuse_more(method: str, voices: int, most: int) -> None:
    if voices > most:
        raise BadRequest(
            f"{method} is computed for up to {most} voices, and these are {voices}.",
            "Give a shorter list, or the top of this one.",
        )
