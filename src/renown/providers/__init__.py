"""The contract, the transport, and one small module per provider and API generation.

`renown.providers.transport` is not imported here: only who really asks upstream needs its HTTP client.
"""

from renown.providers.archive import read_figures
from renown.providers.asking import Answer, ask
from renown.providers.contract import Asked, Declaration, Derived, Factory, Provider, Reading, Reply, Request
from renown.providers.countries import country_code
from renown.providers.declared import read_declarations
from renown.providers.importing import read_table
from renown.providers.limits import pace_of, quota_of
from renown.providers.registry import ProviderState, Registry
from renown.providers.tables import Import

__all__ = [
    "Answer",
    "Asked",
    "Declaration",
    "Derived",
    "Factory",
    "Import",
    "Provider",
    "ProviderState",
    "Reading",
    "Registry",
    "Reply",
    "Request",
    "ask",
    "country_code",
    "pace_of",
    "quota_of",
    "read_declarations",
    "read_figures",
    "read_table",
]
