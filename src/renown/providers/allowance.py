"""Who says whether one more call may go out today."""

from typing import Protocol


class Allowance(Protocol):
    """Counts calls before they are made. Given to the transport by whoever keeps the count."""

    async def take(self, slug: str) -> None:
        """Count one call to this provider.

        Raises:
            QuotaExhausted: the day's calls are used up; `retry_at` is when the count begins anew.
        """
        ...


class Unlimited:
    """Counts nothing, allows everything."""

    async def take(self, slug: str) -> None:
        """Allow it."""
