"""A scale's table from published figures: where nobody's scores are held, a citation can stand for them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import numpy as np

from renown.scoring.normal import place_of
from renown.scoring.reference import FrozenReference, ScaleTable


@dataclass(frozen=True, slots=True)
class Knot:
    """That `percentile` per cent (0-100) of a provider's people are below a `score`, in the era from `since` on."""

    provider: str
    since: str | None
    score: float
    percentile: float
    source: str


def with_published(reference: FrozenReference, knots: Iterable[Knot]) -> FrozenReference:
    """The reference, and a table of each provider and era that it has none of.

    What is built from people stands: a published table is for a scale on which too few are held. Its percentiles stand
    for the places that the provider's own table gives them, where it has one of another era.

    Raises:
        ValueError: a table has fewer than two knots, or does not rise. The sentence says which.
    """
    held = {(table.provider, table.since) for table in reference.tables}
    added = []
    for (provider, since), group in groupby(sorted(knots, key=_scale), key=_scale):
        of_scale = sorted(group, key=lambda knot: knot.score)
        _refuse_crooked(provider, of_scale)
        if (provider, since or None) not in held:
            added.append(_table(provider, since or None, of_scale, reference.table(provider)))
    return replace(reference, tables=(*reference.tables, *added))


def _scale(knot: Knot) -> tuple[str, str]:
    return knot.provider, knot.since or ""


def _refuse_crooked(provider: str, knots: Sequence[Knot]) -> None:
    scores, percentiles = [knot.score for knot in knots], [knot.percentile for knot in knots]
    if len(knots) < 2:
        raise ValueError(f"one figure makes no table of {provider}; give two at least")
    if (np.diff(scores) <= 0).any() or (np.diff(percentiles) <= 0).any():
        raise ValueError(f"the figures of {provider} do not rise together")


def _table(provider: str, since: str | None, knots: Sequence[Knot], main: ScaleTable | None) -> ScaleTable:
    scores, percentiles = (np.array([getattr(knot, name) for knot in knots]) for name in ("score", "percentile"))
    places = place_of(percentiles / 100)
    latent = places if main is None else np.interp(percentiles, main.percentiles, main.latent)
    # The straight line through the figures on normal paper: its slope is the deviation, its middle the mean.
    slope, middle = np.polyfit(places, scores, 1)
    return ScaleTable(
        provider=provider,
        scores=tuple(scores.tolist()),
        percentiles=tuple(percentiles.tolist()),
        latent=tuple(np.round(latent, 6).tolist()),
        voices=0,
        anchors=0,
        error=None,
        mean=round(float(middle), 6),
        deviation=round(float(slope), 6),
        source="published: " + "; ".join(dict.fromkeys(knot.source for knot in knots)),
        since=since,
    )
