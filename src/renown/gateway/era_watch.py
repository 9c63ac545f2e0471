"""Watches every asked provider's method while its scores come in, and writes down what becomes of a suspicion.

What it knows it reads from the log, so any process comes to the same conclusions, and a new one goes on where the last
stopped. A suspicion is settled when somebody's score comes in: nothing runs by itself.
"""

import asyncio
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog

from renown.claims import Claim, Metric, ProvenanceKind
from renown.gateway.eras import EraState
from renown.providers import Declaration, Registry
from renown.scoring.era_link import EraLink
from renown.scoring.method_change import ENOUGH_PAIRS, FEWEST_PAIRS, Decision, Verdict
from renown.scoring.method_watch import MethodWatch, Rereading
from renown.store import EraStep, Store

_log = structlog.get_logger(__name__)

# Whoever has not been read again by then will not be; and so many rereadings are looked back on at the start.
_PATIENCE = timedelta(days=30)
_MOST_READ = 5_000
# What was read longer ago is learnt from, but raises no suspicion: each new process would look at it once more.
_LOOKED_BACK = timedelta(days=2)

_STATES = {
    Decision.QUIET: EraState.DISMISSED,
    Decision.UNDECIDED: EraState.UNDECIDED,
    Decision.CHANGED: EraState.OPEN,
}


@dataclass
class _Watched:
    """One provider: its watch, how far the log has been read, and the last step of its eras."""

    name: str
    watch: MethodWatch
    last: EraStep | None
    seq: int = 0


class EraWatch:
    """One a process; `kept` is told of all claims that were kept."""

    def __init__(self, store: Store, registry: Registry, now: Callable[[], datetime]) -> None:
        self._store = store
        self._registry = registry
        self._now = now
        self._watched: dict[str, _Watched] = {}
        self._looking = asyncio.Lock()

    async def kept(self, claims: Iterable[Claim], change: int, first: Collection[tuple[str, str]] = ()) -> int:
        """Look at the providers whose scores are among these; the number of the last change, by default `change`.

        `first` may name subjects and fields of which nothing was held before: a first reading says nothing of a
        method, and is passed over where no suspicion waits to be settled.
        """
        watched = [claim for claim in claims if _is_watched(claim)]
        fields = {claim.field for claim in watched}
        again = {claim.field for claim in watched if (claim.subject, claim.field) not in first}
        for provider in self._registry.scored:
            metric = provider.declaration.primary_metric
            if metric is None or metric.field not in fields or provider in self._registry.derived:
                continue
            if metric.field in again or not self._is_calm(provider.declaration.slug):
                async with self._looking:
                    change = max(change, await self._look(provider.declaration, metric))
        return change

    def _is_calm(self, slug: str) -> bool:
        """Whether this provider has been looked at, and nothing was suspicious."""
        held = self._watched.get(slug)
        return held is not None and held.watch.suspected is None

    async def _look(self, declaration: Declaration, metric: Metric) -> int:
        slug = declaration.slug
        steps = await self._store.era_steps(provider=slug)
        last, held = steps[-1] if steps else None, self._watched.get(slug)
        if held is None or held.last != last:
            held = _Watched(declaration.name, _begun(steps, metric), last)
            self._watched[slug] = held
        trusted_until = max(each for each in (self._now() - _LOOKED_BACK, held.last and held.last.at) if each)
        held.seq, said = await self._store.rereadings(metric.field, held.seq, _MOST_READ, self._now())
        rereadings = [Rereading(s, old, old_at.timestamp(), new, at.timestamp()) for s, old, old_at, new, at in said]
        change = 0
        if held.watch.feed(rereadings, trusted_until=trusted_until.timestamp()):
            change = await self._write(slug, held, _suspicion(slug, held, self._now()))
        if slug in self._watched and (verdict := await self._verdict(metric, held)):
            step = _settled(slug, held, verdict, self._now())
            held.watch.settle(verdict)
            change = await self._write(slug, held, step)
        return change

    async def _verdict(self, metric: Metric, held: _Watched) -> Verdict | None:
        watch = held.watch
        if watch.suspected is None or held.last is None:
            return None
        is_overdue = self._now() - held.last.at > _PATIENCE
        if watch.pairs < FEWEST_PAIRS:
            return Verdict(Decision.UNDECIDED, 0.0, 0.0) if is_overdue else None
        began = _moment(watch.suspected)
        is_everybody = is_overdue or (
            watch.pairs < ENOUGH_PAIRS and not await self._store.not_reread(metric.field, began, self._now())
        )
        return watch.verdict(is_everybody=is_everybody)

    async def _write(self, slug: str, held: _Watched, step: EraStep) -> int:
        change = await self._store.add_era_step(step)
        written = [each for each in await self._store.era_steps(provider=slug) if each.number == step.number]
        if written[-1] == step:
            held.last = step
            _log.warning("a provider's method", provider=slug, state=step.state, began_at=step.began_at.isoformat())
        else:  # another process came first, and its word stands
            del self._watched[slug]
        return change


