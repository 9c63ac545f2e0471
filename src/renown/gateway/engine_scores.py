"""Takes the engine's scores into the directory: of accounts that are in it already, and of nobody else."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from itertools import islice

from renown.engine.score_claims import AccountScore, Window, claims_of, is_topic_of_engine, no_longer
from renown.gateway.gateway import Gateway
from renown.store import Store

_AT_ONCE = 500  # accounts
_ID = "did:"


@dataclass(frozen=True, slots=True)
class Taken:
    """How many accounts were scored, how many claims are new of them, and how many were held already."""

    accounts: int = 0
    new: int = 0
    held: int = 0


async def known_among(store: Store, accounts: Collection[str]) -> dict[str, str]:
    """The accounts that are in the directory, each with the key it has there.

    Where a network's own id stands in the place of a handle (`bluesky:did:plc:...`), whose it is is known by the claim
    on that id (`bluesky.id`).
    """
    keys = {stored.account.key for stored in await store.accounts()}
    known = {account: account for account in accounts if account in keys}
    ids: dict[str, list[str]] = {}
    for account in accounts:
        network, _, id_ = account.partition(":")
        if account not in known and id_.startswith(_ID):
            ids.setdefault(network, []).append(id_)
    for network, values in ids.items():
        found = await store.identified_by(f"{network}.id", values)
        known |= {f"{network}:{id_}": holders[0] for id_, holders in found.items() if len(holders) == 1}
    return known


async def take_scores(
    gateway: Gateway, scores: Iterable[AccountScore], window: Window, advance: Callable[[int], None]
) -> Taken:
    """Keep the claims of these scores that are not held yet, some hundred accounts at a time, and tell `advance`.

    Interrupted, the same again goes on: what is held is not written twice. A topic that the engine said somebody speaks
    on, and says no longer, is set to the strength 0.
    """
    taken, left = Taken(), iter(scores)
    while batch := list(islice(left, _AT_ONCE)):
        made = claims_of(batch, window)
        latest = await gateway.store.latest([score.account for score in batch])
        held = [claim for claims in latest.values() for claim in claims]
        made += no_longer(filter(is_topic_of_engine, held), made, window)
        there = {claim.id for claim in held}
        new = [claim for claim in made if claim.id not in there]
        if new:
            await gateway.keep(new, ())
        taken = Taken(taken.accounts + len(batch), taken.new + len(new), taken.held + len(made) - len(new))
        advance(len(batch))
    return taken
