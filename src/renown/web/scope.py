"""For whom an answer is made. What is kept for one scope is never given to another.

There are no keys yet: everybody is anonymous. The scope is taken here and nowhere else, so that a key, once there is
such a thing, changes this module alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass

PATHS_HEADER = b"x-renown-provenance"
VARY = b"Accept, Authorization, X-Renown-Provenance"

_ANONYMOUS = "anonymous"


@dataclass(frozen=True, slots=True)
class Scope:
    """Who asks, and whether the answer is to carry the claim behind every path.

    `who` is None for a client that says who it is, which means nothing here: nothing is kept for it, nor given to it.
    """

    who: str | None
    with_paths: bool


_SCOPES = {
    (known, paths): Scope(None if known else _ANONYMOUS, paths) for known in (False, True) for paths in (False, True)
}


def scope_of(headers: Mapping[bytes, bytes]) -> Scope:
    """The scope of a request with these headers (names in lower case)."""
    return _SCOPES[b"authorization" in headers, headers.get(PATHS_HEADER, b"0") not in {b"", b"0"}]
