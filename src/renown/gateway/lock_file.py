"""The form of a lock file: all that a ranking was made of and what came out, in one JSON document.

The bytes are canonical: keys sorted, no white space, every number as short as it can be read back exactly. What is
`inputs` here (`candidates`, `others`, `columns`, `recipe`, `reference`, `newest`, and of the filter the minimum score)
is computed with; what is computed from it is `entries`, `seed`, `draws` and `recipe_hash`. The rest is written down as
it was said: who matched the filter, and who was left out why.
"""

import hashlib
import json
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

import msgspec

from renown.claims import Claim, Provenance, ProvenanceKind, Value
from renown.errors import BadRequest

VERSION = 2

# More than any population, and little enough that no file can ask for all memory.
_Count = Annotated[int, msgspec.Meta(ge=1, le=10_000_000)]


class _Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A part of the file; a word in it that is not known here is an error."""


class LockedClaim(_Part, frozen=True, kw_only=True):
    """A claim with all that its id is taken from, so that the id proves the value. `inputs` are ids."""

    id: str
    subject: str
    field: str
    value: Value
    kind: ProvenanceKind
    provider: str | None
    source: str
    adapter: str
    observed_at: str
    digest: str | None
    inputs: tuple[str, ...]
    attribution: str | None

    @classmethod
    def of(cls, claim: Claim) -> "LockedClaim":
        """A claim as a lock file holds it."""
        p = claim.provenance
        return cls(
            id=claim.id,
            subject=claim.subject,
            field=claim.field,
            value=claim.value,
            kind=p.kind,
            provider=p.provider,
            source=p.source,
            adapter=p.adapter,
            observed_at=p.observed_at.isoformat(),
            digest=p.digest,
            inputs=p.inputs,
            attribution=p.attribution,
        )

    @property
    def moment(self) -> datetime:
        """When it was observed.

        Raises:
            ValueError: it is no moment, or in no time zone.
        """
        return datetime.fromisoformat(self.observed_at).astimezone(UTC)

    @property
    def proven_id(self) -> str:
        """The id that a claim which says this has.

        Raises:
            ValueError: it has no moment.
        """
        provenance = Provenance(
            kind=self.kind,
            provider=self.provider,
            source=self.source,
            adapter=self.adapter,
            observed_at=datetime.fromisoformat(self.observed_at),
            digest=self.digest,
            inputs=self.inputs,
        )
        return Claim(subject=self.subject, field=self.field, value=self.value, provenance=provenance).id


class Column(_Part, frozen=True, kw_only=True):
    """A provider that the recipe looks at, the field of its score and the ends of its scale."""

    provider: str
    field: str
    minimum: float
    maximum: float | None
    higher_is_more: bool


class Candidate(_Part, frozen=True, kw_only=True, omit_defaults=True):
    """A voice that matched the filter, ranked or not, with its scores.

    `linked` holds, by field, the values that were brought back across a provider's change of method.
    """

    voice: str
    claims: tuple[LockedClaim, ...]
    linked: dict[str, float] = {}


class Hole(_Part, frozen=True, kw_only=True):
    """A score that is gone: of whom, by which provider, why; `claim` is its id, where that is still known."""

    voice: str
    provider: str
    claim: str | None
    reason: str
    message: str


class Excluded(_Part, frozen=True, kw_only=True):
    """How many were left out, for one reason."""

    reason: str
    count: int


class Placed(_Part, frozen=True, kw_only=True):
    """What came out for a voice."""

    voice: str
    place: int
    shared: bool
    place_low: int
    place_high: int
    value: float
    value_low: float
    value_high: float
    tier: int


class LockedReference(_Part, frozen=True, kw_only=True):
    """The frozen reference the recipe compares with, and its version."""

    version: str
    canonical: dict[str, Any]


class LockFile(_Part, frozen=True, kw_only=True):
    """A whole lock file.

    `newest` is the moment of the newest score in the snapshot, from which ages count where no moment was asked for.
    `others` holds the scores of everybody who is no candidate, by provider, as (score, how many have it), without
    names: those they are compared with. `seed` is decimal text, since many a JSON reader has no such large numbers.
    """

    lock: Literal[2] = VERSION
    renown: str
    snapshot: str
    newest: str | None
    filter: dict[str, Any]
    recipe: dict[str, Any]
    reference: LockedReference | None
    columns: tuple[Column, ...]
    considered: int
    excluded: tuple[Excluded, ...]
    candidates: tuple[Candidate, ...]
    others: dict[str, tuple[tuple[float, _Count], ...]]
    holes: tuple[Hole, ...]
    recipe_hash: str = ""
    seed: str = ""
    draws: int = 0
    entries: tuple[Placed, ...] = ()

    @property
    def content(self) -> bytes:
        """The canonical bytes."""
        return canonical(msgspec.to_builtins(self)).encode()

    @property
    def digest(self) -> str:
        """The sha256 of the canonical bytes, hex."""
        return hashlib.sha256(self.content).hexdigest()


class _Head(msgspec.Struct):
    lock: int = 0


def canonical(value: Any) -> str:
    """Canonical JSON: the same value, the same text."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def read_lock_file(content: bytes) -> LockFile:
    """The lock file in these bytes.

    Raises:
        BadRequest: they are none, or one of another version (code BAD_LOCK).
    """
    try:
        version = msgspec.json.decode(content, type=_Head).lock
        if version == VERSION:
            return msgspec.json.decode(content, type=LockFile)
        said = f"it is of version {version}" if version else "it does not say `lock`"
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        said = str(error)
    raise BadRequest(
        f"This is no lock file of version {VERSION}: {said}.",
        "Take one from a ranking's `lock { url }`, or write one with `renown rank --lock FILE`.",
        code="BAD_LOCK",
    )
