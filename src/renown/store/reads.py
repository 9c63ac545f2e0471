"""What can be read from the store."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime

from renown.claims import Absence, Claim
from renown.store.absences import absences_with
from renown.store.accounts import StoredAccount, Touched, accounts_with, touched_since
from renown.store.database import Database
from renown.store.eras import EraStep, era_steps
from renown.store.expire import next_expiry
from renown.store.identities import identified_by
from renown.store.latest import last_change, latest_of, latest_of_all
from renown.store.quota import calls_taken
from renown.store.read import built_on, claims_by_id, claims_of, history
from renown.store.readings import Reading, readings
from renown.store.recipe_names import RecipeName, recipe_name_history, recipe_names
from renown.store.recipes import recipe_with
from renown.store.references import StoredReference, reference_at, references
from renown.store.rereadings import StoredRereading, last_before, not_reread, rereadings
from renown.store.together import HeldOn, Since, held_on, since
from renown.store.vouches import vouched_by, vouches_for


class Reads:
    """The reads. Each sees one state of the database, and never a claim past its `keep_until` at `now`.

    `now` is the present moment where it is not given.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def change(self) -> int:
        """The number of the last change; 0 before the first."""
        return await self._database.read(last_change)

    async def next_expiry(self) -> datetime | None:
        """When `expire` next has something to delete, which may be past; None where nothing held ever expires."""
        return await self._database.read(next_expiry)

    async def claim(self, id_: str, now: datetime | None = None) -> Claim | None:
        """The claim with this id, if it is held."""
        return (await self.claims_by_id([id_], now)).get(id_)

    async def claims_by_id(self, ids: Sequence[str], now: datetime | None = None) -> dict[str, Claim]:
        """The claims with these ids that are held, by id."""
        return await self._database.read(claims_by_id, ids, _moment(now))

    async def built_on(
        self, id_: str, limit: int, offset: int = 0, now: datetime | None = None
    ) -> tuple[list[Claim], int]:
        """A page of the derived claims that have this one as an input, first kept first, and how many there are."""
        return await self._database.read(built_on, id_, limit, offset, _moment(now))

    async def latest(
        self,
        subjects: Sequence[str],
        as_of: datetime | None = None,
        now: datetime | None = None,
        *,
        upto_change: int | None = None,
    ) -> dict[str, list[Claim]]:
        """By subject, the latest claim of each field and provider: of those observed by `as_of`, kept by `upto_change`.

        Every subject asked for has an entry, empty where nothing is held.
        """
        return await self._database.read(latest_of, subjects, as_of, _moment(now), upto_change)

    async def all_latest(
        self, as_of: datetime | None = None, upto_change: int | None = None, now: datetime | None = None
    ) -> list[Claim]:
        """The latest claims of everybody, in no order: of those observed by `as_of` and kept by `upto_change`."""
        return await self._database.read(latest_of_all, as_of, upto_change, _moment(now))

    async def claims_of(
        self, subjects: Sequence[str], limit: int, after_seq: int = 0, now: datetime | None = None
    ) -> tuple[list[tuple[int, Claim]], int]:
        """A page of all that is held on these subjects, last kept first, and how much there is on all pages.

        Each claim comes with its number in the log; the next page is `after_seq` the last one's.
        """
        return await self._database.read(claims_of, subjects, limit, after_seq, _moment(now))

    async def history(
        self,
        subject: str,
        fields: Sequence[str],
        start: datetime | None = None,
        end: datetime | None = None,
        limit: int = 90,
        *,
        after: tuple[datetime, int] | None = None,
        now: datetime | None = None,
    ) -> tuple[list[tuple[int, Claim]], int]:
        """A page of what was said on these fields from `start` to `end` (both included), oldest observation first.

        Each claim comes with its number in the log; the next page is `after` the last one's `(observed_at, number)`.
        The second part is how much there is on all pages.
        """
        return await self._database.read(history, subject, fields, (start, end), limit, after=after, now=_moment(now))

    async def vouched_by(self, vouchers: Sequence[str]) -> set[str]:
        """The subjects for whom any of these accounts ever vouched."""
        return await self._database.read(vouched_by, vouchers)

    async def vouches_for(
        self, subjects: Sequence[str], since: datetime, now: datetime | None = None
    ) -> dict[str, list[Claim]]:
        """By subject, every vouch observed since that moment (included), the superseded among them."""
        return await self._database.read(vouches_for, subjects, since, _moment(now))

    async def identified_by(
        self, field: str, values: Sequence[str], now: datetime | None = None
    ) -> dict[str, list[str]]:
        """By value, the subjects of which the latest claim on an id (`klout.id`) says it; each value has an entry."""
        return await self._database.read(identified_by, field, values, _moment(now))

    async def absences(self, subjects: Sequence[str] | None = None) -> list[Absence]:
        """Why there is no score, of these subjects or of everybody; by subject and provider."""
        return await self._database.read(absences_with, subjects)

    async def accounts(self, keys: Sequence[str] | None = None) -> list[StoredAccount]:
        """The accounts with these keys, or all, each with its voice; by key."""
        return await self._database.read(accounts_with, keys)

    async def held_on(self, keys: Iterable[str], now: datetime | None = None) -> HeldOn:
        """The accounts, latest claims and absences of these keys, as one state of the database."""
        return await self._database.read(held_on, sorted(set(keys)), _moment(now))

    async def touched_since(self, change: int) -> Touched:
        """All accounts of the voices of which anything came, was refreshed or went after a change; see `Touched`."""
        return await self._database.read(touched_since, change)

    async def since(self, before: int, change: int, one_in: int, now: datetime | None = None) -> Since:
        """What leads from one change to a later one; see `Since`."""
        return await self._database.read(since, before, change, _moment(now), one_in)

    async def recipe(self, prefix: str) -> tuple[str, str] | None:
        """Hash and canonical text of the one recipe whose hash begins so (at least 16 hex digits), or None."""
        return await self._database.read(recipe_with, prefix)

    async def recipe_name_history(self, name: str) -> list[RecipeName]:
        """Every version of a name, the first one first; empty where there is no such name."""
        return await self._database.read(recipe_name_history, name)

    async def recipe_names(self, hashes: Sequence[str] | None = None) -> list[RecipeName]:
        """The newest version of each name, by name; with `hashes`, only of names that stand for these recipes."""
        return await self._database.read(recipe_names, hashes)

    async def readings(
        self,
        subjects: Sequence[str],
        fields: Sequence[str],
        span: tuple[datetime, datetime],
        *,
        limit: int,
        now: datetime | None = None,
    ) -> list[Reading]:
        """(subject, field, moment, number) observed within the span, oldest first in each field; at most `limit`."""
        return await self._database.read(readings, subjects, fields, span, limit=limit, now=_moment(now))

    async def era_steps(self, upto_change: int | None = None, provider: str | None = None) -> list[EraStep]:
        """The steps of the eras kept by `upto_change`, of one provider or of all, in the order of keeping."""
        return await self._database.read(era_steps, upto_change, provider)

    async def reference_at(
        self, upto_change: int | None = None, as_of: datetime | None = None
    ) -> StoredReference | None:
        """The frozen reference in force at a change and a moment (before the first ever, that); None where none is."""
        return await self._database.read(reference_at, upto_change, as_of)

    async def references(self) -> list[StoredReference]:
        """All frozen references there ever were, the newest first."""
        return await self._database.read(references)

    async def rereadings(
        self, field: str, after_seq: int, limit: int, now: datetime | None = None
    ) -> tuple[int, list[StoredRereading]]:
        """The last number in the log, and what was said again in a field after `after_seq`: the last `limit`.

        Each is (subject, value before, its moment, value, its moment), in the order of keeping.
        """
        return await self._database.read(rereadings, field, after_seq, limit, _moment(now))

    async def not_reread(self, field: str, since: datetime, now: datetime | None = None) -> int:
        """How many subjects have a value of a field, and none that was observed since that moment."""
        return await self._database.read(not_reread, field, since, _moment(now))

    async def last_before(
        self,
        field: str,
        moment: datetime,
        as_of: datetime | None = None,
        upto_change: int | None = None,
        now: datetime | None = None,
    ) -> dict[str, Claim]:
        """By subject, the newest claim on a field observed before a moment; as of another and by a change."""
        return await self._database.read(last_before, field, moment, as_of, upto_change, now=_moment(now))

    async def calls_taken(self, provider: str, day: date) -> int:
        """How many calls to a provider were counted on a day."""
        return await self._database.read(calls_taken, provider, day)


def _moment(now: datetime | None) -> datetime:
    return datetime.now(UTC) if now is None else now
