"""Providers that have no API: a declaration, so that archived figures have a provider to be claims of."""

from typing import ClassVar

from renown.providers.contract import Declaration
from renown.settings import ProviderSettings


class NeverAsked:
    """The base of such a provider: its subclass gives the declaration."""

    adapter: ClassVar[str]
    declaration: ClassVar[Declaration]

    def __init__(self, settings: ProviderSettings) -> None:
        """Takes the provider's settings, as every factory does; there is nothing to set."""
