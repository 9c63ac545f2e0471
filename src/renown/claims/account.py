"""Accounts: where a voice speaks."""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import quote

from renown.errors import BadRequest

_LONGEST_HANDLE = 100
_KEYS_KEPT = 20_000
_NUMBER = re.compile(r"[0-9]{1,25}")


@dataclass(frozen=True, slots=True)
class _Network:
    """`page` is a handle's public page; `form` what a handle looks like, where that is more than a name."""

    page: str
    example: str
    form: re.Pattern[str] | None = None


# The keys are the networks that are known; the first is the one meant where none is named.
_NETWORKS = {
    "twitter": _Network("https://twitter.com/{handle}", "PirelliUK"),
    "bluesky": _Network(
        "https://bsky.app/profile/{handle}", "bsky.app", re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+", re.ASCII)
    ),
    "github": _Network("https://github.com/{handle}", "octocat", re.compile(r"[a-z0-9_-]+(\[bot\])?", re.ASCII)),
    # Without its host a handle would be somebody else on every instance.
    "mastodon": _Network(
        "https://{host}/@{user}", "Gargron@mastodon.social", re.compile(r"[a-z0-9_.-]+@[\w-]+(\.[\w-]+)+")
    ),
    "youtube": _Network("https://www.youtube.com/@{handle}", "GoogleDevelopers"),
    # These two by the network's number of the account, as Klout knew them. Instagram shows no page by number.
    "google-plus": _Network("https://plus.google.com/{handle}", "112620727907435773834", _NUMBER),
    "instagram": _Network("https://www.instagram.com/", "816029", _NUMBER),
}
NETWORKS = tuple(_NETWORKS)


@lru_cache(maxsize=_KEYS_KEPT)
def account_key(network: str, handle: str) -> str:
    """The subject of claims on an account: `twitter:pirelliuk`. Handles are compared case-folded, without @.

    Raises:
        BadRequest: the handle is empty, too long, holds a space or control character, or is none on this network.
    """
    network, bare = network.strip().lower(), _bare(handle)
    if not bare or len(bare) > _LONGEST_HANDLE or " " in bare or not bare.isprintable():
        raise BadRequest(
            f"{handle[:40]!r} is not a handle.",
            f"Give a name of 1 to {_LONGEST_HANDLE} characters without spaces, for example 'PirelliUK'.",
            code="BAD_HANDLE",
        )
    known, folded = _NETWORKS.get(network), bare.casefold()
    if known and known.form and not known.form.fullmatch(folded):
        raise BadRequest(
            f"{handle[:40]!r} is not a handle on {network}.", f"Give one like {known.example!r}.", code="BAD_HANDLE"
        )
    return f"{network}:{folded}"


@dataclass(frozen=True, slots=True)
class Account:
    """A handle on a network, in the owner's own spelling.

    `id` is the network's own id of it, where a claim `<network>.id` is held: it outlives a change of handle.
    """

    network: str
    handle: str
    id: str | None = field(default=None, compare=False)

    @property
    def key(self) -> str:
        """The subject under which claims on this account are kept."""
        return account_key(self.network, self.handle)

    @property
    def url(self) -> str:
        """The account's public page."""
        known = _NETWORKS.get(self.network)
        bare = _bare(self.handle)
        user, _, host = bare.partition("@")
        parts = {"handle": bare, "user": user, "host": host}
        page = known.page if known else "https://{handle}"
        return page.format(**{name: quote(part, safe="") for name, part in parts.items()})


def _bare(handle: str) -> str:
    return handle.strip().removeprefix("@")
