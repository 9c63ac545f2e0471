"""How single values are written for people: numbers, moments, absences."""

from collections.abc import Iterable
from datetime import datetime, time

from renown.claims import Absence, Claim, Value


def number(value: Value) -> str:
    """A value as its source gave it; a whole number without the .0 that floating point adds."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def moment(at: datetime) -> str:
    """A day, with the time where it is not midnight."""
    return at.strftime("%Y-%m-%d" if at.time() == time() else "%Y-%m-%d %H:%M UTC")


def span(moments: Iterable[datetime]) -> str:
    """From the first day to the last."""
    days = sorted({at.date().isoformat() for at in moments})
    return days[0] if len(days) == 1 else f"{days[0]} to {days[-1]}"


def score(found: Claim | Absence) -> str:
    """The provider's own value, or in a word why there is none."""
    return number(found.value) if isinstance(found, Claim) else found.reason.lower().replace("_", " ")


def count(how_many: int, noun: str) -> str:
    """`1 voice`, `1,200 voices`."""
    return f"{how_many:,} {noun}" if how_many == 1 else f"{how_many:,} {noun}s"