def _is_watched(claim: Claim) -> bool:
    return claim.provenance.kind is ProvenanceKind.OBSERVED and not claim.provenance.frozen


def _begun(steps: Sequence[EraStep], metric: Metric) -> MethodWatch:
    """A watch that knows of the earlier eras, and nothing of the readings."""
    breaks = [s.began_at.timestamp() for s in steps if s.state in (EraState.OPEN, EraState.UNDECIDED)]
    is_suspected = bool(steps) and steps[-1].state == EraState.SUSPECTED
    return MethodWatch(metric.scale, breaks, steps[-1].began_at.timestamp() if is_suspected else None)


def _suspicion(slug: str, held: _Watched, now: datetime) -> EraStep:
    began = _moment(held.watch.suspected or 0.0)
    return EraStep(
        provider=slug,
        number=1 if held.last is None else held.last.number + 1,
        state=EraState.SUSPECTED,
        began_at=began,
        at=now,
        pairs=held.watch.pairs,
        link=None,
        statement=(
            f"Since {_words(began)} {held.name} seems to score by another method: those read again moved together."
            f" What it says since then is held until {ENOUGH_PAIRS} voices have been read again, or all."
        ),
    )


def _settled(slug: str, held: _Watched, verdict: Verdict, now: datetime) -> EraStep:
    assert held.last is not None  # noqa: S101 - only a suspicion that was written is settled
    link = EraLink.fit(*held.watch.across, held.watch.scale) if verdict.decision is Decision.CHANGED else None
    return EraStep(
        provider=slug,
        number=held.last.number,
        state=_STATES[verdict.decision],
        began_at=held.last.began_at,
        at=now,
        pairs=held.watch.pairs,
        link=None if link is None else link.to_json(),
        statement=_statement(held, verdict, link),
    )


def _statement(held: _Watched, verdict: Verdict, link: EraLink | None) -> str:
    assert held.last is not None  # noqa: S101 - as above
    name, pairs, since = held.name, held.watch.pairs, _words(held.last.began_at)
    if link is not None:
        return (
            f"{name} has scored by another method since {since}: {pairs} voices read again follow one curve, half of"
            f" them moved by {verdict.shift:+.3g} or more. Its values since then are brought back to the scale before"
            f" through that curve, with a standard error of {link.error:.2g}."
        )
    if verdict.decision is Decision.QUIET:
        return f"The suspicion of {since} was wrong: {pairs} voices read again did not move together."
    if pairs < FEWEST_PAIRS:
        return (
            f"Whether {name} scores by another method since {since} is undecided: only {pairs} voices were read again."
        )
    return (
        f"Since {since} all moved alike, by {verdict.shift:+.3g} in the middle ({pairs} voices read again). That may be"
        f" a change of {name}'s method or of the people: undecided, and its values are used as they are."
    )


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _words(moment: datetime) -> str:
    return f"{moment:%d %B %Y %H:%M} UTC"
