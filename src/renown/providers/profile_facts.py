"""Facts about a profile, as networks and archives give them: counts that are declared as metrics and kept as fields.

They are facts, not a score: a provider of them has no primary metric.
"""

from collections.abc import Mapping
from typing import Any

from renown.claims import Account, Metric, Scale
from renown.errors import InvalidReply
from renown.providers.contract import Declaration
from renown.providers.wire import measured, screen_name

_MEANINGS = {
    "followers": ("Followers", "How many accounts follow the voice."),
    "following": ("Following", "How many accounts the voice follows."),
    "listed": ("Listed", "On how many public lists the voice is."),
    "posts": ("Posts", "How many posts the voice has published."),
}


def count_metrics(provider: str, *counts: str) -> tuple[Metric, ...]:
    """The metrics of a provider of these counts, each one of `claims.fields.PROFILE_COUNTS`."""
    return tuple(Metric(provider, slug, _MEANINGS[slug][0], Scale(0, None), _MEANINGS[slug][1]) for slug in counts)


def counted(declaration: Declaration, given: Mapping[str, Any]) -> dict[str, int | None]:
    """The counts a reply gives, by profile field; None where it gives none.

    Raises:
        InvalidReply: one is not a whole number from 0 up.
    """
    return {metric.slug: whole(metric, given.get(metric.slug)) for metric in declaration.metrics}


def whole(metric: Metric, raw: Any) -> int | None:
    """A count as a provider gives it; None where it gives none.

    Raises:
        InvalidReply: it is not a whole number, or off the metric's scale.
    """
    value = measured(metric, raw)
    if value is not None and value != int(value):
        raise InvalidReply(f"The provider gave {metric.field} as {value!r}, which is not a whole number.")
    return None if value is None else int(value)


def require_about(account: Account, handle: str | None, name: str) -> None:
    """Let a reply pass whose handle is the one asked about, whatever its capitals.

    Raises:
        InvalidReply: it is about somebody else, or about nobody.
    """
    if handle is None or handle.removeprefix("@").casefold() != screen_name(account).casefold():
        raise InvalidReply(f"{name} was asked about {account.handle}, but its reply is not about them.")
