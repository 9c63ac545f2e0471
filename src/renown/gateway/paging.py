"""Cursors and pages. A cursor names its snapshot, so that the pages of one walk fit together."""

import hashlib
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from typing import Any

from renown.errors import BadCursor, BadPage

_LARGEST = 2**63 - 1  # the largest whole number a database takes
_json = json.JSONEncoder(separators=(",", ":")).encode


def encode_cursor(*parts: str | int) -> str:
    """Opaque text for what a page needs to go on."""
    return urlsafe_b64encode(_json(parts).encode()).decode().rstrip("=")


def decode_cursor(cursor: str, *types: type) -> list[Any]:
    """What `encode_cursor` was given.

    Raises:
        BadCursor: it is no cursor of this kind.
    """
    try:
        parts = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, RecursionError):
        raise bad_cursor(cursor) from None
    if not isinstance(parts, list) or [type(part) for part in parts] != list(types):
        raise bad_cursor(cursor)
    if any(isinstance(part, int) and abs(part) > _LARGEST for part in parts):
        raise bad_cursor(cursor)
    return parts


def bad_cursor(cursor: str) -> BadCursor:
    """The error for a cursor that is none, or belongs to another question."""
    return BadCursor(
        f"{cursor[:40]!r} is not a cursor of this connection.",
        "Leave `after` out to begin anew, or pass on an `endCursor` as it came.",
    )


def check_page(first: int | None, default: int, most: int) -> int:
    """How many are asked for on one page.

    Raises:
        BadPage: fewer than 1 or more than a page holds.
    """
    wanted = default if first is None else first
    if not 1 <= wanted <= most:
        raise BadPage(
            f"A page holds 1 to {most}, and {wanted} were asked for.",
            f"Ask for `first: {min(max(wanted, 1), most)}` and go on with `after`.",
        )
    return wanted


def fingerprint(*texts: str) -> str:
    """Eight hex digits that tell one question from another."""
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:8]


@dataclass(frozen=True, slots=True)
class Page:
    """Which positions of a whole a page holds."""

    start: int
    stop: int
    total: int

    @classmethod
    def after(cls, position: int, wanted: int, total: int) -> "Page":
        """The page that begins after `position` (-1: at the beginning)."""
        start = min(position + 1, total)
        return cls(start, min(start + wanted, total), total)
