"""What changed of the method between two snapshots: providers' own methods, and the frozen reference.

Two things bring a provider's scores across its change of method. One that was seen here is linked: the columns of both
snapshots are on the old scale, so what is left between them is true change. One that a frozen reference has tables for
is in the columns as it was said; there the old score and the new one that have the same percentile, each in the table
of its era, are the same standing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import product

import numpy as np
from numpy.typing import NDArray

from renown.gateway.standings import Standings
from renown.scoring.arrays import Floats, Ints
from renown.scoring.reference import ScaleTable


@dataclass(frozen=True, slots=True)
class Restated:
    """Scores [n, p] as the methods of the other moment would have said them: those of `then`, and those of `now`.

    `cells` [n, p] are those that were said by one method then and by another now.
    """

    then: Floats
    now: Floats
    cells: NDArray[np.bool_]


def moment_of(standings: Standings) -> datetime:
    """The moment a snapshot's ages are counted from: its own, or else that of its newest score."""
    return standings.as_of or datetime.fromtimestamp(float(np.nanmax(standings.observed, initial=0.0)), UTC)


def method_changed(then: Standings, now: Standings) -> dict[str, datetime]:
    """The providers that changed their method after one moment and by the other, with the day of the last change."""
    begins = [*_opened(now), *((table.provider, _begin(table)) for table in _tables(now) if table.since)]
    span = moment_of(then), moment_of(now)
    return {provider: begin for provider, begin in sorted(begins) if span[0] < begin <= span[1]}


def restate(now: Standings, scores: tuple[Floats, Floats], moments: tuple[Floats, Floats]) -> Restated:
    """The scores [n, p] of then and now, observed at these `moments` [n, p] in seconds, each by the other's method.

    The eras are those of the reference of now. A score of one moment only stays as it was said.
    """
    then_restated, now_restated = scores[0].copy(), scores[1].copy()
    cells = ~np.isnan(scores[0]) & ~np.isnan(scores[1])
    for column, (provider, scale) in enumerate(zip(now.providers, now.scales, strict=True)):
        tables = sorted((table for table in _tables(now) if table.provider == provider), key=_begin)
        begins = [_begin(table).timestamp() for table in tables[1:]]
        then_era, now_era = (np.searchsorted(begins, moment[:, column], side="right") for moment in moments)
        cells[:, column] &= then_era != now_era
        rows, sign = cells[:, column], 1.0 if scale.higher_is_more else -1.0
        if rows.any():
            eras = then_era[rows], now_era[rows]
            then_restated[rows, column] = sign * _read_as(tables, sign * scores[0][rows, column], *eras)
            now_restated[rows, column] = sign * _read_as(tables, sign * scores[1][rows, column], *eras[::-1])
    return Restated(then_restated, now_restated, cells)


def _read_as(tables: Sequence[ScaleTable], scores: Floats, said: Ints, wanted: Ints) -> Floats:
    """The scores [n], said in these eras [n], that have the same percentiles in the eras `wanted` [n]."""
    read = scores.copy()
    for one, other in product(range(len(tables)), repeat=2):
        rows = (said == one) & (wanted == other)
        percentiles = np.interp(scores[rows], tables[one].scores, tables[one].percentiles)
        read[rows] = np.interp(percentiles, tables[other].percentiles, tables[other].scores)
    return read


def _tables(standings: Standings) -> tuple[ScaleTable, ...]:
    return () if standings.reference is None else standings.reference.tables


def _begin(table: ScaleTable) -> datetime:
    return datetime.fromisoformat(table.since or "1970-01-01").replace(tzinfo=UTC)


def _opened(standings: Standings) -> Iterator[tuple[str, datetime]]:
    """Every change of method that was seen here: the provider, and when it began."""
    for field, method in standings.methods.by_field.items():
        yield from ((field.partition(".")[0], era.began_at) for era in method.opened)
