"""Reading replies: what a status says, what a body holds.

Klout and PeerIndex stood behind the Mashery gateway, which answers for a bad key, a used-up quota and an unknown path
itself: by status 403 or 596, a code in `X-Mashery-Error-Code`, and by default a one-line page instead of JSON.
"""

import re
import reprlib
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import msgspec

from renown.claims import Account, Metric, topic_field
from renown.claims.record import parse_time
from renown.errors import InvalidReply, KeyRefused, ProviderFailure, QuotaExhausted, RateLimited, Unreachable
from renown.providers.contract import Reply

_MASHERY_CODES: dict[str, type[ProviderFailure]] = {
    "ERR_403_DEVELOPER_INACTIVE": KeyRefused,
    "ERR_403_DEVELOPER_OVER_RATE": QuotaExhausted,
    "ERR_403_DEVELOPER_OVER_QPS": RateLimited,
    "ERR_596_SERVICE_NOT_FOUND": InvalidReply,
}
_MASHERY_PAGES: dict[bytes, type[ProviderFailure]] = {
    b"developer inactive": KeyRefused,
    b"developer over rate": QuotaExhausted,
    b"developer over qps": RateLimited,
}
_SENTENCES: dict[type[ProviderFailure], tuple[str, str]] = {
    KeyRefused: ("{name} refused the key (status {status}).", "Check the provider's key in the settings."),
    QuotaExhausted: ("{name}'s quota of calls is used up (status {status}).", ""),
    RateLimited: ("{name} was asked too often in one second (status {status}).", ""),
    Unreachable: ("{name} is in trouble (status {status}).", ""),
    InvalidReply: ("{name} answered with status {status}.", "Check the provider's base URL in the settings."),
}

_NUMBER = re.compile(r"[+-]?\d{1,20}(\.\d{1,30})?([eE][+-]?\d{1,3})?", re.ASCII)
_LARGEST = 2**53  # beyond it JSON numbers lose digits on their way through floats
_DEEPEST = 32
_LONGEST_WAIT = timedelta(days=7)


def refuse_errors(reply: Reply, name: str, *, forbidden: type[ProviderFailure] = KeyRefused) -> None:
    """Let a success pass; raise what any other status means.

    `forbidden` is what a 403 without Mashery's code means to this provider. A 404 is the adapter's to read first.

    Raises:
        ProviderFailure: the subclass that fits, with `retry_at` where the provider gave one.
    """
    kind = _mashery_verdict(reply) or _status_verdict(reply.status, forbidden)
    if kind is not None:
        sentence, next_step = _SENTENCES[kind]
        raise kind(sentence.format(name=name, status=reply.status), next_step, retry_at=_retry_at(kind, reply))


def is_server_trouble(status: int) -> bool:
    """Whether a status says that the server failed. Mashery's 596 does not: it says that the path is unknown."""
    return 500 <= status <= 511


def retry_after(headers: Mapping[str, str], now: datetime) -> datetime | None:
    """The moment `Retry-After` names, by seconds or by date; at most a week ahead, None where it names none."""
    text = headers.get("retry-after", "").strip()
    if text.isascii() and text.isdigit():
        return now + (timedelta(seconds=int(text)) if len(text) < 7 else _LONGEST_WAIT)
    try:
        moment = parsedate_to_datetime(text)
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, TypeError, OverflowError):
        return None
    return _ahead(moment, now)


def resets_at(headers: Mapping[str, str], name: str, now: datetime) -> datetime | None:
    """The moment a rate-limit header names, in seconds since the epoch or in ISO 8601; bounded as `retry_after`."""
    named = headers.get(name, "").strip()
    try:
        return _ahead(datetime.fromtimestamp(int(named), UTC) if named.isdecimal() else parse_time(named), now)
    except (ValueError, OverflowError, OSError):
        return None


def decode(reply: Reply, name: str) -> Any:
    """The JSON of a body.

    Raises:
        InvalidReply: it is empty, not JSON, or nested deeper than any reply on record.
    """
    body = reply.body.strip()
    if not body:
        raise InvalidReply(f"{name} sent an empty reply.")
    try:
        tree = msgspec.json.decode(body)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        found = "a web page" if body.startswith(b"<") else "something else"
        raise InvalidReply(f"{name} sent {found} where JSON was promised.") from None
    if _depth(tree) > _DEEPEST:
        raise InvalidReply(f"{name} sent JSON nested deeper than {_DEEPEST} levels.")
    return tree


def at(tree: Any, *path: str) -> Any:
    """What stands under these keys, or None where the path leads nowhere."""
    for key in path:
        tree = tree.get(key) if isinstance(tree, dict) else None
    return tree


def items(tree: Any) -> list[Any]:
    """The tree itself if it is a list, else an empty one."""
    return tree if isinstance(tree, list) else []


def text(value: Any) -> str | None:
    """A text without blank ends; None for anything else, a blank one, and one with a NUL, which no store takes."""
    return (value.strip() or None) if isinstance(value, str) and "\0" not in value else None


def topic_of(value: Any) -> str | None:
    """The field of a topic, given its name; None where there is no letter or digit to name it by."""
    name = text(value)
    return topic_field(name) if name and any(c.isalnum() for c in name.casefold()) else None


def number(value: Any) -> int | float | None:
    """A finite number of at most 2^53, also one written as text; None for anything else."""
    if isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
        value = float(value) if set(value) & set(".eE") else int(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value if -_LARGEST <= value <= _LARGEST else None


def measured(metric: Metric, raw: Any) -> int | float | None:
    """A provider's number for a metric, untouched; None where it gave none.

    Raises:
        InvalidReply: it is not a number, or off the metric's scale.
    """
    if raw is None:
        return None
    value = number(raw)
    if value is None or not metric.scale.admits(value):
        raise InvalidReply(f"The provider gave {metric.field} as {reprlib.repr(raw)}, which is not on its scale.")
    return value


def screen_name(account: Account) -> str:
    """The handle as providers want it: the owner's spelling, without @."""
    return account.handle.strip().removeprefix("@")


def _ahead(moment: datetime, now: datetime) -> datetime:
    return min(max(moment, now), now + _LONGEST_WAIT)


def _mashery_verdict(reply: Reply) -> type[ProviderFailure] | None:
    kind = _MASHERY_CODES.get(reply.headers.get("x-mashery-error-code", "").strip())
    page = reply.body[:200].lower()
    if kind is None and page.lstrip().startswith(b"<"):
        kind = next((kind for words, kind in _MASHERY_PAGES.items() if words in page), None)
    return kind


def _status_verdict(status: int, forbidden: type[ProviderFailure]) -> type[ProviderFailure] | None:
    if 200 <= status < 300:
        return None
    if is_server_trouble(status):
        return Unreachable
    return {401: KeyRefused, 403: forbidden, 429: RateLimited}.get(status, InvalidReply)


def _retry_at(kind: type[ProviderFailure], reply: Reply) -> datetime | None:
    named = retry_after(reply.headers, reply.received_at)
    if named is None and kind is QuotaExhausted:
        # Klout and PeerIndex both counted their day in UTC.
        today = reply.received_at.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        return today + timedelta(days=1)
    return named if kind in (QuotaExhausted, RateLimited, Unreachable) else None


def _depth(tree: Any) -> int:
    depth, layer = 0, [tree]
    while layer and depth <= _DEEPEST:
        depth += 1
        nested = [item for item in layer if isinstance(item, dict | list)]
        layer = [child for item in nested for child in (item.values() if isinstance(item, dict) else item)]
    return depth
