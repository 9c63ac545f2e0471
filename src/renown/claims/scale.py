"""What a provider measures, and on which scale."""

import math
from dataclasses import dataclass

from renown.errors import BadRequest


@dataclass(frozen=True, slots=True)
class Scale:
    """The declared range of a metric. `maximum` is None where the top is open."""

    minimum: float
    maximum: float | None
    higher_is_more: bool = True

    def admits(self, value: float) -> bool:
        """Whether a value lies on the scale."""
        return math.isfinite(value) and self.minimum <= value <= (math.inf if self.maximum is None else self.maximum)

    def require(self, value: float) -> float:
        """The value itself, if it lies on the scale.

        Raises:
            BadRequest: it does not (code OFF_SCALE).
        """
        if not self.admits(value):
            top = "any number" if self.maximum is None else f"{self.maximum:g}"
            raise BadRequest(
                f"{value!r} is off the scale {self.minimum:g} to {top}.",
                "Check the metric's name and its unit.",
                code="OFF_SCALE",
            )
        return value


@dataclass(frozen=True, slots=True)
class Metric:
    """One number a provider gives: `klout.score`, `peerindex.authority`, `twitter.followers`."""

    provider: str
    slug: str
    name: str
    scale: Scale
    meaning: str

    @property
    def field(self) -> str:
        """The field its claims carry."""
        return f"{self.provider}.{self.slug}"
