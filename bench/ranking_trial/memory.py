"""What a snapshot holds in memory, and the most that is held besides while the next one takes its place."""

import tracemalloc
from dataclasses import replace

import numpy as np

from ranking_trial.population import Population
from renown.gateway.joining import advanced
from renown.gateway.standings import Standings

_TOUCHED = 1_000


def columns_of(standings: Standings) -> dict[str, int]:
    """Bytes of what rankings read (scores, their levels and tables, moments, filters), of the ids, and of the names."""
    levels = [standings.levels(column) for column in range(len(standings.providers))]
    filters = [standings.country.codes, standings.kind.codes, standings.accounts]
    marks = [rows.words for family in (standings.topics, standings.networks) for rows in family.values()]
    arrays = [standings.raw, standings.observed, standings.kept_until, *filters, *marks, *standings.tables.values()]
    return {
        "columns": sum(array.nbytes for array in arrays)
        + sum(each.values.nbytes + each.codes.nbytes for each in levels),
        "claim ids": standings.claims.nbytes,
        "names and words": sum(
            getattr(texts, "nbytes", 0) for texts in (standings.voices, standings.place, standings.text)
        ),
    }


def swapped(standings: Standings) -> int:
    """The most bytes held besides a snapshot while the next is made of it: a thousand voices read anew, one new."""
    chosen = np.linspace(0, len(standings.voices) - 1, _TOUCHED).astype(int)
    names = sorted({*(standings.voices[int(row)] for row in chosen), "synthetic:voice99999999"})
    anew = replace(Population.synthetic(len(names), seed=1).standings(), change=2, voices=tuple(names))
    tracemalloc.start()
    try:
        following = advanced(standings, anew)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    if len(following.voices) != len(standings.voices) + 1:
        raise SystemExit("The next snapshot has other voices than were read.")
    return peak
