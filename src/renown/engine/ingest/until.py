"""When a source without an end is left."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Until:
    """After so many seconds, or once so many messages or statuses came; None for never."""

    seconds: float | None = None
    count: int | None = None

    def part(self, came: int) -> float | None:
        """How much of it so many are (0-1); None where there is no such end."""
        return None if self.count is None else min(1.0, came / self.count)
