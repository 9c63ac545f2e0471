"""The lock file of a ranking: enough to make it again and to see whether it comes out the same."""

import hashlib
import json
from dataclasses import dataclass

from renown.errors import BadRequest, UnknownName
from renown.gateway.filtering import Filter
from renown.gateway.gateway import Gateway
from renown.gateway.locator import RankingLocator
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
                    "claims": [id_ for id_ in standings.claims[row, ranked.columns.at].tolist() if id_],
                }
                for row, place, value in zip(rows, ranked.ranking.places, ranked.values, strict=True)
            ],
        },
        sort_keys=True,
        ensure_ascii=False,
        separators=(",", ":"),
    ).encode()
    return Lock(content, hashlib.sha256(content).hexdigest(), token_of(ranked))


def token_of(ranked: Ranked) -> str:
    """What names a ranking: its snapshot, recipe and filter."""
    return str(RankingLocator(ranked.standings.snapshot, ranked.recipe.hash, ranked.filter.canonical))


async def ranking_of(gateway: Gateway, token: str) -> Ranked:
    """The ranking a token names, made again.

    Raises:
        BadRequest: it is no token, or of a snapshot or recipe that is not known here (code UNKNOWN_LOCK).
    """
    try:
        named = RankingLocator.read(token)
        standings = await gateway.snapshots.named(named.snapshot)
        recipe = await gateway.recipes.find(named.recipe)
        return await gateway.rank(Filter.from_canonical(named.filter), recipe, standings=standings)
    except (ValueError, UnknownName):
        raise BadRequest(
            f"{token[:40]!r} names no ranking of this gateway.",
            "Take the address from a ranking's `lock { url }`.",
            code="UNKNOWN_LOCK",
        ) from None
