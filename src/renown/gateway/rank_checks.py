"""Check a ranking against what majorities of its providers say: how alike both orders are.

The methods of the checks know only who stands above whom, and all providers that count weigh alike in them. Where they
agree with a ranking, it does not hang on how its scores were made comparable, nor on its weights.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

import numpy as np

from renown.errors import BadRequest
from renown.gateway.ranking import Ranked
from renown.scoring.arrays import Floats
from renown.scoring.majority import kemeny, mc4
from renown.scoring.rank_correlation import kendall


class RankCheckMethod(StrEnum):
    """A method that a ranking is checked by."""

    MC4 = "MC4"
    KEMENY = "KEMENY"


_ORDERS = MappingProxyType(
    {
        RankCheckMethod.MC4: "The order by MC4",
        RankCheckMethod.KEMENY: "Kemeny's order (of several as good, one that keeps to this ranking)",
    }
)


@dataclass(frozen=True, slots=True)
class RankCheck:
    """One method's order of all who are ranked, `covers` of them; or the `reason` why there is no comparison.

    `tau` is Kendall's tau-b between that order and the ranking.
    """

    method: RankCheckMethod
    covers: int | None = None
    tau: float | None = None
    reason: str | None = None

    @property
    def statement(self) -> str:
        """The same in a sentence that can be printed beside the list."""
        if self.tau is None:
            return f"Not checked by {self.method.value}: {self.reason}"
        return f"{_ORDERS[self.method]} agrees with this ranking of {self.covers} by {self.tau:.2f} (Kendall's tau)."


def rank_checks(ranked: Ranked) -> list[RankCheck]:
    """The ranking checked by each method, in a fixed order."""
    rows = ranked.ranking.rows
    says = (ranked.blended.weights[rows] > 0).any(axis=0)
    scores = ranked.blended.normalised[rows][:, says]
    return [_check(method, scores, -ranked.ranking.places.astype(np.float64)) for method in _VALUES]


def _check(method: RankCheckMethod, scores: Floats, ranking: Floats) -> RankCheck:
    if len(scores) < 2:
        return RankCheck(method, reason="There is no order of fewer than two voices.")
    try:
        values = _VALUES[method](scores)
    except BadRequest as too_long:
        return RankCheck(method, reason=too_long.sentence)
    tau = kendall(values, ranking)
    if tau is None:
        return RankCheck(method, reason="One of the two orders puts all voices level.")
    return RankCheck(method, covers=len(scores), tau=tau)


def _by_kemeny(scores: Floats) -> Floats:
    """Kemeny's order as values [n], more being better."""
    values = np.empty(len(scores))
    values[kemeny(scores)] = np.arange(len(scores))[::-1]
    return values


_VALUES: Mapping[RankCheckMethod, Callable[[Floats], Floats]] = MappingProxyType(
    {RankCheckMethod.MC4: mc4, RankCheckMethod.KEMENY: _by_kemeny}
)
