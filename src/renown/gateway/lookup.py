"""Looking one voice up: read through the cache and the store to every live provider, once for all who ask.

    cache ─ fresh: nothing is asked
          └ miss:  store ─ fresh: nothing is asked
                         └ else:  provider, batched with whoever asks in the same turn of the loop
                                  → claims kept, or an absence; the last value stays and is flagged stale

What is cached is only *that* a provider need not be asked about somebody, and for how long: the claims themselves are
in the store, which all processes share.
"""

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from renown.claims import Absence, AbsenceReason, Account, Claim
from renown.gateway.batching import Batcher
from renown.gateway.cache import Cache, Kept
from renown.gateway.era_watch import EraWatch
from renown.gateway.links import claims_within
from renown.gateway.tally import Tally
from renown.gateway.upstream import SETTLED, Upstream, answer_in
from renown.gateway.writing_down import News, WritingDown
from renown.providers import Answer, Asked, Registry
from renown.settings import Settings
from renown.store import Store

# How many seconds past its freshness a value spares its reader the wait; the licence may end it sooner.
_STALE_FOR = 30 * 86_400.0

_READ_AT_ONCE = 500


@dataclass(frozen=True, eq=False, slots=True)
class _About:
    """An account to look up, the latest claims on it, and whether it is in the directory."""

    account: Account
    claims: Sequence[Claim]
    is_known: bool


