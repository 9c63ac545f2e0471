"""What was read from the store since its last change, so that who asks for it again need not go there."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from renown.claims import Absence, Account, Claim
from renown.gateway.batching import Batcher
from renown.gateway.bounded import Bounded
from renown.gateway.changes import Changes
from renown.gateway.voices import VoiceRecord, records
from renown.store import HeldOn, Store, StoredAccount

_Value = TypeVar("_Value")

_MOST = 20_000
_READ_AT_ONCE = 500


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
        self._reading: Batcher[tuple[str, ...], HeldOn] = Batcher(self._read_all, _READ_AT_ONCE, one_at_a_time=True)

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
            for record in (await self.records(missing)).values():
                found.update({each.key: StoredAccount(each, record.key) for each in record.accounts})
        return found

    async def absences(self, subjects: Iterable[str]) -> dict[str, tuple[Absence, ...]]:
        """Why providers have no score of these subjects, by subject; each has an entry."""
        found, missing = _parted(self._absences, subjects)
        if missing:
            for subject, said in _by_subject(missing, await self._store.absences(missing)).items():
                found[subject] = said
                self._absences.keep(subject, said)
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
        members = _members((await self.accounts(sorted(voices))).values())
        keys = [account.key for accounts in members.values() for account in accounts]
        claims = await self._store.latest(keys, as_of, self._now())
        absences = await self.absences(keys)
        return self._made(members, claims, (each for said in absences.values() for each in said), as_of=as_of)

    async def asked_records(self, voices: Iterable[str], late: Sequence[Absence]) -> dict[str, VoiceRecord]:
        """What is held on voices whose providers were asked; `late` are absences that go before those in the store."""
        return await (self._read(voices, late) if late else self.records(voices, asked=True))

    async def _read(self, voices: Iterable[str], late: Sequence[Absence] | None = None) -> dict[str, VoiceRecord]:
        held = await self._reading.ask(tuple(voices), 0.0)
        absences = [*held.absences, *(late or ())]
        made = self._made(_members(held.accounts), held.claims, absences, asked=late is not None)
        for stored in held.accounts:
            self._accounts.keep(stored.account.key, stored)
        for subject, said in _by_subject(made, held.absences).items():
            self._absences.keep(subject, said)
        for claim in (claim for record in made.values() for claim in record.claims.values()):
            self._claims.keep(claim.id, claim)  # the same objects for all who ask by id
        return made

    async def _read_all(
        self, together: Sequence[tuple[str, ...]], _deadline: float
    ) -> Mapping[tuple[str, ...], HeldOn]:
        """What several readers want of the store, read once for all of them."""
        held = await self._store.held_on((key for keys in together for key in keys), self._now())
        return {keys: held if len(together) == 1 else _only(held, frozenset(keys)) for keys in together}

    def _made(
        self,
        members: Mapping[str, Sequence[Account]],
        claims: Mapping[str, Sequence[Claim]],
        absences: Iterable[Absence],
        *,
        as_of: datetime | None = None,
        asked: bool = False,
    ) -> dict[str, VoiceRecord]:
        for claim in (claim for said in claims.values() for claim in said):
            self._changes.expires(claim.provenance.keep_until)
        return records(members, claims, absences, as_of=as_of, asked=asked)

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


def _members(accounts: Iterable[StoredAccount]) -> dict[str, list[Account]]:
    """The accounts of each voice, by its key."""
    members: dict[str, list[Account]] = {}
    for stored in accounts:
        members.setdefault(stored.voice, []).append(stored.account)
    return members


def _by_subject(subjects: Iterable[str], absences: Iterable[Absence]) -> dict[str, tuple[Absence, ...]]:
    """The absences of each of these subjects; none of any other."""
    said: dict[str, list[Absence]] = {subject: [] for subject in subjects}
    for absence in absences:
        if absence.subject in said:
            said[absence.subject].append(absence)
    return {subject: tuple(of_one) for subject, of_one in said.items()}


def _only(held: HeldOn, keys: frozenset[str]) -> HeldOn:
    """What is held on some of those that were read."""
    return HeldOn(
        [stored for stored in held.accounts if stored.account.key in keys],
        {key: held.claims[key] for key in keys},
        [absence for absence in held.absences if absence.subject in keys],
    )
