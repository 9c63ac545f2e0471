"""Normalise against frozen tables: a score's place depends on the table and on nobody who comes or goes since."""

from collections.abc import Sequence

import numpy as np

from renown.claims import Scale
from renown.scoring.arrays import Floats
from renown.scoring.choices import Normaliser
from renown.scoring.normal import share_below
from renown.scoring.reference import FrozenReference, ScaleTable

# Stands where no reference is held: every scale is then read as it is declared.
NO_REFERENCE = FrozenReference("", 0, ())


def against_tables(
    normaliser: Normaliser,
    scores: Floats,
    scales: Sequence[Scale],
    reference: FrozenReference,
    providers: Sequence[str],
    *,
    days: Floats | None = None,
) -> Floats:
    """The scores [n, p], 0-100, by each provider's table; where it has none, LINEAR on the scale it declares.

    `days` [n, p] since the epoch say which era each score is of. A column without table and without a top is all NaN.
    """
    columns = []
    for j, (provider, scale) in enumerate(zip(providers, scales, strict=True)):
        table = reference.table(provider)
        turned = scores[:, j] if scale.higher_is_more else -scores[:, j]
        if table is None:
            columns.append(_declared(turned, scale))
        else:
            columns.append(_by_table(normaliser, turned, table, reference, None if days is None else days[:, j]))
    return np.array(columns).T if columns else np.empty_like(scores)


def stands_on(normaliser: Normaliser, provider: str, reference: FrozenReference) -> str:
    """What a provider's normalised score stands on, in words, for its provenance."""
    table = reference.table(provider)
    if table is None:
        return "LINEAR on the declared scale: no frozen table of fewer than 30 voices is made"
    how = table.statement if normaliser is Normaliser.EQUATED else f"its table of {table.voices} voices"
    return f"{how}; reference {reference.version[:16]}, {table.source}"


def _by_table(
    normaliser: Normaliser, values: Floats, table: ScaleTable, reference: FrozenReference, days: Floats | None
) -> Floats:
    if normaliser is Normaliser.EQUATED:
        return 100.0 * share_below(reference.latent(table.provider, values, days))
    if normaliser is Normaliser.PERCENTILE:
        return reference.percentiles(table.provider, values, days)
    if normaliser is Normaliser.ZSCORE:
        return np.clip(50.0 + 10.0 * (values - table.mean) / (table.deviation or 1.0), 0.0, 100.0)
    low, high = table.scores[0], table.scores[-1]
    share = (values - low) / (high - low) if high > low else np.where(np.isnan(values), np.nan, 0.5)
    return np.clip(100.0 * share, 0.0, 100.0)


def _declared(turned: Floats, scale: Scale) -> Floats:
    if scale.maximum is None:
        return np.full_like(turned, np.nan)
    low, high = (scale.minimum, scale.maximum) if scale.higher_is_more else (-scale.maximum, -scale.minimum)
    return 100.0 * (turned - low) / (high - low)
