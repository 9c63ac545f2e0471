"""Twitter: never asked. It is here so that archived counts of public profiles have a provider to be claims of."""

from renown.claims import Metric, Scale
from renown.providers.contract import Declaration
from renown.settings import ProviderSettings

_COUNTS = {
    "followers": ("Followers", "How many accounts follow the voice."),
    "following": ("Following", "How many accounts the voice follows."),
    "listed": ("Listed", "On how many public lists the voice is."),
    "posts": ("Posts", "How many posts the voice has published."),
}


class Twitter:
    """Public profile counts from archives. They are facts about a profile, not a score: no primary metric."""

    adapter = "twitter@1"
    declaration = Declaration(
        slug="twitter",
        name="Twitter",
        metrics=tuple(
            Metric("twitter", slug, name, Scale(0, None), meaning) for slug, (name, meaning) in _COUNTS.items()
        ),
        primary=None,
        attribution="Public profile on Twitter",
    )

    def __init__(self, settings: ProviderSettings) -> None:
        """Takes the provider's settings, as every factory does; there is nothing to set."""
