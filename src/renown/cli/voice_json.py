"""One voice as JSON values.

| key | what |
|---|---|
| `voice`, `accounts` | its key, its accounts |
| `profile` | claims on its name, kind, country, counts, topics and lists |
| `vouches` | how many vouch for it, by the topic's slug |
| `influencers`, `influencees` | those of the directory: `account`, and the `claims` that say so |
| `providers` | one each: `provider`, `state`, `score` (a claim, an absence, null where it gives none), `components` |
| `composite` | see `composite_json`, or an absence; under the recipe that was asked for, or the default one |
| `missing` | profile fields of which no source says anything |
"""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from renown.claims import Absence
from renown.cli.claims_json import absence_json, account_json, claim_json, score_json
from renown.cli.composite_json import composite_json
from renown.cli.voice_record import ProviderPart, VoiceSheet

if TYPE_CHECKING:
    from renown.gateway.links import Linked


def sheet_json(sheet: VoiceSheet, now: datetime) -> dict[str, Any]:
    """All that is held on a voice, every value a claim."""
    composite = sheet.composite
    return {
        "voice": sheet.record.key,
        "accounts": [account_json(account) for account in sheet.record.accounts],
        "profile": [claim_json(claim, now) for claim in sheet.profile],
        "vouches": sheet.vouchers(),
        **{f"{relation}s": [_linked_json(each, now) for each in linked] for relation, linked in sheet.graph.items()},
        "providers": [_part_json(part, now) for part in sheet.providers],
        "composite": absence_json(composite) if isinstance(composite, Absence) else composite_json(composite, now),
        "missing": list(sheet.missing),
    }


def _linked_json(linked: "Linked", now: datetime) -> dict[str, Any]:
    return {"account": account_json(linked.account), "claims": [claim_json(claim, now) for claim in linked.claims]}


def _part_json(part: ProviderPart, now: datetime) -> dict[str, Any]:
    return {
        "provider": part.provider,
        "state": part.state,
        "score": None if part.score is None else score_json(part.score, now),
        "components": [claim_json(claim, now) for claim in part.components],
    }
