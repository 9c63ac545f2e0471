"""The contract, the transport, and one small module per provider and API generation.

`renown.providers.transport` is not imported here: only who really asks upstream needs its HTTP client.
"""

from renown.providers.archive import read_figures
from renown.providers.asking import Answer, ask
from renown.providers.contract import (
    Asked,
    Declaration,
    Derived,
    Factory,
    Identity,
    Link,
    Provider,
    Reading,
    Reply,
    Request,
)
from renown.providers.countries import country_code
from renown.providers.declared import read_declarations
from renown.providers.from_others import DerivedFromOthers, Scored
from renown.providers.importing import read_table
from renown.providers.limits import pace_of, quota_of
from renown.providers.registry import ProviderState, Registry
from renown.providers.tables import Import
from renown.providers.vouches import read_vouches

__all__ = [
    "Answer",
    "Asked",
    "Declaration",
    "Derived",
    "DerivedFromOthers",
    "Factory",
    "Identity",
    "Import",
    "Link",
    "Provider",
    "ProviderState",
    "Reading",
    "Registry",
    "Reply",
    "Request",
    "Scored",
    "ask",
    "country_code",
    "pace_of",
    "quota_of",
    "read_declarations",
    "read_figures",
    "read_table",
    "read_vouches",
]
