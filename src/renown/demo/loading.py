"""Loads the published figures that are shipped. What they are, and whence, stands in this folder's README."""

from dataclasses import dataclass
from importlib.resources import files

from renown.errors import BadImport
from renown.gateway import Gateway
from renown.providers import Import, read_table

QUESTION = "top UK automotive voices"
STATEMENT = (
    "Two published tables: August 2012 (tyre brands: Klout and PeerIndex) and April 2013 (PeerIndex and public counts, "
    "of which Renown makes its profile score). Voices of the two groups are comparable by PeerIndex alone. Klout's "
    "scale changed in August 2012. Kred has no published figure for anybody here. Nothing in the demo's figures is "
    "synthetic, estimated or filled in."
)

_TABLES = ("uk_tyres_2012.csv", "uk_voices_2013.csv", "declarations.csv")


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many claims were given to the gateway, on how many voices."""

    claims: int
    voices: int


async def load_demo(gateway: Gateway) -> Loaded:
    """Keeps the demo's figures. What is held already stays as it is, so it may be loaded twice.

    Raises:
        BadImport: a provider of the figures is not loaded here.
    """
    tables = [_read(name, gateway) for name in _TABLES]
    claims = [claim for table in tables for claim in table.claims]
    accounts = {account.key: account for table in tables for account in table.accounts}
    await gateway.keep(claims, list(accounts.values()))
    return Loaded(len(claims), len(accounts))


def _read(name: str, gateway: Gateway) -> Import:
    table = read_table((files("renown.demo") / name).read_bytes(), name, gateway.registry, gateway.now())
    if table.refusals:
        raise BadImport(
            f"The demo's table {name} cannot be read here.", "Run `renown doctor`.", refusals=table.refusals
        )
    return table
