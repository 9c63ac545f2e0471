"""Asking one provider about accounts, for a single query and for a list of thousands alike."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING

import structlog

from renown.claims import Absence, AbsenceReason, Account, Claim
from renown.providers import Answer, Asked, ask
from renown.providers.allowance import Allowance
from renown.settings import Settings
from renown.store import Store

if TYPE_CHECKING:
    from renown.providers.transport import Transport

_log = structlog.get_logger(__name__)

# The provider answered, and this is its answer: not a failure to be tried again soon.
SETTLED = frozenset({AbsenceReason.UNKNOWN_TO_PROVIDER, AbsenceReason.NO_SCORE_YET, AbsenceReason.MASKED})


class Upstream:
    """Asks with the ids that are held, and remembers who fails. The transport is made for the first question."""

    def __init__(self, store: Store, settings: Settings, *, allowance: Allowance, now: Callable[[], datetime]) -> None:
        self._store = store
        self._settings = settings
        self._allowance = allowance
        self._now = now
        self.failing: dict[str, Absence] = {}
        """The last failure of each provider that has not answered since."""

    @cached_property
    def _transport(self) -> "Transport":
        from renown.providers.transport import Transport  # aiohttp is slow to import

        return Transport(self._settings, allowance=self._allowance, now=self._now)

    def prepare(self) -> None:
        """Load the HTTP client, so that the first question need not wait for it."""
        import_module("renown.providers.transport")

    async def close(self) -> None:
        """Let go of every connection."""
        if "_transport" in self.__dict__:
            await self._transport.close()

    async def ask(
        self,
        provider: Asked,
        accounts: Sequence[Account],
        deadline: float,
        held: Mapping[str, Sequence[Claim]] | None = None,
    ) -> Answer:
        """Ask about these accounts, until a deadline (monotonic). Failures come back as absences.

        `held` are the latest claims on each account, by its key; they are read where they are not given.
        """
        if held is None:
            held = await self._store.latest([account.key for account in accounts])
        ids = self._identities(held)
        slug = provider.declaration.slug
        known = {key: id_ for (key, source), id_ in ids.items() if source == slug}
        told = [replace(account, id=ids.get((account.key, account.network))) for account in accounts]
        return await ask(provider, told, known, self._transport, deadline, self._now)

    def note(self, provider: Asked, absence: Absence | None) -> None:
        """Remember how a provider answered; no absence means that it brought what was asked for."""
        slug = provider.declaration.slug
        if absence is None or absence.reason in SETTLED:
            self.failing.pop(slug, None)
        else:
            self.failing[slug] = absence
            _log.warning("a provider gave no answer", provider=slug, reason=str(absence.reason))

    def is_fresh(self, claim: Claim) -> bool:
        """A frozen figure is no reason not to ask a provider that can be asked."""
        return not claim.provenance.frozen and claim.provenance.freshness_at(self._now()) == "FRESH"

    def _identities(self, held: Mapping[str, Sequence[Claim]]) -> dict[tuple[str, str], str]:
        """The ids that are held, by account key and by the provider or network whose id it is."""
        return {
            (subject, claim.field.removesuffix(".id")): str(claim.value)
            for subject, claims in held.items()
            for claim in claims
            if claim.field.endswith(".id") and self.is_fresh(claim)
        }


def answer_in(provider: Asked, claims: Sequence[Claim]) -> Claim | None:
    """The claim by whose freshness a provider need not be asked: its score; of a source of facts, the newest fact."""
    declaration = provider.declaration
    if metric := declaration.primary_metric:
        return next((claim for claim in claims if claim.field == metric.field), None)
    facts = [claim for claim in claims if claim.provenance.provider == declaration.slug]
    # An imported figure may bear a later date, and is no answer.
    return max(facts, key=lambda claim: (not claim.provenance.frozen, claim.provenance.observed_at), default=None)
