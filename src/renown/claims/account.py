"""Accounts: where a voice speaks."""

from dataclasses import dataclass

from renown.errors import BadRequest

# Each network's page for a handle. The keys are the networks that are known.
_PAGES = {
    "twitter": "https://twitter.com/{}",
}
NETWORKS = tuple(_PAGES)

_LONGEST_HANDLE = 100


def account_key(network: str, handle: str) -> str:
    """The subject of claims on an account: `twitter:pirelliuk`. Handles are compared case-folded, without @.

    Raises:
        BadRequest: the handle is empty, too long or holds a space or control character.
    """
    bare = handle.strip().removeprefix("@")
    if not bare or len(bare) > _LONGEST_HANDLE or any(c.isspace() or not c.isprintable() for c in bare):
        raise BadRequest(
            f"{handle[:40]!r} is not a handle.",
            f"Give a name of 1 to {_LONGEST_HANDLE} characters without spaces, for example 'PirelliUK'.",
            code="BAD_HANDLE",
        )
    return f"{network.strip().lower()}:{bare.casefold()}"


@dataclass(frozen=True, slots=True)
class Account:
    """A handle on a network, in the owner's own spelling."""

    network: str
    handle: str

    @property
    def key(self) -> str:
        """The subject under which claims on this account are kept."""
        return account_key(self.network, self.handle)

    @property
    def url(self) -> str:
        """The account's public page."""
        return _PAGES.get(self.network, "https://{}").format(self.handle)
