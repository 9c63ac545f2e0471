"""A provider whose API had several generations: its settings say which one to speak."""

from collections.abc import Mapping
from dataclasses import dataclass

from renown.errors import CannotServe
from renown.providers.contract import Factory, Provider
from renown.settings import ProviderSettings


@dataclass(frozen=True, slots=True)
class Generations:
    """A factory: makes the adapter of the generation that the setting `api` names, or else the first.

    `adapters` has the generations by name. They share one slug, and so one provider's claims.
    """

    slug: str
    adapters: Mapping[str, Factory]

    def __call__(self, settings: ProviderSettings) -> Provider:
        """The adapter asked for.

        Raises:
            CannotServe: there is no such generation.
        """
        wanted = next(iter(self.adapters)) if settings.api is None else settings.api.strip().lower()
        if wanted not in self.adapters:
            raise CannotServe(
                f"There is no generation {wanted!r} of the API of {self.slug}.",
                f"Set RENOWN_PROVIDERS__{self.slug.upper()}__API to one of {', '.join(sorted(self.adapters))}.",
            )
        return self.adapters[wanted](settings)