class Lookup:
    """Asks live providers about accounts, each at most once at a time, within one deadline."""

    def __init__(
        self,
        settings: Settings,
        *,
        registry: Registry,
        store: Store,
        cache: Cache,
        upstream: Upstream,
        eras: EraWatch,
        now: Callable[[], datetime],
    ) -> None:
        self._settings = settings
        self._registry = registry
        self._store = store
        self._cache = cache
        self._upstream = upstream
        self._now = now
        self._held = Batcher(self._read_held, _READ_AT_ONCE, one_at_a_time=True)
        self._written = WritingDown(store, registry, eras, now)
        self._batchers: dict[str, Batcher[_About, Answer]] = {}

    async def refresh(
        self, accounts: Sequence[Account], tally: Tally, *, deadline: float, older_than: float | None = None
    ) -> list[Absence]:
        """Brings what live providers say of these accounts up to date, as far as the deadline (monotonic) allows.

        `older_than` seconds: what was observed longer ago is asked for anew, even where it still counts as fresh.
        Never raises for a provider's failure: that becomes an absence in the store. What could not be waited for, not
        even to be stored, comes back as absences.
        """
        wanted = {
            asyncio.create_task(self._one(provider, account, tally, deadline, older_than)): (provider, account)
            for provider in self._registry.live
            for account in accounts
            if account.network in provider.declaration.networks
            and not self._hits(_cache_key(provider, account, older_than), tally)
        }
        if not wanted:
            return []
        try:
            done, late = await asyncio.wait(wanted, timeout=max(0.0, deadline - time.monotonic()) + _GRACE_SECONDS)
        finally:
            for task in wanted:
                task.cancel()  # only the waiting ends: the load itself goes on, it is shared
        errors = [error for task in done if (error := task.exception())]
        if errors:
            raise errors[0]
        if late:
            tally.ends(0.0)  # whoever asks again may find that it has answered
        return [self._late(*wanted[task]) for task in late]

    async def close(self) -> None:
        """Stops asking."""
        for each in (self._held, *self._batchers.values(), self._written):
            await each.close()

    def _hits(self, key: str, tally: Tally) -> bool:
        """Whether this process knows that nothing need be asked: then no task need be made to find it out."""
        served = self._cache.hit(key)
        if served is None:
            return False
        tally.ends(served.fresh_until)
        tally.cache_hits += 1
        return True

    async def _one(
        self, provider: Asked, account: Account, tally: Tally, deadline: float, older_than: float | None
    ) -> None:
        served = await self._cache.get(
            _cache_key(provider, account, older_than),
            lambda: self._load(provider, account, tally, deadline, older_than),
        )
        tally.ends(served.fresh_until)
        if served.outcome == "miss":
            tally.cache_misses += 1
        else:
            tally.cache_hits += 1

    async def _load(
        self, provider: Asked, account: Account, tally: Tally, deadline: float, older_than: float | None
    ) -> Kept:
        # Read together, so that those of whom nothing fresh is held reach the provider's batch together.
        about = await self._held.ask(account, deadline)
        held = answer_in(provider, about.claims)
        if held is not None and self._upstream.is_fresh(held) and (older_than is None or self._age(held) <= older_than):
            return self._kept(held, older_than)
        # A refresh that runs behind a stale answer has its own time, not what was left of its first reader's.
        deadline = max(deadline, time.monotonic() + self._settings.deadline_seconds / 2)
        with self._written.expecting():
            answer = await self._batcher(provider).ask(about, deadline)
            tally.upstream_calls += answer.calls
            news = await self._news(provider, about, answer)
        if news.claims or news.absence:
            await self._written.write(news, deadline)
        self._upstream.note(provider, news.absence)
        if news.absence is not None:
            return self._kept_absence(news.absence, held if older_than is None else None)
        told = answer_in(provider, news.claims)
        return self._kept(told, older_than) if told else self._kept_nothing()

    def _batcher(self, provider: Asked) -> Batcher[_About, Answer]:
        slug = provider.declaration.slug
        if slug not in self._batchers:

            async def ask_all(asked: Sequence[_About], deadline: float) -> Mapping[_About, Answer]:
                accounts = {about.account.key: about.account for about in asked}
                held = {about.account.key: about.claims for about in asked}
                answer = await self._upstream.ask(provider, list(accounts.values()), deadline, held)
                # The calls were made once for all of them: they are charged to the first.
                return {about: replace(answer, calls=0 if at else answer.calls) for at, about in enumerate(asked)}

            self._batchers[slug] = Batcher(ask_all, provider.declaration.batch)
        return self._batchers[slug]

    async def _news(self, provider: Asked, about: _About, answer: Answer) -> News:
        """What an answer says of one account."""
        key, metric = about.account.key, provider.declaration.primary_metric
        mine = [claim for claim in answer.claims if claim.subject == key]
        links = [link for link in answer.links if link.subject == key] if mine else []
        linked = await claims_within(self._store, links, self._now())
        return News(
            claims=[*mine, *linked],
            absence=next((absence for absence in answer.absences if absence.subject == key), None),
            # Whoever is known keeps the spelling that is held: this one is only how somebody typed it.
            stranger=None if about.is_known else about.account,
            first=metric.field if metric and answer_in(provider, about.claims) is None else None,
        )

    async def _read_held(self, accounts: Sequence[Account], _deadline: float) -> Mapping[Account, _About]:
        held = await self._store.held_on(account.key for account in accounts)
        known = {stored.account.key for stored in held.accounts}
        return {account: _About(account, held.claims[account.key], account.key in known) for account in accounts}

    def _age(self, claim: Claim) -> float:
        return (self._now() - claim.provenance.observed_at).total_seconds()

    def _late(self, provider: Asked, account: Account) -> Absence:
        declaration = provider.declaration
        message = f"{declaration.name} had not answered when the time of the query was up."
        return Absence(account.key, declaration.slug, AbsenceReason.TIMED_OUT, message, self._now())

    def _kept(self, claim: Claim, older_than: float | None) -> Kept:
        now = self._now()
        fresh = max(0.0, ((claim.provenance.fresh_until or now) - now).total_seconds())
        if older_than is not None:
            return Kept(b"held", max(0.0, min(fresh, older_than - self._age(claim))), 0.0)
        return Kept(b"held", fresh, self._stale(claim, fresh))

    def _stale(self, claim: Claim, fresh: float) -> float:
        keep_until = claim.provenance.keep_until
        if keep_until is None:
            return _STALE_FOR
        return max(0.0, min(_STALE_FOR, (keep_until - self._now()).total_seconds() - fresh))

    def _kept_absence(self, absence: Absence, held: Claim | None) -> Kept:
        if absence.reason in SETTLED:
            return Kept(b"absent", self._settings.unknown_for_seconds, 0.0)
        seconds = self._settings.retry_after_seconds
        if absence.retry_at is not None:
            seconds = max(seconds, (absence.retry_at - self._now()).total_seconds())
        # Whoever comes after that is spared the wait too, by the last value.
        return Kept(b"failed", seconds, self._stale(held, seconds) if held else 0.0)

    def _kept_nothing(self) -> Kept:
        return Kept(b"nothing", self._settings.retry_after_seconds, 0.0)


# Past the deadline a load still has to write down that it failed.
_GRACE_SECONDS = 0.2


def _cache_key(provider: Asked, account: Account, older_than: float | None) -> str:
    # An age that is asked for is part of the key: its entry lives no longer than that age allows.
    age = "" if older_than is None else f"@{older_than:g}"
    return f"{provider.declaration.slug}:{account.key}{age}"
