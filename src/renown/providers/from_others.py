"""The contract of a derived provider that weighs what others say of a subject by their own scores."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Protocol, runtime_checkable

from renown.claims import Absence, Claim, Metric
from renown.providers.contract import Derived

NOBODY: "Mapping[str, Sequence[Scored]]" = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Scored:
    """A score that is held, and its metric."""

    metric: Metric
    claim: Claim


@runtime_checkable
class DerivedFromOthers(Derived, Protocol):
    """A derived provider whose `needs` are vouches, and which wants to know what the vouchers are scored.

    `derive` is handed all that were observed within `reads_back`, not only the latest. The scores are those that a
    recipe with equal weights counts, but for what was itself derived from others: no circle closes.
    """

    @property
    def reads_back(self) -> timedelta:
        """How old a claim may be to be read."""
        ...

    def others(self, claims: Sequence[Claim]) -> Collection[str]:
        """The accounts, by key, whose scores it wants beside a subject's claims."""
        ...

    def derive(
        self, subject: str, claims: Sequence[Claim], now: datetime, others: Mapping[str, Sequence[Scored]] = NOBODY
    ) -> tuple[Claim, ...] | Absence:
        """As for any derived provider; `others` gives the scores of the accounts it asked for, by key."""
        ...
