"""The store's one face: open it by a URL, append to it, read from it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from types import TracebackType
from typing import Self, TypeVarTuple

from sqlalchemy import Connection

from renown.claims import Absence, Account, Claim
from renown.store.absences import record_absences
from renown.store.append import append_claims
from renown.store.database import Database
from renown.store.eras import EraStep, add_era_step
from renown.store.expire import expire_claims
from renown.store.opening import open_database
from renown.store.own_writes import OwnWrites
from renown.store.quota import give_back_calls, take_calls
from renown.store.reads import Reads
from renown.store.recipe_names import RecipeName, add_recipe_name
from renown.store.recipes import save_recipes
from renown.store.references import StoredReference, add_reference
from renown.store.writing import Outcome

_Given = TypeVarTuple("_Given")


class Store(Reads):
    """What is known, on SQLite or PostgreSQL: a log of claims, the latest of them, absences, accounts and recipes.

    Every write is one transaction and, where it changed anything, takes the next change number.
    """

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self.own_writes = OwnWrites()
        """What the writes of this process did to the change number."""

    @classmethod
    async def open(cls, url: str) -> Self:
        """The store at a SQLAlchemy URL, brought to this version's tables.

        Raises:
            CannotServe: the URL, the driver, the file or the server will not do. The sentence holds no password.
        """
        return cls(await open_database(url))

    async def close(self) -> None:
        """Let go of every connection."""
        await self._database.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def append(self, claims: Sequence[Claim], accounts: Sequence[Account] = ()) -> int:
        """Append claims, and the accounts they are about; the number of the last change.

        Of a claim that is held already only `fetched_at`, `fresh_until` and `keep_until` are refreshed. The latest
        claim of a place changes only for one observed no earlier. Who a provider says something of is no longer
        absent from it.

        Raises:
            ValueError: a value is not finite. Nothing is appended then.
            sqlalchemy.exc.StatementError: a moment is not in UTC. The same holds.
        """
        return await self._change(claims, append_claims, claims, accounts)

    async def record_absences(self, absences: Sequence[Absence]) -> int:
        """Keep why providers have no score, one absence a subject and provider; the number of the last change."""
        return await self._change((), record_absences, absences)

    async def expire(self, now: datetime) -> int:
        """Delete all claims past `keep_until`, leaving absences LICENCE_EXPIRED; how many claims were deleted."""
        try:
            return await self._database.write(expire_claims, now)
        finally:
            self.own_writes.failed()  # or it took a number that it does not tell

    async def save_recipes(self, recipes: Mapping[str, str], at: datetime) -> None:
        """Keep the canonical texts of recipes by their hashes, each once. They take no change number."""
        await self._database.write(save_recipes, recipes, at)

    async def add_recipe_name(self, entry: RecipeName) -> bool:
        """Add a version of a recipe's name; False where that version is taken. It takes no change number."""
        return await self._database.write(add_recipe_name, entry)

    async def take_calls(self, provider: str, day: date, limit: int, number: int = 1) -> bool:
        """Count calls to a provider on a day, or none, where they would pass the limit. They take no change number.

        All processes that share the store count together, and never past the limit.
        """
        return await self._database.write(take_calls, provider, day, limit, number)

    async def give_back_calls(self, provider: str, day: date, number: int) -> None:
        """Count fewer calls to a provider on a day: these were counted and will not be made."""
        await self._database.write(give_back_calls, provider, day, number)

    async def add_era_step(self, step: EraStep) -> int:
        """Append a step of an era, unless it was in that state already; the number of the last change."""
        return await self._change((), add_era_step, step)

    async def add_reference(self, reference: StoredReference) -> int:
        """Put a frozen reference in force from the next change on; the number of that change."""
        return await self._change((), add_reference, reference)

    async def _change(
        self, appended: Sequence[Claim], work: Callable[[Connection, *_Given], Outcome], *given: *_Given
    ) -> int:
        try:
            outcome = await self._database.write(work, *given)
        except BaseException:
            self.own_writes.failed()  # its transaction may have been through
            raise
        self.own_writes.ended(outcome, appended)
        return outcome.number
