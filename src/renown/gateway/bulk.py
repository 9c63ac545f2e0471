"""One lookup of many voices: every live provider in parallel, each in its own batches, within its own pace and quota.

Whoever is fresh in the store is not asked about, and answers are kept as they come. So a lookup that was interrupted
goes on where it stopped when it is begun again.
"""

import asyncio
import math
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Self

from renown.claims import Absence, AbsenceReason, Account
from renown.gateway.gateway import Gateway
from renown.gateway.links import claims_within
from renown.gateway.upstream import SETTLED, answer_in
from renown.providers import Answer, Asked, pace_of

_COME_BACK = frozenset({AbsenceReason.RATE_LIMITED, AbsenceReason.QUOTA_EXHAUSTED, AbsenceReason.UNREACHABLE})
_LONGEST_WAIT = 60.0
_SHORTEST_WAIT = 0.5
_MOST_WAITS = 40
_MOST_AT_ONCE = 8


@dataclass(slots=True)
class Part:
    """One provider's share. `held` voices were fresh already; of the `total` others so many are `done` and kept.

    `stopped` is why the provider was not asked about the rest. `calls` went out, retries and polls among them.
    """

    provider: Asked
    waiting: deque[Account]
    held: int
    total: int
    done: int = 0
    answered: int = 0
    calls: int = 0
    absences: Counter[AbsenceReason] = field(default_factory=Counter)
    stopped: Absence | None = None
    waits: int = 0

    def next_batch(self) -> list[Account]:
        """Whom the next call is about."""
        size = min(self.provider.declaration.batch, len(self.waiting))
        return [self.waiting.popleft() for _ in range(size)]


@dataclass(frozen=True, slots=True)
class _Brought:
    """What one batch brought, and which of its accounts are done with that."""

    part: Part
    batch: Sequence[Account]
    answer: Answer
    done: Sequence[Account]


