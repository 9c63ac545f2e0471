"""Published distribution figures from a CSV file: what share of a provider's people is below which score.

Columns `provider, score, percentile, source`, optional `since` (the first day of the era, as 2012-08-14). The rows of a
provider and era rise together; `percentile` is 0-100, both ends left out. The `source` is the citation.
"""

from collections.abc import Sequence

from renown.errors import BadImport, UnknownName
from renown.providers import Registry
from renown.providers.tables import Refused, Row, open_table
from renown.scoring.published_scale import Knot

COLUMNS = ("provider", "score", "percentile", "source")


def read_distributions(content: bytes, filename: str, registry: Registry) -> tuple[Knot, ...]:
    """The knots of a file, in its order.

    Raises:
        BadImport: it cannot be read; the sentence names the first line and column that will not do.
    """
    table = open_table(content, filename)
    table.require(COLUMNS)
    knots = []
    for line, cells in table.rows:
        row = Row(line, table.filename, dict(zip(table.columns, (cell.strip() for cell in cells), strict=False)))
        try:
            knots.append(_knot(row, registry.slugs))
        except Refused as refused:
            raise BadImport(
                f"{table.filename}, line {line}, column {refused.column!r}: {refused.reason}.",
                "Correct the line; every figure needs its provider, score, percentile and source.",
            ) from None
    return tuple(knots)


def _knot(row: Row, slugs: Sequence[str]) -> Knot:
    provider = row.required("provider").lower()
    if provider not in slugs:
        raise Refused("provider", str(UnknownName("provider", provider, slugs)))
    percentile = float(row.number("percentile"))
    if not 0 < percentile < 100:
        raise Refused("percentile", "has to lie between 0 and 100")
    return Knot(provider, row.optional("since"), float(row.number("score")), percentile, row.source("source"))
