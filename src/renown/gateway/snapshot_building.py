"""Makes standings out of the store: from nothing in pieces, with progress, or from an earlier snapshot by what changed.

Both give the same. An increment reads only the voices that were touched since, and shares what did not change.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

import structlog

from renown.claims import Scale
from renown.gateway.building import build
from renown.gateway.eras import Methods, methods_at
from renown.gateway.joining import advanced, joined
from renown.gateway.standings import Standings
from renown.providers import Registry
from renown.scoring import FrozenReference
from renown.store import Store, StoredAccount

_log = structlog.get_logger(__name__)

# So many accounts' claims are held in memory at once while standings are built.
_PIECE = 20_000
# Where more than one account in so many was touched, reading all is no slower.
_FEW = 4
_REFERENCES_KEPT = 8


@dataclass(frozen=True, slots=True)
class _Frame:
    """All of a snapshot but its voices: the columns (provider, field, scale) and how they are read."""

    change: int
    as_of: datetime | None
    metrics: Sequence[tuple[str, str, Scale]]
    apart: Sequence[str]
    methods: Methods
    reference: FrozenReference | None


class SnapshotBuilding:
    """Builds snapshots; whoever asks sees that each is asked for once."""

    def __init__(self, store: Store, registry: Registry, now: Callable[[], datetime]) -> None:
        self._store = store
        self._registry = registry
        self._now = now
        self._references: OrderedDict[str, FrozenReference] = OrderedDict()

    async def built(self, change: int, as_of: datetime | None, base: Standings | None) -> Standings:
        """The standings after a change, as of a moment; by way of the `base`, an earlier snapshot of the present."""
        frame = await self._frame(change, as_of)
        found = None if base is None or as_of is not None else await self._advanced(base, frame)
        return found or await self._from_nothing(frame)

    async def _advanced(self, base: Standings, frame: _Frame) -> Standings | None:
        """None where what lies between is more than voices that were touched."""
        if not _is_read_alike(base, frame):
            return None
        touched = await self._store.touched_since(base.change)
        if len(touched.accounts) * _FEW > touched.held:
            return None
        found = await asyncio.to_thread(advanced, base, await self._piece(touched.accounts, frame))
        # An account that is gone left no trace of itself, and neither did a licence that ended just now.
        is_whole = int(found.accounts.sum()) == touched.held and found.may_be_kept_at(self._now())
        return found if is_whole else None

    async def _from_nothing(self, frame: _Frame) -> Standings:
        accounts = sorted(await self._store.accounts(), key=lambda stored: stored.voice)
        parts: list[Standings] = []
        done = 0
        for some in _pieces(accounts):
            parts.append(await self._piece(some, frame))
            done += len(some)
            if len(accounts) > _PIECE:
                _log.info("building the standings", accounts=done, of=len(accounts))
        return await asyncio.to_thread(joined, parts) if len(parts) > 1 else parts[0]

    async def _piece(self, accounts: Sequence[StoredAccount], frame: _Frame) -> Standings:
        """The standings of these accounts' voices alone."""
        subjects = sorted(stored.account.key for stored in accounts)
        held = await self._store.latest(subjects, frame.as_of, self._now(), upto_change=frame.change)
        claims = [claim for said in held.values() for claim in said]
        step = partial(
            build,
            claims,
            sorted(accounts, key=lambda stored: stored.account.key),
            frame.metrics,
            change=frame.change,
            as_of=frame.as_of,
            apart=frame.apart,
            methods=frame.methods,
            reference=frame.reference,
        )
        return await asyncio.to_thread(step)

    async def _frame(self, change: int, as_of: datetime | None) -> _Frame:
        declared = [provider.declaration for provider in self._registry.scored]
        return _Frame(
            change=change,
            as_of=as_of,
            metrics=[(d.slug, metric.field, metric.scale) for d in declared if (metric := d.primary_metric)],
            apart=[d.slug for d in declared if not d.blended],
            methods=await methods_at(self._store, self._registry, as_of, change, self._now()),
            reference=await self._reference(change, as_of),
        )

    async def _reference(self, change: int, as_of: datetime | None) -> FrozenReference | None:
        stored = await self._store.reference_at(change, as_of)
        if stored is None:
            return None
        if stored.version not in self._references:
            self._references[stored.version] = FrozenReference.from_canonical(stored.canonical)
            while len(self._references) > _REFERENCES_KEPT:
                self._references.popitem(last=False)
        return self._references[stored.version]


def _pieces(accounts: Sequence[StoredAccount]) -> Iterator[Sequence[StoredAccount]]:
    """Accounts sorted by voice, some at a time, no voice's accounts apart; one piece of none where there are none."""
    start = 0
    while True:
        stop = min(start + _PIECE, len(accounts))
        while stop < len(accounts) and accounts[stop].voice == accounts[stop - 1].voice:
            stop += 1
        yield accounts[start:stop]
        start = stop
        if start >= len(accounts):
            return


def _is_read_alike(base: Standings, frame: _Frame) -> bool:
    """Whether a score that nobody touched is read as before: by the same eras, none of them suspected."""
    before, after = base.methods.by_field, frame.methods.by_field
    if any(method.suspected for methods in (before, after) for method in methods.values()):
        return False
    return {name: method.eras for name, method in before.items()} == {
        name: method.eras for name, method in after.items()
    }