class Bulk:
    """A lookup of many voices, planned; `run` carries it out once."""

    def __init__(self, gateway: Gateway, parts: Sequence[Part]) -> None:
        self.parts = tuple(parts)
        self._gateway = gateway
        self._brought: asyncio.Queue[_Brought | None] = asyncio.Queue()

    @classmethod
    async def plan(cls, gateway: Gateway, accounts: Iterable[Account]) -> Self:
        """Who is to be asked about whom, by what the store holds now. Nobody is asked yet."""
        wanted = list({account.key: account for account in accounts}.values())
        networks = {account.network for account in wanted}
        concerned = [each for each in gateway.registry.live if networks & set(each.declaration.networks)]
        return cls(gateway, [await _part(gateway, provider, wanted) for provider in concerned])

    async def run(self, on_kept: Callable[[Part, int], None] = lambda _part, _count: None) -> None:
        """Ask; `on_kept` hears of each provider how many more voices are done.

        Cancelled, it still keeps what has come. Each batch has a bound of its own; there is none for the whole.
        """
        keeper = asyncio.create_task(self._keep_all(on_kept))
        try:
            async with asyncio.TaskGroup() as group:
                for part in self.parts:
                    for _ in range(_at_once(self._pace(part))):
                        group.create_task(self._ask(part, keeper))
        finally:
            self._brought.put_nowait(None)
            await keeper

    async def _ask(self, part: Part, keeper: "asyncio.Task[None]") -> None:
        while part.waiting and part.stopped is None and not keeper.done():
            batch = part.next_batch()
            answer = await self._gateway.upstream.ask(part.provider, batch, self._bound(part))
            failure = next((absence for absence in answer.absences if absence.reason not in SETTLED), None)
            self._gateway.upstream.note(part.provider, None if answer.claims else failure)
            refusal = next((a for a in answer.absences if a.retry_at and a.reason in _COME_BACK), None)
            wait = self._wait(part, refusal)
            if wait is None:
                self._brought.put_nowait(_Brought(part, batch, answer, batch))
                continue
            self._brought.put_nowait(_put_back(part, batch, answer))
            await asyncio.sleep(wait)

    def _wait(self, part: Part, refusal: Absence | None) -> float | None:
        """Seconds to wait before its accounts are asked about again; None if not. Too long a wait stops the part."""
        if refusal is None or refusal.retry_at is None or part.stopped is not None:
            return None
        wait = max(_SHORTEST_WAIT, (refusal.retry_at - self._gateway.now()).total_seconds())
        part.waits += 1
        if wait <= _LONGEST_WAIT and part.waits <= _MOST_WAITS:
            return wait
        part.stopped = refusal
        rest, told = list(part.waiting), tuple(replace(refusal, subject=account.key) for account in part.waiting)
        part.waiting.clear()
        self._brought.put_nowait(_Brought(part, rest, Answer(claims=(), absences=told, calls=0), rest))
        return None

    async def _keep_all(self, on_kept: Callable[[Part, int], None]) -> None:
        """Keeps what has come, together with whatever came while the last was being kept."""
        ended = False
        while not ended:
            come = [await self._brought.get()]
            while not self._brought.empty():
                come.append(self._brought.get_nowait())
            ended = None in come
            await self._keep([each for each in come if each is not None], on_kept)

    async def _keep(self, brought: Sequence[_Brought], on_kept: Callable[[Part, int], None]) -> None:
        asked = {account.key: account for each in brought for account in each.batch}
        claims = [claim for each in brought for claim in each.answer.claims if claim.subject in asked]
        absences = [absence for each in brought for absence in each.answer.absences if absence.subject in asked]
        told = {claim.subject: asked[claim.subject] for claim in claims}
        # Whoever is known keeps the spelling that is held: this one is only how somebody typed it.
        held = {stored.account.key for stored in await self._gateway.store.accounts(list(told))} if told else set()
        if claims:
            links = [link for each in brought for link in each.answer.links if link.subject in asked]
            claims += await claims_within(self._gateway.store, links, self._gateway.now())
            await self._gateway.keep(claims, [account for key, account in told.items() if key not in held])
        if absences:
            await self._gateway.store.record_absences(absences)
        for each in brought:
            each.part.done += len(each.done)
            each.part.calls += each.answer.calls
            each.part.answered += len(each.done) - len(each.answer.absences)
            each.part.absences.update(absence.reason for absence in each.answer.absences)
            on_kept(each.part, len(each.done))

    def _bound(self, part: Part) -> float:
        """Until when (monotonic) a batch that begins now may take, with its follow-ups and their turns."""
        return time.monotonic() + 30.0 + 20.0 / self._pace(part)

    def _pace(self, part: Part) -> float:
        return pace_of(part.provider.declaration, self._gateway.settings)


async def _part(gateway: Gateway, provider: Asked, wanted: Sequence[Account]) -> Part:
    """Whom this provider is to be asked about: not whom it does not know of, nor of whom its answer is still fresh."""
    accounts = [account for account in wanted if account.network in provider.declaration.networks]
    keys = [account.key for account in accounts]
    held = await gateway.store.latest(keys)
    settled = {
        absence.subject
        for absence in await gateway.store.absences(keys)
        if absence.provider == provider.declaration.slug
        and absence.reason in SETTLED
        and (gateway.now() - absence.at).total_seconds() < gateway.settings.unknown_for_seconds
    }

    def is_fresh(account: Account) -> bool:
        claim = answer_in(provider, held[account.key])
        return account.key in settled or (claim is not None and gateway.upstream.is_fresh(claim))

    waiting = deque(account for account in accounts if not is_fresh(account))
    return Part(provider, waiting, held=len(accounts) - len(waiting), total=len(waiting))


def _put_back(part: Part, batch: Sequence[Account], answer: Answer) -> _Brought:
    """What a refused batch brought all the same; the others wait again."""
    refused = {absence.subject for absence in answer.absences if absence.reason in _COME_BACK}
    part.waiting.extend(account for account in batch if account.key in refused)
    absences = tuple(absence for absence in answer.absences if absence.subject not in refused)
    done = [account for account in batch if account.key not in refused]
    return _Brought(part, batch, replace(answer, absences=absences), done)


def _at_once(pace: float) -> int:
    """How many batches are under way: enough to use the pace while answers take their time."""
    return max(1, min(_MOST_AT_ONCE, math.ceil(pace)))
