"""Twitter: never asked. It is here so that archived counts of public profiles have a provider to be claims of."""

from renown.providers.contract import Declaration
from renown.providers.never_asked import NeverAsked
from renown.providers.profile_facts import count_metrics


class Twitter(NeverAsked):
    """Public profile counts from archives. They are facts about a profile, not a score: no primary metric."""

    adapter = "twitter@1"
    declaration = Declaration(
        slug="twitter",
        name="Twitter",
        metrics=count_metrics("twitter", "followers", "following", "listed", "posts"),
        primary=None,
        attribution="Public profile on Twitter",
    )
