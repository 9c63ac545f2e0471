"""Tables of counts: who did something to whom, how often.

    {"PeterHain": {"SkyNews": 3, "PeterKenyon": 2}, ...}

Such a table knows neither what was done nor when. The kind is the file's name (`mentions.json`, `retweets.json`) unless
it is given. Each count becomes as many acts on the one day that the table is said to stand for, at seconds drawn from a
digest of actor, target and which of them it is: the same each time, in no order, and in no rhythm, for acts in one
second or evenly spaced would be taken for those of a machine. So nothing may be read from the moments; who reacted to
whom, and how often, is what the table says.
"""

import hashlib

from renown.engine.ingest.rows import Act, Rows, Unreadable

_DAY = 86_400
_MOST = 10_000

Counts = tuple[str, dict[str, int]]
"""An account, and how often it did something to each of the others."""


class CountedActs:
    """Acts of one kind on the day that begins at `day` (seconds since 1970, UTC)."""

    def __init__(self, kind: str, day: int) -> None:
        self._kind, self._day = kind, day

    def __call__(self, number: int, counts: Counts, rows: Rows) -> None:
        """As many acts as are counted. An account that is spelt in several ways is one."""
        actor, targets = counts
        together: dict[str, int] = {}
        for target, count in targets.items():
            if not 0 <= count <= _MOST:
                raise Unreadable(f"has a count below 0 or above {_MOST:,}")
            together[target.casefold()] = together.get(target.casefold(), 0) + count
        for target, count in together.items():
            moments = _drawn(f"{actor.casefold()} {target} {self._kind}", count)
            rows.acts += [Act(number, actor, target, self._kind, str(self._day + at)) for at in moments]


def _drawn(of: str, count: int) -> list[int]:
    """So many different seconds of a day."""
    drawn: dict[int, None] = {}
    which = 0
    while len(drawn) < count:
        digest = hashlib.blake2b(f"{of} {which}".encode(), digest_size=8).digest()
        drawn[int.from_bytes(digest, "big") % _DAY] = None
        which += 1
    return list(drawn)
