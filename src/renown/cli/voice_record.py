"""Everything held on one voice, in the order it is shown."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from renown.claims import PROFILE_FIELDS, Absence, Claim

if TYPE_CHECKING:
    from renown.gateway import Blended, Gateway, VoiceRecord


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
    """One voice: profile (with topics and lists), providers, composite, and the profile fields nobody gives."""

    record: "VoiceRecord"
    profile: tuple[Claim, ...]
    providers: tuple[ProviderPart, ...]
    composite: "Blended | Absence"
    missing: tuple[str, ...]


async def sheet_of(gateway: "Gateway", record: "VoiceRecord") -> VoiceSheet:
    """All that is held on a voice now, and its composite under the default recipe."""
    claims = sorted(record.claims.values(), key=lambda claim: (_place(claim.field), claim.field, claim.subject))
    providers = tuple(_part(gateway, record, claims, slug) for slug in gateway.registry.slugs)
    shown = {claim.field for claim in claims}
    return VoiceSheet(
        record=record,
        profile=tuple(claim for claim in claims if "." not in claim.field),
        providers=tuple(part for part in providers if part.score is not None or part.components),
        composite=await gateway.composite(record),
        missing=tuple(field for field in PROFILE_FIELDS if field not in shown),
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
