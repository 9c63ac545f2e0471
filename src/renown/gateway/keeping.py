"""The one way in: claims go to the store, and what derives from them follows at once."""

from collections.abc import Collection, Sequence
from datetime import datetime

from renown.claims import Absence, Account, Claim
from renown.gateway.deriving import from_others, from_own
from renown.gateway.era_watch import EraWatch
from renown.providers import Registry
from renown.store import Store


async def keep(
    store: Store,
    registry: Registry,
    claims: Sequence[Claim],
    accounts: Sequence[Account],
    now: datetime,
    *,
    eras: EraWatch,
    first: Collection[tuple[str, str]] = (),
) -> int:
    """Appends claims, then the claims of derived providers for every subject whose inputs came in; watches methods.

    `first` may name subjects and fields of which nothing was held before. Returns the number of the last change.
    """
    change = await store.append(claims, accounts)
    for derive in (from_own, from_others):  # the second may read the scores that the first made
        results = await derive(store, registry, claims, now)
        made = [claim for result in results if not isinstance(result, Absence) for claim in result]
        missing = [result for result in results if isinstance(result, Absence)]
        if made:
            change = await store.append(made)
        if missing:
            change = await store.record_absences(missing)
        claims = [*claims, *made]
    return await eras.kept(claims, change, first)
