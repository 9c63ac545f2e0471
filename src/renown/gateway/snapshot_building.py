"""Makes standings out of the store: from nothing in pieces, with progress, or from an earlier snapshot by what changed.

Both give the same. An increment reads only the voices that were touched since, and shares what did not change.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVarTuple

import structlog

from renown.claims import Claim, Scale
from renown.gateway.building import build
from renown.gateway.eras import Methods, methods_by
from renown.gateway.joining import advanced, joined
from renown.gateway.standings import Standings
from renown.providers import Registry
from renown.scoring import FrozenReference
from renown.store import EraStep, Store, StoredAccount, StoredReference

_log = structlog.get_logger(__name__)

# So many accounts' claims are held in memory at once while standings are built.
_PIECE = 20_000
# Where more than one account in so many was touched, reading all is no slower.
_FEW = 4
_REFERENCES_KEPT = 8
# So many are worked over in less time than a thread takes to answer.
_AT_ONCE = 2_000

_Given = TypeVarTuple("_Given")


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
        if base is not None and as_of is None and (found := await self._advanced(base, change)):
            return found
        steps, stored = await self._store.era_steps(change), await self._store.reference_at(change, as_of)
        return await self._from_nothing(await self._frame(change, as_of, steps, stored))

    async def _advanced(self, base: Standings, change: int) -> Standings | None:
        """None where what lies between is more than voices that were touched."""
        since = await self._store.since(base.change, change, _FEW, self._now())
        frame = await self._frame(change, None, since.steps, since.reference)
        if since.claims is None or not _is_read_alike(base, frame):
            return None
        anew = await _soon(len(since.touched.accounts), _built, since.touched.accounts, since.claims, frame)
        found = await _soon(since.touched.held, advanced, base, anew)
        # An account that is gone left no trace of itself, and neither did a licence that ended just now.
        is_whole = int(found.accounts.sum()) == since.touched.held and found.may_be_kept_at(self._now())
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
        return await asyncio.to_thread(_built, accounts, held, frame)

    async def _frame(
        self, change: int, as_of: datetime | None, steps: Sequence[EraStep], stored: StoredReference | None
    ) -> _Frame:
        declared = [provider.declaration for provider in self._registry.scored]
        return _Frame(
            change=change,
            as_of=as_of,
            metrics=[(d.slug, metric.field, metric.scale) for d in declared if (metric := d.primary_metric)],
            apart=[d.slug for d in declared if not d.blended],
            methods=await methods_by(
                steps, self._store, self._registry, as_of=as_of, upto_change=change, now=self._now()
            ),
            reference=None if stored is None else self._reference(stored),
        )

    def _reference(self, stored: StoredReference) -> FrozenReference:
        if stored.version not in self._references:
            self._references[stored.version] = FrozenReference.from_canonical(stored.canonical)
            while len(self._references) > _REFERENCES_KEPT:
                self._references.popitem(last=False)
        return self._references[stored.version]


def _built(accounts: Sequence[StoredAccount], held: Mapping[str, Sequence[Claim]], frame: _Frame) -> Standings:
    """The standings of these accounts' voices alone, from the latest claims on each."""
    return build(
        [claim for said in held.values() for claim in said],
        sorted(accounts, key=lambda stored: stored.account.key),
        frame.metrics,
        change=frame.change,
        as_of=frame.as_of,
        apart=frame.apart,
        methods=frame.methods,
        reference=frame.reference,
    )


async def _soon(accounts: int, work: Callable[[*_Given], Standings], *given: *_Given) -> Standings:
    """What work over so many accounts makes: of a few thousand at once, of more in a thread, so that nobody waits."""
    return work(*given) if accounts <= _AT_ONCE else await asyncio.to_thread(work, *given)


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
