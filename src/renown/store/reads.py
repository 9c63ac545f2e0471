"""What can be read from the store."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from renown.claims import Absence, Claim
from renown.store.absences import absences_with
from renown.store.accounts import StoredAccount, Touched, accounts_with, touched_since
from renown.store.engines import Engines
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
from renown.store.vouches import vouched_by, vouches_for


class Reads:
    """The reads. Each sees one state of the database, and never a claim past its `keep_until` at `now`.

    `now` is the present moment where it is not given.
    """

    def __init__(self, engines: Engines) -> None:
        self._engines = engines

    async def change(self) -> int:
        """The number of the last change; 0 before the first."""
        async with self._reading() as connection:
            return await last_change(connection)

    async def next_expiry(self) -> datetime | None:
        """When `expire` next has something to delete, which may be past; None where nothing held ever expires."""
        async with self._reading() as connection:
            return await next_expiry(connection)

    async def claim(self, id_: str, now: datetime | None = None) -> Claim | None:
        """The claim with this id, if it is held."""
        return (await self.claims_by_id([id_], now)).get(id_)

    async def claims_by_id(self, ids: Sequence[str], now: datetime | None = None) -> dict[str, Claim]:
        """The claims with these ids that are held, by id."""
        async with self._reading() as connection:
            return await claims_by_id(connection, ids, _moment(now))

    async def built_on(
        self, id_: str, limit: int, offset: int = 0, now: datetime | None = None
    ) -> tuple[list[Claim], int]:
        """A page of the derived claims that have this one as an input, first kept first, and how many there are."""
        async with self._reading() as connection:
            return await built_on(connection, id_, limit, offset, _moment(now))

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
        async with self._reading() as connection:
            return await latest_of(connection, subjects, as_of, _moment(now), upto_change)

    async def all_latest(
        self, as_of: datetime | None = None, upto_change: int | None = None, now: datetime | None = None
    ) -> list[Claim]:
        """The latest claims of everybody, in no order: of those observed by `as_of` and kept by `upto_change`."""
        async with self._reading() as connection:
            return await latest_of_all(connection, as_of, upto_change, _moment(now))

    async def claims_of(
        self, subjects: Sequence[str], limit: int, after_seq: int = 0, now: datetime | None = None
    ) -> tuple[list[tuple[int, Claim]], int]:
        """A page of all that is held on these subjects, last kept first, and how much there is on all pages.

        Each claim comes with its number in the log; the next page is `after_seq` the last one's.
        """
        async with self._reading() as connection:
            return await claims_of(connection, subjects, limit, after_seq, _moment(now))

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
        async with self._reading() as connection:
            return await history(connection, subject, fields, (start, end), limit, after=after, now=_moment(now))

    async def vouched_by(self, vouchers: Sequence[str]) -> set[str]:
        """The subjects for whom any of these accounts ever vouched."""
        async with self._reading() as connection:
            return await vouched_by(connection, vouchers)

    async def vouches_for(
        self, subjects: Sequence[str], since: datetime, now: datetime | None = None
    ) -> dict[str, list[Claim]]:
        """By subject, every vouch observed since that moment (included), the superseded among them."""
        async with self._reading() as connection:
            return await vouches_for(connection, subjects, since, _moment(now))

    async def identified_by(
        self, field: str, values: Sequence[str], now: datetime | None = None
    ) -> dict[str, list[str]]:
        """By value, the subjects of which the latest claim on an id (`klout.id`) says it; each value has an entry."""
        async with self._reading() as connection:
            return await identified_by(connection, field, values, _moment(now))

    async def absences(self, subjects: Sequence[str] | None = None) -> list[Absence]:
        """Why there is no score, of these subjects or of everybody; by subject and provider."""
        async with self._reading() as connection:
            return await absences_with(connection, subjects)

    async def accounts(self, keys: Sequence[str] | None = None) -> list[StoredAccount]:
        """The accounts with these keys, or all, each with its voice; by key."""
        async with self._reading() as connection:
            return await accounts_with(connection, keys)

    async def touched_since(self, change: int) -> Touched:
        """All accounts of the voices of which anything came, was refreshed or went after a change; see `Touched`."""
        async with self._reading() as connection:
            return await touched_since(connection, change)

    async def recipe(self, prefix: str) -> tuple[str, str] | None:
        """Hash and canonical text of the one recipe whose hash begins so (at least 16 hex digits), or None."""
        async with self._reading() as connection:
            return await recipe_with(connection, prefix)

    async def recipe_name_history(self, name: str) -> list[RecipeName]:
        """Every version of a name, the first one first; empty where there is no such name."""
        async with self._reading() as connection:
            return await recipe_name_history(connection, name)

    async def recipe_names(self, hashes: Sequence[str] | None = None) -> list[RecipeName]:
        """The newest version of each name, by name; with `hashes`, only of names that stand for these recipes."""
        async with self._reading() as connection:
            return await recipe_names(connection, hashes)

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
        async with self._reading() as connection:
            return await readings(connection, subjects, fields, span, limit=limit, now=_moment(now))

    async def era_steps(self, upto_change: int | None = None, provider: str | None = None) -> list[EraStep]:
        """The steps of the eras kept by `upto_change`, of one provider or of all, in the order of keeping."""
        async with self._reading() as connection:
            return await era_steps(connection, upto_change, provider)

    async def reference_at(
        self, upto_change: int | None = None, as_of: datetime | None = None
    ) -> StoredReference | None:
        """The frozen reference in force at a change and a moment (before the first ever, that); None where none is."""
        async with self._reading() as connection:
            return await reference_at(connection, upto_change, as_of)

    async def references(self) -> list[StoredReference]:
        """All frozen references there ever were, the newest first."""
        async with self._reading() as connection:
            return await references(connection)

    async def rereadings(
        self, field: str, after_seq: int, limit: int, now: datetime | None = None
    ) -> tuple[int, list[StoredRereading]]:
        """The last number in the log, and what was said again in a field after `after_seq`: the last `limit`.

        Each is (subject, value before, its moment, value, its moment), in the order of keeping.
        """
        async with self._reading() as connection:
            return await rereadings(connection, field, after_seq, limit, _moment(now))

    async def not_reread(self, field: str, since: datetime, now: datetime | None = None) -> int:
        """How many subjects have a value of a field, and none that was observed since that moment."""
        async with self._reading() as connection:
            return await not_reread(connection, field, since, _moment(now))

    async def last_before(
        self,
        field: str,
        moment: datetime,
        as_of: datetime | None = None,
        upto_change: int | None = None,
        now: datetime | None = None,
    ) -> dict[str, Claim]:
        """By subject, the newest claim on a field observed before a moment; as of another and by a change."""
        async with self._reading() as connection:
            return await last_before(connection, field, moment, as_of, upto_change, now=_moment(now))

    async def calls_taken(self, provider: str, day: date) -> int:
        """How many calls to a provider were counted on a day."""
        async with self._reading() as connection:
            return await calls_taken(connection, provider, day)

    @asynccontextmanager
    async def _reading(self) -> AsyncIterator[AsyncConnection]:
        async with self._engines.read.connect() as connection:
            yield connection


def _moment(now: datetime | None) -> datetime:
    return datetime.now(UTC) if now is None else now
