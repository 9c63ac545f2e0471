"""Ids of claims that are computed when asked for: they say how to compute them again, and what came out.

    <snapshot>~<recipe>~<filter>                       a ranking (what its lock and its entries are named by)
    composite~<snapshot>~<recipe>~<filter>~<voice>~<value>
    normalised~<snapshot>~<recipe>~<filter>~<score's claim>~<value>
    change~<newer claim>~<older claim>
    standin~<field>~<account key>

`recipe` is the first 16 hex digits of the recipe's hash; `filter` is empty unless the recipe compares within a list.
Whoever computes it again and gets another value knows that a claim it was made of is gone.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass

_RECIPE_DIGITS = 16


@dataclass(frozen=True, slots=True)
class RankingLocator:
    """Where a whole ranking is found again. `filter` is canonical text."""

    snapshot: str
    recipe: str
    filter: str

    def __str__(self) -> str:
        wrapped = urlsafe_b64encode(self.filter.encode()).decode().rstrip("=")
        return f"{self.snapshot}~{self.recipe[:_RECIPE_DIGITS]}~{wrapped}"

    @classmethod
    def read(cls, text: str) -> "RankingLocator":
        """The locator in a text.

        Raises:
            ValueError: it is none.
        """
        snapshot, recipe, wrapped = text.split("~")
        return cls(snapshot, recipe, _unwrapped(wrapped))


@dataclass(frozen=True, slots=True)
class BlendLocator:
    """Where a `composite` of a voice, or a score `normalised`, is found again. `filter` is canonical text."""

    step: str
    snapshot: str
    recipe: str
    filter: str
    of: str
    value: str

    def __str__(self) -> str:
        return blend_id(self.step, str(RankingLocator(self.snapshot, self.recipe, self.filter)), self.of, self.value)


def blend_id(step: str, ranking: str, of: str, value: str) -> str:
    """The text of a locator, where that of its ranking is known."""
    return f"{step}~{ranking}~{of}~{value}"


@dataclass(frozen=True, slots=True)
class ChangeLocator:
    """A change between two stored claims, by their ids."""

    newer: str
    older: str

    def __str__(self) -> str:
        return f"change~{self.newer}~{self.older}"


@dataclass(frozen=True, slots=True)
class StandInLocator:
    """What stands in for a field of a voice of which nothing is said."""

    field: str
    voice: str

    def __str__(self) -> str:
        return f"standin~{self.field}~{self.voice}"


Locator = BlendLocator | ChangeLocator | StandInLocator


def is_locator(claim_id: str) -> bool:
    """Whether an id is a locator and not that of a stored claim."""
    return "~" in claim_id


def read_locator(text: str) -> Locator:
    """The locator in an id.

    Raises:
        ValueError: it is none.
    """
    step, _, rest = text.partition("~")
    match step:
        case "composite" | "normalised":
            snapshot, recipe, wrapped, of_and_value = rest.split("~", 3)
            of, _, value = of_and_value.rpartition("~")  # a handle may hold a tilde
            return BlendLocator(step, snapshot, recipe, _unwrapped(wrapped), of, value)
        case "change":
            return ChangeLocator(*_two(rest))
        case "standin":
            return StandInLocator(*_two(rest))
        case _:
            raise ValueError("no locator")


def _two(text: str) -> tuple[str, str]:
    first, second = text.split("~", 1)
    return first, second


def _unwrapped(wrapped: str) -> str:
    return urlsafe_b64decode(wrapped + "=" * (-len(wrapped) % 4)).decode()
