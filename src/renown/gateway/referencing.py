"""Builds the frozen reference from the scores that are held, and puts it in force."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime

import numpy as np

from renown.errors import BadImport, BadRequest
from renown.gateway.gateway import Gateway
from renown.gateway.standings import Standings
from renown.providers import Declaration
from renown.scoring.fitting import FEWEST_VOICES, Source, fit_reference
from renown.scoring.published_scale import Knot, with_published
from renown.scoring.reference import FrozenReference
from renown.store import StoredReference

_SECONDS_A_DAY = 86_400


async def build_reference(
    gateway: Gateway,
    *,
    as_of: datetime | None = None,
    published: Sequence[Knot] = (),
    on_round: Callable[[int, int], None] = lambda _done, _of: None,
) -> FrozenReference:
    """The reference of the scores held now, or at a moment, and of published figures. Nothing is put in force.

    Raises:
        BadImport: the published figures make no table.
        BadRequest: no provider has scores of 30 voices (code TOO_FEW_VOICES).
    """
    standings = await gateway.snapshots.current(as_of)
    reference = await asyncio.to_thread(_fitted, gateway, standings, on_round)
    try:
        reference = with_published(reference, published)
    except ValueError as trouble:
        raise BadImport(f"The published figures will not do: {trouble}.", "Correct the file.") from None
    if not reference.tables:
        raise BadRequest(
            f"No provider has scores of {FEWEST_VOICES} voices, the fewest that a reference is made of.",
            "Import more figures, or rank with LINEAR, which needs none.",
            code="TOO_FEW_VOICES",
        )
    return reference


async def put_in_force(gateway: Gateway, reference: FrozenReference) -> int:
    """From the next change on rankings compare with this reference; the number of that change."""
    stored = StoredReference(reference.version, reference.canonical_text, gateway.now())
    return await gateway.store.add_reference(stored)


def _fitted(gateway: Gateway, standings: Standings, on_round: Callable[[int, int], None]) -> FrozenReference:
    declared = [gateway.registry.provider(slug).declaration for slug in standings.providers]
    newest = np.nanmax(standings.observed, initial=0.0)
    moment = standings.as_of or gateway.now()
    return fit_reference(
        standings.raw,
        [_source(each, standings, column) for column, each in enumerate(declared)],
        built_at=moment.isoformat(),
        ages_days=(newest - standings.observed) / _SECONDS_A_DAY,
        days=standings.days,
        on_round=on_round,
    )


def _source(declaration: Declaration, standings: Standings, column: int) -> Source:
    voices = int((~np.isnan(standings.raw[:, column])).sum())
    return Source(
        provider=declaration.slug,
        scale=standings.scales[column],
        reads=declaration.reads,
        source=f"built from the scores of {voices} voices held at change {standings.snapshot}",
        eras=tuple(day.isoformat() for day in declaration.eras),
        apart=declaration.slug in standings.apart,
    )
