"""How often a provider may be asked: as it declares, where the settings do not say otherwise."""

from renown.providers.contract import Declaration
from renown.settings import Settings


def pace_of(declaration: Declaration, settings: Settings) -> float:
    """Calls a second."""
    given = settings.provider(declaration.slug).pace
    return min(declaration.pace, settings.pace_per_second) if given is None else given


def quota_of(declaration: Declaration, settings: Settings) -> int | None:
    """Calls a day (UTC), or None where there is no limit."""
    given = settings.provider(declaration.slug).quota
    return declaration.quota if given is None else given
