"""A ranking as JSON values. The keys are those of the GraphQL schema, where it has them.

| key | what |
|---|---|
| `understoodAs` | the question in plain words, as it was read |
| `snapshot`, `asOf` | which state of the store was ranked |
| `recipe` | `hash`, `canonical`, `explanation` |
| `interval` | `kind`, `level` and `meaning` of every range: METHOD or POSTERIOR |
| `universe` | `considered`, `excluded` (`reason`, `count`), `unranked` (voice keys with too few providers) |
| `totalCount`, `hasNextPage`, `endCursor` | how many are ranked, and how to go on (`--after`) |
| `entries` | one a voice: `place`, `shared`, `placeLow`, `placeHigh`, `voice` (`key`, `name` as a claim or null, |
| | `accounts`), `composite` (see `composite_json`; here also `interval`) |
| `leaveOneOut` | where it is asked for: what each provider's absence would change (see `leave_one_out`) |
"""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from renown.cli.claims_json import account_json, claim_json
from renown.cli.composite_json import composite_json
from renown.cli.ranking_lines import Line
from renown.cli.ranking_notes import meaning_of

if TYPE_CHECKING:
    from renown.gateway import Ranked


def ranking_json(ranked: "Ranked", lines: Sequence[Line], now: datetime) -> dict[str, Any]:
    """A ranking's own part, without the page it was asked for."""
    from renown.scoring import LEVEL

    recipe, as_of = ranked.recipe, ranked.standings.as_of
    return {
        "snapshot": ranked.standings.snapshot,
        "asOf": None if as_of is None else as_of.isoformat(),
        "recipe": {"hash": recipe.hash, "canonical": recipe.canonical, "explanation": recipe.explanation},
        "interval": {"kind": ranked.interval_kind, "level": LEVEL, "meaning": meaning_of(ranked)},
        "universe": {
            "considered": ranked.considered,
            "excluded": [{"reason": each.reason, "count": each.count} for each in ranked.excluded],
            "unranked": list(ranked.unranked),
        },
        "totalCount": len(ranked),
        "entries": [_entry_json(line, ranked.interval_kind, now) for line in lines],
    }


def _entry_json(line: Line, kind: str, now: datetime) -> dict[str, Any]:
    name = line.record.shown("name")
    interval = {"low": line.value_low, "high": line.value_high, "kind": kind}
    return {
        "place": line.place,
        "shared": line.shared,
        "placeLow": line.place_low,
        "placeHigh": line.place_high,
        "voice": {
            "key": line.record.key,
            "name": claim_json(name, now) if name else None,
            "accounts": [account_json(account) for account in line.record.accounts],
        },
        "composite": composite_json(line.entry, now) | {"interval": interval},
    }
