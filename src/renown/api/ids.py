"""Global object identification: an id names a type and a key, and is opaque to clients."""

from base64 import urlsafe_b64decode
from binascii import b2a_base64
from collections.abc import Iterable
from functools import lru_cache

import strawberry

from renown.errors import BadRequest

_URL_SAFE = bytes.maketrans(b"+/", b"-_")
_KEPT = 20_000  # of one answer's hundreds of ids most were in the last one too


@lru_cache(maxsize=_KEPT)
def encode_id(of_type: str, key: str) -> strawberry.ID:
    """The id of a node."""
    return _encoded(f"{of_type}:{key}")


def encode_ids(of_type: str, keys: Iterable[str]) -> list[strawberry.ID]:
    """The ids of nodes that nobody is likely to ask for again: they are not kept."""
    return [_encoded(f"{of_type}:{key}") for key in keys]


def decode_id(id_: str) -> tuple[str, str]:
    """The type and key in an id.

    Raises:
        BadRequest: it is not one of ours (code BAD_ID).
    """
    try:
        of_type, colon, key = urlsafe_b64decode(id_ + "=" * (-len(id_) % 4)).decode().partition(":")
    except ValueError:
        of_type = colon = key = ""
    if not (of_type and colon and key and key.isprintable()):
        raise BadRequest(f"{id_[:40]!r} is not an id of this gateway.", "Pass on an id as it came.", code="BAD_ID")
    return of_type, key


def _encoded(text: str) -> strawberry.ID:
    return strawberry.ID(b2a_base64(text.encode(), newline=False).translate(_URL_SAFE, b"=").decode())
