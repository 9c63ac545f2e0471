"""What derived providers make of what came in: each of a subject's own claims, or of those others make of it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from renown.claims import Absence, Claim, Metric
from renown.providers import Derived, Registry, Scored
from renown.store import Store

Results = list[tuple[Claim, ...] | Absence]


async def from_own(store: Store, registry: Registry, claims: Sequence[Claim], now: datetime) -> Results:
    """Of every subject whose inputs are among these claims, what is derived from its own claims."""
    results: Results = []
    for provider in registry.derived:
        if provider in registry.derived_from_others:
            continue
        subjects = sorted({claim.subject for claim in claims if _needs(provider, claim)})
        held = await store.latest(subjects) if subjects else {}
        results += [provider.derive(subject, _needed(provider, held[subject]), now) for subject in subjects]
    return results


async def from_others(store: Store, registry: Registry, claims: Sequence[Claim], now: datetime) -> Results:
    """Of every subject that others speak of in these claims, or whose vouchers' scores are among them."""
    metrics = registry.read_by_others
    results: Results = []
    for provider in registry.derived_from_others:
        scored = sorted({claim.subject for claim in claims if claim.field in metrics})
        subjects = {claim.subject for claim in claims if _needs(provider, claim)} | await store.vouched_by(scored)
        said = await store.vouches_for(sorted(subjects), now - provider.reads_back, now) if subjects else {}
        needed = {subject: _needed(provider, held) for subject, held in said.items()}
        wanted = {subject: provider.others(needed[subject]) for subject in needed}
        scores = await _scores(store, {key for keys in wanted.values() for key in keys}, metrics, now)
        results += [
            provider.derive(subject, needed[subject], now, {key: scores[key] for key in wanted[subject]})
            for subject in needed
        ]
    return results


async def _scores(
    store: Store, accounts: Collection[str], metrics: Mapping[str, Metric], now: datetime
) -> dict[str, list[Scored]]:
    """The latest scores of accounts, by key; `metrics` says which fields are scores."""
    held = await store.latest(sorted(accounts), now=now) if accounts else {}
    return {
        key: [Scored(metrics[claim.field], claim) for claim in claims if claim.field in metrics]
        for key, claims in held.items()
    }


def _needed(provider: Derived, claims: Iterable[Claim]) -> list[Claim]:
    return [claim for claim in claims if _needs(provider, claim)]


def _needs(provider: Derived, claim: Claim) -> bool:
    return any(claim.field == need or (need[-1] == "/" and claim.field.startswith(need)) for need in provider.needs)
