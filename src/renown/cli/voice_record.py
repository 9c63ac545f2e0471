"""Everything held on one voice, in the order it is shown."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from renown.claims import PROFILE_FIELDS, Absence, Claim, Relation, vouch_in

if TYPE_CHECKING:
    from renown.gateway import Blended, Gateway, VoiceRecord
    from renown.gateway.links import Linked
    from renown.scoring import Recipe


@dataclass(frozen=True, slots=True)
class ProviderPart:
    """What one provider says: its score or why there is none (None where it gives no score), and its components.

    `field` is that of its score, empty where it gives none.
    """

    provider: str
    name: str
    state: str
    field: str
    score: Claim | Absence | None
    components: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class VoiceSheet:
    """One voice: profile (with topics and lists), vouches, providers, composite, and the profile fields nobody gives.

    `graph` has those of the directory who influence it or are influenced by it.
    """

    record: "VoiceRecord"
    profile: tuple[Claim, ...]
    vouches: tuple[Claim, ...]
    providers: tuple[ProviderPart, ...]
    composite: "Blended | Absence"
    missing: tuple[str, ...]
    graph: "Mapping[Relation, Sequence[Linked]]"

    def vouchers(self) -> dict[str, int]:
        """How many vouch for the voice, by the topic's slug; most first."""
        counted = Counter(vouch[0] for claim in self.vouches if (vouch := vouch_in(claim.field)))
        return dict(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))


async def sheet_of(gateway: "Gateway", record: "VoiceRecord", recipe: "Recipe") -> VoiceSheet:
    """All that is held on a voice now, and its composite under a recipe."""
    from renown.gateway.links import linked_voices

    claims = sorted(record.claims.values(), key=lambda claim: (_place(claim.field), claim.field, claim.subject))
    providers = tuple(_part(gateway, record, claims, slug) for slug in gateway.registry.slugs)
    shown = {claim.field for claim in claims}
    return VoiceSheet(
        record=record,
        profile=tuple(claim for claim in claims if "." not in claim.field and not vouch_in(claim.field)),
        vouches=tuple(claim for _, _, claim in record.vouches()),
        providers=tuple(part for part in providers if part.score is not None or part.components),
        composite=await gateway.composite(record, recipe),
        missing=tuple(field for field in PROFILE_FIELDS if field not in shown),
        graph={relation: await linked_voices(gateway.store, record, relation) for relation in Relation},
    )


def _part(gateway: "Gateway", record: "VoiceRecord", claims: list[Claim], slug: str) -> ProviderPart:
    declaration = gateway.registry.provider(slug).declaration
    field = declaration.primary_metric.field if declaration.primary_metric else ""
    return ProviderPart(
        provider=slug,
        name=declaration.name,
        state=gateway.provider_state(slug).value,
        field=field,
        score=gateway.score(record, slug) if field else None,
        components=tuple(claim for claim in claims if claim.field.startswith(f"{slug}.") and claim.field != field),
    )


def _place(field: str) -> int:
    """Profile fields in their order, then topics and lists."""
    return PROFILE_FIELDS.index(field) if field in PROFILE_FIELDS else len(PROFILE_FIELDS)
