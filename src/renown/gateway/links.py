"""Who influences whom, narrowed to the directory.

Nobody enters the directory out of somebody else's graph. A provider's link to an account that is held already becomes
a claim; any other is forgotten here, before anything of it is written: it is in the provider's count alone.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from renown.claims import Account, Claim, Relation, related_in, relation_count, relation_field
from renown.gateway.voices import VoiceRecord
from renown.providers import Identity, Link
from renown.store import Store


@dataclass(frozen=True, slots=True)
class Linked:
    """An account of the directory that providers name beside a voice, its voice's key, and a claim a provider."""

    account: Account
    voice: str
    claims: tuple[Claim, ...]

    @property
    def place(self) -> tuple[int, str]:
        """Where it stands among others: named by most providers first, then by key."""
        return -len(self.claims), self.voice


async def claims_within(store: Store, links: Sequence[Link], now: datetime) -> list[Claim]:
    """The claims of those links that lead to an account which is held."""
    if not links:
        return []
    meant = [(link, key) for link, keys in await _meant(store, links, now) for key in keys if key != link.subject]
    held = {stored.account.key for stored in await store.accounts([key for _, key in meant])}
    return [
        Claim(
            subject=link.subject,
            field=relation_field(link.relation, key),
            value=True,
            provenance=link.provenance,
        )
        for link, key in meant
        if key in held
    ]


async def linked_voices(store: Store, record: VoiceRecord, relation: Relation) -> list[Linked]:
    """The voices of the directory that stand so to a voice, by the newest reading of each provider; see `place`."""
    claims: dict[str, list[Claim]] = {}
    for claim in record.links:
        named = related_in(claim.field)
        if named and named[0] is relation and _is_newest(record, claim, relation):
            claims.setdefault(named[1], []).append(claim)
    voices: dict[str, Linked] = {}
    for stored in await store.accounts(list(claims)) if claims else ():
        before = voices.get(stored.voice) or Linked(stored.account, stored.voice, ())
        said = sorted(claims[stored.account.key], key=lambda claim: claim.provenance.provider or "")
        voices[stored.voice] = Linked(before.account, stored.voice, (*before.claims, *said))
    return sorted(voices.values(), key=lambda linked: linked.place)


def counts(record: VoiceRecord, relation: Relation) -> list[Claim]:
    """How many stand so to a voice by each provider's count, those outside the directory among them."""
    said = [claim for claim in record.claims.values() if claim.field == _count_field(claim, relation)]
    return sorted(said, key=lambda claim: (claim.field, claim.subject))


async def _meant(store: Store, links: Iterable[Link], now: datetime) -> list[tuple[Link, list[str]]]:
    """Each link with the keys of the accounts it means: none where an id is nobody's in the directory."""
    ids: dict[str, list[str]] = {}
    for link in links:
        if isinstance(link.other, Identity):
            ids.setdefault(link.other.field, []).append(link.other.value)
    owners = {field: await store.identified_by(field, values, now) for field, values in ids.items()}
    return [
        (link, owners[link.other.field][link.other.value] if isinstance(link.other, Identity) else [link.other.key])
        for link in links
    ]


def _is_newest(record: VoiceRecord, claim: Claim, relation: Relation) -> bool:
    """Whether a link is of its provider's newest reading: the claim on how many there are is of the same moment."""
    count = record.claims.get((claim.subject, _count_field(claim, relation)))
    return count is not None and count.provenance.observed_at == claim.provenance.observed_at


def _count_field(claim: Claim, relation: Relation) -> str:
    return relation_count(claim.provenance.provider or "", relation)
