"""Asking a provider under test for real: by `ask` and the transport, against the stand-in, without its pauses."""

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from renown.claims import Account
from renown.errors import ProviderFailure
from renown.providers import Answer, Asked, Declaration, Reading, Reply, Request, ask
from renown.providers.contract import KeyedByHeader
from renown.providers.transport import Transport
from renown.settings import ProviderSettings, Settings

_FAST = 1000.0


@dataclass(slots=True)
class Watched:
    """A provider that is paced and polled at once, announces what it sends and remembers what it should not raise."""

    provider: Asked
    announce: Callable[[Sequence[Request]], None] = lambda _requests: None
    troubles: list[Exception] = field(default_factory=list)

    @property
    def declaration(self) -> Declaration:
        """The provider's own, but for its pace."""
        return replace(self.provider.declaration, pace=_FAST)

    @property
    def adapter(self) -> str:
        """The provider's own."""
        return self.provider.adapter

    @property
    def credentials(self) -> Mapping[str, str]:
        """The provider's own."""
        return self.provider.credentials

    @property
    def secret_headers(self) -> Mapping[str, str]:
        """The provider's own, where it has any."""
        return self.provider.secret_headers if isinstance(self.provider, KeyedByHeader) else {}

    def requests(self, accounts: Sequence[Account], known: Mapping[str, str]) -> tuple[Request, ...]:
        """The provider's own, announced."""
        try:
            requests = self.provider.requests(accounts, known)
        except Exception as trouble:
            self._remember(trouble)
            raise
        return self._announced(requests)

    def read(self, request: Request, reply: Reply) -> Reading:
        """The provider's own reading; what follows of it is announced, and sent at once."""
        try:
            reading = self.provider.read(request, reply)
        except Exception as trouble:
            self._remember(trouble)
            raise
        return replace(reading, follow=self._announced(reading.follow))

    def _announced(self, requests: Sequence[Request]) -> tuple[Request, ...]:
        self.announce(requests)
        return tuple(replace(request, delay=0.0) for request in requests)

    def _remember(self, trouble: Exception) -> None:
        if not isinstance(trouble, ProviderFailure):
            self.troubles.append(trouble)


def rehearse(provider: Watched, accounts: Sequence[Account], settings: ProviderSettings, seconds: float) -> Answer:
    """What asking about these accounts brings within so many seconds."""
    return asyncio.run(_rehearse(provider, accounts, settings, seconds))


async def _rehearse(
    provider: Watched, accounts: Sequence[Account], settings: ProviderSettings, seconds: float
) -> Answer:
    transport = Transport(_settings_with(provider.declaration.slug, settings))
    try:
        return await ask(provider, accounts, {}, transport, time.monotonic() + seconds, lambda: datetime.now(UTC))
    finally:
        await transport.close()


def send_all(provider: Watched, requests: Sequence[Request], settings: ProviderSettings, seconds: float) -> None:
    """Send requests and forget what comes back."""
    asyncio.run(_send_all(provider, requests, settings, seconds))


async def _send_all(provider: Watched, requests: Sequence[Request], settings: ProviderSettings, seconds: float) -> None:
    transport = Transport(_settings_with(provider.declaration.slug, settings))
    sent = (transport.send(provider, request, time.monotonic() + seconds) for request in requests)
    try:
        await asyncio.gather(*sent, return_exceptions=True)
    finally:
        await transport.close()


def _settings_with(slug: str, settings: ProviderSettings) -> Settings:
    return Settings(  # pyright: ignore[reportCallIssue]
        providers={slug: settings}, pace_per_second=_FAST, body_limit_bytes=1_000_000
    )
