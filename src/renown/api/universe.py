"""Who was looked at for a ranking, and who was left out."""

import strawberry

from renown.api.describe import object_type, plain, resolver
from renown.gateway import Ranked


@object_type
class Exclusion:
    """How many were left out, for one reason."""

    reason: str = plain("The reason; the first that applies, in the order given.")
    count: int = plain("How many.")


@object_type
class Universe:
    """Who was looked at, who was left out and why."""

    ranked: strawberry.Private[Ranked]

    @resolver
    def considered(self) -> int:
        """How many voices are known in the snapshot."""
        return self.ranked.considered

    @resolver
    def excluded(self) -> list[Exclusion]:
        """Those left out, by reason. What was considered less these is what was ranked."""
        return [Exclusion(reason=left.reason, count=left.count) for left in self.ranked.excluded]

    @resolver
    def statement(self) -> str:
        """The same in a sentence that can be printed beside the list."""
        return universe_statement(self.ranked)


def universe_statement(ranked: Ranked) -> str:
    """Who was considered, in sentences that can be printed beside a list."""
    left = ranked.considered - len(ranked)
    return (
        f"{ranked.considered} voices were considered: every account entered here by name with a source, and nobody "
        f"from anyone's contacts. {len(ranked)} are ranked; {left} are left out, for the reasons given."
    )
