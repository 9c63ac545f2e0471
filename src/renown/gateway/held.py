"""What was read from the store since its last change, so that who asks for it again need not go there."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from renown.claims import Absence, Account, Claim
from renown.gateway.bounded import Bounded
from renown.gateway.changes import Changes
from renown.gateway.voices import VoiceRecord, records
from renown.store import Store, StoredAccount

_Value = TypeVar("_Value")

_MOST = 20_000


class Memory:
    """What was read since one change, at most so many of each kind.

    Who still reads when the number moves on puts what it finds into a memory that nobody asks any more: nothing that
    is older than the number it is held under is ever served. Nor is what a licence no longer allows: its end, which
    `changes` watches, is a change too.
    """

    def __init__(self, store: Store, changes: Changes, now: Callable[[], datetime], most: int = _MOST) -> None:
        self._store = store
        self._changes = changes
        self._now = now
        self._claims: Bounded[str, Claim] = Bounded(most)
        self._accounts: Bounded[str, StoredAccount] = Bounded(most)
        self._absences: Bounded[str, tuple[Absence, ...]] = Bounded(most)
        self._records: Bounded[str, VoiceRecord] = Bounded(most)
        self._asked: Bounded[str, VoiceRecord] = Bounded(most)

    async def claims(self, ids: Iterable[str]) -> dict[str, Claim]:
        """The claims with these ids that are held, by id."""
        found, missing = _parted(self._claims, ids)
        if missing:
            for id_, claim in (await self._store.claims_by_id(missing, self._now())).items():
                self._keep_claim(claim)
                found[id_] = claim
        return found

    async def accounts(self, keys: Iterable[str]) -> dict[str, StoredAccount]:
        """The accounts with these keys that are held, by key."""
        found, missing = _parted(self._accounts, keys)
        if missing:
            for stored in await self._store.accounts(missing):
                self._accounts.keep(stored.account.key, stored)
                found[stored.account.key] = stored
        return found

    async def absences(self, subjects: Iterable[str]) -> dict[str, tuple[Absence, ...]]:
        """Why providers have no score of these subjects, by subject; each has an entry."""
        found, missing = _parted(self._absences, subjects)
        if missing:
            said: dict[str, list[Absence]] = {subject: [] for subject in missing}
            for absence in await self._store.absences(missing):
                said[absence.subject].append(absence)
            for subject, absences in said.items():
                found[subject] = tuple(absences)
                self._absences.keep(subject, found[subject])
        return found

    async def records(self, voices: Iterable[str], *, asked: bool = False) -> dict[str, VoiceRecord]:
        """What is held on these voices now, by voice key; `asked` as in a record."""
        kept = self._asked if asked else self._records
        found, missing = _parted(kept, voices)
        if missing:
            made = await (self.records(missing) if asked else self._read(missing))
            for voice, record in made.items():
                found[voice] = replace(record, asked=True) if asked else record
                kept.keep(voice, found[voice])
        return found

    async def past_records(self, voices: Iterable[str], as_of: datetime) -> dict[str, VoiceRecord]:
        """What was held on these voices at a moment, by voice key. Their claims are read anew each time."""
        return await self._read(voices, as_of)

    async def asked_records(self, voices: Iterable[str], late: Sequence[Absence]) -> dict[str, VoiceRecord]:
        """What is held on voices whose providers were asked; `late` are absences that go before those in the store."""
        return await (self._read(voices, late=late) if late else self.records(voices, asked=True))

    async def _read(
        self, voices: Iterable[str], as_of: datetime | None = None, *, late: Sequence[Absence] | None = None
    ) -> dict[str, VoiceRecord]:
        members: dict[str, list[Account]] = {}
        for stored in (await self.accounts(sorted(voices))).values():
            members.setdefault(stored.voice, []).append(stored.account)
        keys = [account.key for accounts in members.values() for account in accounts]
        claims = await self._store.latest(keys, as_of, self._now())
        for claim in (claim for said in claims.values() for claim in said):
            self._changes.expires(claim.provenance.keep_until)
        absences = [absence for said in (await self.absences(keys)).values() for absence in said]
        made = records(members, claims, [*absences, *(late or ())], as_of=as_of, asked=late is not None)
        if as_of is None:
            for claim in (claim for record in made.values() for claim in record.claims.values()):
                self._claims.keep(claim.id, claim)  # the same objects for all who ask by id
        return made

    def _keep_claim(self, claim: Claim) -> None:
        self._changes.expires(claim.provenance.keep_until)
        self._claims.keep(claim.id, claim)


class Held:
    """The memory of the present change."""

    def __init__(self, store: Store, changes: Changes, now: Callable[[], datetime]) -> None:
        self._store = store
        self._changes = changes
        self._now = now
        self._number = -1
        self._memory = Memory(store, changes, now)

    async def memory(self) -> Memory:
        """What was read since the last change. Suspends only where the change number must be asked for."""
        number = self._changes.known()
        if number is None:
            number = await self._changes.current()
        if number != self._number:
            self._number, self._memory = number, Memory(self._store, self._changes, self._now)
        return self._memory


def _parted(kept: Mapping[str, _Value], keys: Iterable[str]) -> tuple[dict[str, _Value], list[str]]:
    """What is kept of these keys, and the keys of which nothing is, each once."""
    found: dict[str, _Value] = {}
    missing: list[str] = []
    for key in dict.fromkeys(keys):
        value = kept.get(key)
        if value is None:
            missing.append(key)
        else:
            found[key] = value
    return found, missing
