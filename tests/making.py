"""Records for tests, made with as few words as a test needs."""

from datetime import UTC, datetime
from typing import Any

from renown.claims import Claim, Provenance, ProvenanceKind, Value, digest_of

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def claim(
    subject: str = "twitter:pirelliuk", field: str = "klout.score", value: Value = 39.0, **provenance: Any
) -> Claim:
    """What klout said of Pirelli at noon, unless told otherwise. A field `x.y` is said by provider `x`."""
    provider = field.partition(".")[0] if "." in field else None
    said: dict[str, Any] = {
        "kind": ProvenanceKind.OBSERVED,
        "source": f"https://{provider or 'source'}.test/{subject}",
        "adapter": f"{provider or 'test'}@1",
        "observed_at": NOON,
        "provider": provider,
        "digest": digest_of([subject, field, value]),
    }
    return Claim(subject=subject, field=field, value=value, provenance=Provenance(**(said | provenance)))
