"""The lock file of a ranking: enough to make it again and to see whether it comes out the same."""

import hashlib
import json
from dataclasses import dataclass

from renown.gateway.paging import encode_cursor
from renown.gateway.ranking import Ranked


@dataclass(frozen=True, slots=True)
class Lock:
    """`content` is JSON, the same bytes for the same ranking; `digest` its sha256, hex; `token` finds it again."""

    content: bytes
    digest: str
    token: str


def lock(ranked: Ranked) -> Lock:
    """The lock of a whole ranking: snapshot, recipe, filter, and each place with its value and source claims."""
    standings = ranked.standings
    rows = ranked.candidates[ranked.ranking.rows].tolist()
    content = json.dumps(
        {
            "snapshot": standings.snapshot,
            "recipe": ranked.recipe.canonical,
            "filter": json.loads(ranked.filter.canonical),
            "entries": [
                {
                    "place": int(place),
                    "voice": standings.voices[row],
                    "value": float(value),
                    "claims": [id_ for id_ in standings.claims[row].tolist() if id_],
                }
                for row, place, value in zip(rows, ranked.ranking.places, ranked.values, strict=True)
            ],
        },
        sort_keys=True,
        ensure_ascii=False,
        separators=(",", ":"),
    ).encode()
    token = encode_cursor(standings.snapshot, ranked.recipe.hash, ranked.filter.canonical)
    return Lock(content, hashlib.sha256(content).hexdigest(), token)
