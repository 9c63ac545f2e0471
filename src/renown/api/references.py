"""The frozen reference: what scores are compared with, and how far each provider is believed."""

from datetime import datetime

import strawberry

from renown import scoring
from renown.api.context import Info
from renown.api.describe import object_type, plain, resolver
from renown.claims import parse_time
from renown.gateway import Standings


@object_type
class ScaleTable:
    """How one provider's scale, in one era of it, lies on the common population."""

    provider: str = plain("The provider's slug.")
    since: str | None = plain("The first day of the era (ISO 8601); null for the first.")
    voices: int = plain("From how many voices' scores it was built; 0 for a published table.")
    anchors: int = plain("How many of them others know as well: through these it is equated.")
    error: float | None = plain("Standard error of the equating, in points of percentile; null where not equated.")
    reliability: float | None = plain("How closely it follows what all have in common, 0-1; null with no part in it.")
    statement: str = plain("How a score gets its place, in words.")
    source: str = plain("What it was built from: scores held at a change, or a citation.")


@object_type
class FrozenReference:
    """A frozen, versioned reference. It changes only when it is built anew, so nobody's arrival moves another."""

    reference: strawberry.Private[scoring.FrozenReference]

    @resolver
    def version(self) -> str:
        """The sha256 of its canonical JSON."""
        return self.reference.version

    @resolver
    def built_at(self) -> datetime:
        """When it was built, or the moment whose scores it was built from."""
        return parse_time(self.reference.built_at)

    @resolver
    def voices(self) -> int:
        """From how many voices it was built."""
        return self.reference.voices

    @resolver
    def independent_sources(self) -> float | None:
        """How many independent witnesses its providers are worth, as they share networks; null with no consensus."""
        consensus = self.reference.consensus
        return None if consensus is None else consensus.sources

    @resolver
    def statement(self) -> str:
        """The same in sentences: how many providers, how many independent, where their reliabilities are from."""
        return self.reference.statement

    @resolver
    def tables(self) -> list[ScaleTable]:
        """One for each provider and era."""
        consensus = self.reference.consensus
        return [
            ScaleTable(
                provider=each.provider,
                since=each.since,
                voices=each.voices,
                anchors=each.anchors,
                error=each.error,
                reliability=None if consensus is None else consensus.loading(each.provider),
                statement=each.statement,
                source=each.source,
            )
            for each in self.reference.tables
        ]


def reference_of(standings: Standings) -> FrozenReference | None:
    """The reference in force in a snapshot."""
    return None if standings.reference is None else FrozenReference(reference=standings.reference)


async def current_reference(info: Info) -> FrozenReference | None:
    """The reference in force now."""
    return reference_of(await info.context.gateway.snapshots.current())
