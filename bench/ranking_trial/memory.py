"""What a snapshot holds in memory, and the most that is held while the next one takes its place."""

from renown.gateway.standings import Standings


def kept_bytes(standings: Standings) -> int:
    return 0


def columns_of(standings: Standings) -> dict[str, float]:
    return {}


def swapped(standings: Standings) -> dict[str, float]:
    return {}
