"""Claim and provenance: immutable, content-addressed."""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from functools import cached_property

Value = str | int | float | bool


class ProvenanceKind(StrEnum):
    """How a value came to be known."""

    OBSERVED = "OBSERVED"
    DECLARED = "DECLARED"
    DERIVED = "DERIVED"


class Freshness(StrEnum):
    """Where a value stands in its life."""

    FRESH = "FRESH"
    STALE = "STALE"
    FROZEN = "FROZEN"


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where a value came from, when, and for how long it may be used.

    `source` holds no secret: a URL without its key, a file and row, or a citation. `digest` is the sha256 of the
    part of the reply that is about this account. `inputs` are ids of claims (DERIVED only).
    `freshness` depends on the moment: ask `freshness_at`.
    """

    kind: ProvenanceKind
    source: str
    adapter: str
    observed_at: datetime
    provider: str | None = None
    fetched_at: datetime | None = None
    fresh_until: datetime | None = None
    keep_until: datetime | None = None
    frozen: bool = False
    digest: str | None = None
    attribution: str | None = None
    inputs: tuple[str, ...] = ()

    def freshness_at(self, now: datetime) -> Freshness:
        """FROZEN for good, else STALE past `fresh_until`, else FRESH."""
        if self.frozen:
            return Freshness.FROZEN
        return Freshness.STALE if self.fresh_until is not None and now >= self.fresh_until else Freshness.FRESH

    def may_be_kept_at(self, now: datetime) -> bool:
        """Whether the licence still allows it to be shown."""
        return self.keep_until is None or now < self.keep_until


@dataclass(frozen=True, kw_only=True)
class Claim:
    """Source S said, at time T, that `field` of `subject` is `value`.

    `locator` is set on a claim that is computed when asked for and never stored (a blend, a normalised value): it
    says how to compute it again, and what came out, and is the claim's id.
    """

    subject: str
    field: str
    value: Value
    provenance: Provenance
    locator: str | None = None

    @cached_property
    def id(self) -> str:
        """128 bits of sha256, hex, over what was said, by whom, when and from what.

        When we happened to fetch it, and for how long we may keep it, are not part of what was said.
        """
        if self.locator is not None:
            return self.locator
        p = self.provenance
        said = [self.subject, self.field, self.value, p.kind, p.provider, p.source, p.adapter]
        said += [p.observed_at.isoformat(), p.digest, list(p.inputs)]
        canonical = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()[:32]


def digest_of(part: object) -> str:
    """The sha256, hex, of the part of a reply that is about one account, as canonical JSON (or as raw bytes)."""
    raw = part if isinstance(part, bytes) else json.dumps(part, sort_keys=True, separators=(",", ":")).encode()
    return hashlib.sha256(raw).hexdigest()


def parse_time(text: str) -> datetime:
    """An ISO 8601 date (read as midnight UTC) or moment (UTC where it names no zone), as an aware datetime.

    Raises:
        ValueError: it is neither.
    """
    text = text.strip()
    if len(text) == 10:
        return datetime.combine(date.fromisoformat(text), time(), UTC)
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
