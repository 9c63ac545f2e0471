"""The one way in: claims go to the store, and what derives from them follows at once."""

from collections.abc import Sequence
from datetime import datetime

from renown.claims import Absence, Account, Claim
from renown.providers import Derived, Registry
from renown.store import Store


async def keep(
    store: Store, registry: Registry, claims: Sequence[Claim], accounts: Sequence[Account], now: datetime
) -> int:
    """Appends claims, then the claims of derived providers for every subject whose inputs came in.

    Returns the number of the last change.
    """
    change = await store.append(claims, accounts)
    derived = await _derived(store, registry, claims, now)
    made = [claim for result in derived if not isinstance(result, Absence) for claim in result]
    if made:
        change = await store.append(made)
    missing = [result for result in derived if isinstance(result, Absence)]
    return await store.record_absences(missing) if missing else change


async def _derived(
    store: Store, registry: Registry, claims: Sequence[Claim], now: datetime
) -> list[tuple[Claim, ...] | Absence]:
    results = []
    for provider in registry.derived:
        subjects = sorted({claim.subject for claim in claims if claim.field in provider.needs})
        held = await store.latest(subjects) if subjects else {}
        results += [derived_of(provider, subject, held[subject], now) for subject in subjects]
    return results


def derived_of(provider: Derived, subject: str, held: Sequence[Claim], now: datetime) -> tuple[Claim, ...] | Absence:
    """What a derived provider makes of one subject's claims."""
    return provider.derive(subject, [claim for claim in held if claim.field in provider.needs], now)
