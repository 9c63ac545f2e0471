"""Asking a provider about some accounts: every request and follow-up; failures come back as absences."""

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

import structlog

from renown.claims import Absence, AbsenceReason, Account, Claim
from renown.errors import InvalidReply, ProviderFailure, QuotaExhausted, RateLimited, TimedOut
from renown.providers.contract import Asked, Link, Reading, Reply, Request

if TYPE_CHECKING:
    from renown.providers.transport import Transport  # httpx is slow to import

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What asking brought. Every account has a claim of the primary metric or exactly one absence.

    `calls` is how many requests went out, retries and polls among them. `links` may name anybody.
    """

    claims: tuple[Claim, ...]
    absences: tuple[Absence, ...]
    calls: int
    links: tuple[Link, ...] = ()


async def ask(  # noqa: PLR0917 - all six are needed, and each says what it is by its type
    provider: Asked,
    accounts: Sequence[Account],
    known: Mapping[str, str],
    transport: "Transport",
    deadline: float,
    now: Callable[[], datetime],
) -> Answer:
    """Ask about accounts, until a deadline (a moment of `time.monotonic`).

    `known` maps account keys to the provider's own ids. Never raises anything but CancelledError.
    """
    inquiry = _Inquiry(provider, transport, deadline, now)
    networks = provider.declaration.networks
    for account in accounts:
        if account.network not in networks:
            inquiry.not_applicable(account)
    await inquiry.begin([account for account in accounts if account.network in networks], known)
    return inquiry.answer(accounts)


@dataclass(slots=True)
class _Inquiry:
    provider: Asked
    transport: "Transport"
    deadline: float
    now: Callable[[], datetime]
    claims: list[Claim] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    said: dict[str, Absence] = field(default_factory=dict)
    failures: dict[str, Absence] = field(default_factory=dict)
    calls: int = 0

    async def begin(self, accounts: Sequence[Account], known: Mapping[str, str]) -> None:
        requests: list[Request] = []
        size = self.provider.declaration.batch
        for start in range(0, len(accounts), size):
            batch = accounts[start : start + size]
            try:
                requests += self.provider.requests(batch, known)
            except Exception as trouble:  # noqa: BLE001 - a plug-in may raise anything
                self._failed(batch, self._as_failure(trouble, "requests"))
        await self._chase(requests)

    async def _chase(self, requests: Sequence[Request]) -> None:
        await asyncio.gather(*(self._pursue(request) for request in requests))

    async def _pursue(self, request: Request) -> None:
        """Send one request, take in what its reply says, and pursue what follows from it."""
        try:
            reading = await self._exchange(request)
        except Exception as trouble:  # noqa: BLE001 - a plug-in may raise anything
            self._failed(request.accounts, self._as_failure(trouble, request.step))
            return
        self.claims += reading.claims
        self.links += reading.links
        self.said.update({absence.subject: absence for absence in reading.absences})
        await self._chase(reading.follow)

    async def _exchange(self, request: Request) -> Reading:
        if request.delay:
            if time.monotonic() + request.delay >= self.deadline:
                raise TimedOut(f"{self.provider.declaration.name} was not done within the deadline.")
            await asyncio.sleep(request.delay)
        reply = await self.transport.send(self.provider, request, self.deadline, on_call=self._count)
        return self._read(request, reply)

    def _read(self, request: Request, reply: Reply) -> Reading:
        try:
            return self.provider.read(request, reply)
        except (RateLimited, QuotaExhausted) as refusal:
            self.transport.leave_alone(self.provider, refusal)
            raise

    def answer(self, accounts: Sequence[Account]) -> Answer:
        primary = self.provider.declaration.primary_metric
        scored = {claim.subject for claim in self.claims if primary is None or claim.field == primary.field}
        lacking = {account.key: account for account in accounts if account.key not in scored}
        absences = (self.said.get(key) or self.failures.get(key) or self._silent(one) for key, one in lacking.items())
        return Answer(claims=tuple(self.claims), absences=tuple(absences), calls=self.calls, links=tuple(self.links))

    def not_applicable(self, account: Account) -> None:
        message = f"{self.provider.declaration.name} does not know the network {account.network}."
        self.said[account.key] = self._absence(account, AbsenceReason.NOT_APPLICABLE, message)

    def _silent(self, account: Account) -> Absence:
        message = f"{self.provider.declaration.name} answered, but not about {account.handle}."
        return self._absence(account, AbsenceReason.INVALID_REPLY, message)

    def _failed(self, accounts: Sequence[Account], failure: ProviderFailure) -> None:
        known = failure.code in AbsenceReason.__members__
        reason = AbsenceReason(failure.code) if known else AbsenceReason.INVALID_REPLY
        for account in accounts:
            absence = self._absence(account, reason, str(failure), failure.retry_at)
            self.failures.setdefault(account.key, absence)

    def _as_failure(self, trouble: Exception, step: str) -> ProviderFailure:
        if isinstance(trouble, ProviderFailure):
            return trouble
        declaration = self.provider.declaration
        # Its text and traceback are a plug-in's, and may hold its key.
        _log.error("provider.adapter_failed", provider=declaration.slug, step=step, error=type(trouble).__name__)
        return InvalidReply(f"The adapter of {declaration.name} could not deal with a reply.")

    def _absence(
        self, account: Account, reason: AbsenceReason, message: str, retry_at: datetime | None = None
    ) -> Absence:
        return Absence(account.key, self.provider.declaration.slug, reason, message, self.now(), retry_at)

    def _count(self) -> None:
        self.calls += 1
