"""Which of several claims on one field is shown: the newest; a person's word before a provider's of the same moment."""

from renown.claims import Claim, ProvenanceKind


def _rank(claim: Claim) -> tuple[object, ...]:
    p = claim.provenance
    return (p.observed_at, p.kind is ProvenanceKind.DECLARED, p.provider or "", claim.id)


def preferred(one: Claim | None, other: Claim) -> Claim:
    """The claim that is shown of two on the same field of the same voice; any order of asking gives the same."""
    return other if one is None or _rank(other) > _rank(one) else one
