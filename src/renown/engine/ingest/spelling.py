"""How accounts are spelt in the working file: as the store's keys, `twitter:pirelliuk`."""

import re
from collections.abc import Iterable

from renown.claims import NETWORKS, account_key
from renown.errors import BadRequest

# Method and identifier as in W3C DID Core, as far as Bluesky has them.
_DID = re.compile(r"did:[a-z]+:[\w.:%-]{1,200}", re.ASCII)


def spelt(name: str, network: str) -> str | None:
    """The account of a name on a network, which the name itself may carry (`twitter:PirelliUK`); None if it is none.

    On Bluesky an account may be a DID.
    """
    named, colon, rest = name.strip().partition(":")
    if colon and named.lower() in NETWORKS:
        network, name = named.lower(), rest
    if network == "bluesky" and _DID.fullmatch(name):
        return f"bluesky:{name}"
    try:
        return account_key(network, name)
    except BadRequest:
        return None


def spellings(names: Iterable[str], network: str) -> tuple[list[str], list[str]]:
    """The names that are accounts', and how each is spelt."""
    found = {name: account for name in names if (account := spelt(name, network)) is not None}
    return list(found), list(found.values())
