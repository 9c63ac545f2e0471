"""The store's one face: open it by a URL, append to it, read from it."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from types import TracebackType
from typing import Self

from sqlalchemy.ext.asyncio import AsyncEngine

from renown.claims import Absence, Account, Claim
from renown.store.absences import record_absences
from renown.store.append import append_claims
from renown.store.engines import Engines
from renown.store.eras import EraStep, add_era_step
from renown.store.expire import expire_claims
from renown.store.opening import open_engines
from renown.store.quota import take_call
from renown.store.reads import Reads
from renown.store.recipe_names import RecipeName, add_recipe_name
from renown.store.recipes import save_recipes
from renown.store.references import StoredReference, add_reference


class Store(Reads):
    """What is known, on SQLite or PostgreSQL: a log of claims, the latest of them, absences, accounts and recipes.

    Every write is one transaction and, where it changed anything, takes the next change number.
    """

    def __init__(self, engines: Engines) -> None:
        super().__init__(engines)
        self._writes = 0

    @classmethod
    async def open(cls, url: str) -> Self:
        """The store at a SQLAlchemy URL, brought to this version's tables.

        Raises:
            CannotServe: the URL, the driver, the file or the server will not do. The sentence holds no password.
        """
        return cls(await open_engines(url))

    async def close(self) -> None:
        """Let go of every connection."""
        await self._engines.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    @property
    def writes(self) -> int:
        """How many writes ended here, done or failed: while it stands, nothing of ours has moved the change number."""
        return self._writes

    async def append(self, claims: Sequence[Claim], accounts: Sequence[Account] = ()) -> int:
        """Append claims, and the accounts they are about; the number of the last change.

        Of a claim that is held already only `fetched_at`, `fresh_until` and `keep_until` are refreshed. The latest
        claim of a place changes only for one observed no earlier. Who a provider says something of is no longer
        absent from it.

        Raises:
            ValueError: a value is not finite. Nothing is appended then.
            sqlalchemy.exc.StatementError: a moment is not in UTC. The same holds.
        """
        with self._writing() as engine:
            return await append_claims(engine, claims, accounts)

    async def record_absences(self, absences: Sequence[Absence]) -> int:
        """Keep why providers have no score, one absence a subject and provider; the number of the last change."""
        with self._writing() as engine:
            return await record_absences(engine, absences)

    async def expire(self, now: datetime) -> int:
        """Delete all claims past `keep_until`, leaving absences LICENCE_EXPIRED; how many claims were deleted."""
        with self._writing() as engine:
            return await expire_claims(engine, now)

    async def save_recipes(self, recipes: Mapping[str, str], at: datetime) -> None:
        """Keep the canonical texts of recipes by their hashes, each once. They take no change number."""
        await save_recipes(self._engines.write, recipes, at)

    async def add_recipe_name(self, entry: RecipeName) -> bool:
        """Add a version of a recipe's name; False where that version is taken. It takes no change number."""
        return await add_recipe_name(self._engines.write, entry)

    async def take_call(self, provider: str, day: date, limit: int) -> bool:
        """Count a call to a provider on a day, or say that the day's limit is reached. It takes no change number.

        All processes that share the store count together, and never past the limit.
        """
        return await take_call(self._engines.write, provider, day, limit)

    async def add_era_step(self, step: EraStep) -> int:
        """Append a step of an era, unless it was in that state already; the number of the last change."""
        with self._writing() as engine:
            return await add_era_step(engine, step)

    async def add_reference(self, reference: StoredReference) -> int:
        """Put a frozen reference in force from the next change on; the number of that change."""
        with self._writing() as engine:
            return await add_reference(engine, reference)

    @contextmanager
    def _writing(self) -> Iterator[AsyncEngine]:
        try:
            yield self._engines.write
        finally:
            self._writes += 1  # also of one that failed: its transaction may have been through
