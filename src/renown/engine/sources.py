"""What a derived claim takes over from the sources of its inputs."""

from collections.abc import Iterable
from datetime import datetime

from renown.claims import Provenance


def earliest(moments: Iterable[datetime | None]) -> datetime | None:
    """The first of those that are given; None where none is."""
    return min((moment for moment in moments if moment is not None), default=None)


def attributions(sources: Iterable[Provenance]) -> str | None:
    """What must be shown beside the value, each attribution once; None where no source asks for any."""
    return "; ".join(dict.fromkeys(source.attribution for source in sources if source.attribution)) or None
