"""The engine's working file: who did what to whom, in a DuckDB file of its own.

    event      actor, target  accounts as the store spells them: `twitter:pirelliuk`; on Bluesky `bluesky:did:plc:...`
               kind           a number of `Kind`
               at             seconds since 1970, UTC
               post           the post it is about: the target's; of a mention the actor's, which names the target
               via            the actor's own post or record by which it was done
               key            what the event is recognised by
    post       id, author, at, text (links written out), key; only where a source has texts. `at` may be missing
    source     one row for each that was read, with how far
    refused    lines that could not be read: source, line, reason, text (cut)
    withdrawn  keys of posts and records that their authors have deleted since
    forgotten  digests of accounts that were erased: what comes in later of them is left out

`post` and `via` are null where a source does not say. Nobody comes into the directory from here. Whoever keeps more
tables in this file names a column that holds accounts `account`, `actor`, `target` or `author`: by these an erasure
finds it.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from renown.errors import CannotServe

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from renown.engine.interactions import Interactions

_VERSION = 1
_TABLES = """
CREATE TABLE IF NOT EXISTS event (
    actor VARCHAR NOT NULL, target VARCHAR NOT NULL, kind TINYINT NOT NULL, "at" BIGINT NOT NULL,
    post VARCHAR, via VARCHAR, key UBIGINT NOT NULL);
CREATE TABLE IF NOT EXISTS post (
    id VARCHAR NOT NULL, author VARCHAR NOT NULL, "at" BIGINT, text VARCHAR NOT NULL, key UBIGINT NOT NULL);
CREATE SEQUENCE IF NOT EXISTS source_number;
CREATE TABLE IF NOT EXISTS source (
    id INTEGER NOT NULL DEFAULT nextval('source_number'), name VARCHAR NOT NULL, form VARCHAR NOT NULL,
    digest VARCHAR NOT NULL, position BIGINT NOT NULL DEFAULT 0, line BIGINT NOT NULL DEFAULT 0,
    cursor VARCHAR NOT NULL DEFAULT '', finished BOOLEAN NOT NULL DEFAULT false,
    events BIGINT NOT NULL DEFAULT 0, repeated BIGINT NOT NULL DEFAULT 0, to_oneself BIGINT NOT NULL DEFAULT 0,
    posts BIGINT NOT NULL DEFAULT 0, withdrawn BIGINT NOT NULL DEFAULT 0, refused BIGINT NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS refused (
    source INTEGER NOT NULL, line BIGINT NOT NULL, reason VARCHAR NOT NULL, text VARCHAR);
CREATE TABLE IF NOT EXISTS withdrawn (key UBIGINT NOT NULL);
CREATE TABLE IF NOT EXISTS forgotten (digest VARCHAR NOT NULL);
CREATE TABLE IF NOT EXISTS made_by (version INTEGER NOT NULL);
"""
_READ = """
WITH account AS (
    SELECT name, row_number() OVER (ORDER BY name) - 1 AS number
    FROM (SELECT actor AS name FROM event UNION SELECT target FROM event)),
about AS (
    SELECT post AS name, row_number() OVER (ORDER BY post) - 1 AS number
    FROM (SELECT DISTINCT post FROM event WHERE post IS NOT NULL))
SELECT actor.number AS actor, target.number AS target, event."at", event.kind, coalesce(about.number, -1) AS post
FROM event JOIN account actor ON actor.name = event.actor JOIN account target ON target.name = event.target
LEFT JOIN about ON about.name = event.post
ORDER BY event."at", event.key
"""
_NAMES = "SELECT actor AS name FROM event UNION SELECT target FROM event ORDER BY name"


@dataclass(frozen=True, slots=True)
class Held:
    """How much is held; `first` and `last` are the moments (seconds since 1970) of its events, None without any."""

    events: dict[str, int]
    accounts: int
    posts: int
    refused: int
    first: int | None
    last: int | None


class WorkingFile(AbstractContextManager["WorkingFile"]):
    """One open working file. Only one process at a time may write it, and none may read it meanwhile."""

    def __init__(self, path: Path, connection: "DuckDBPyConnection") -> None:
        self.path = path
        self.connection = connection

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False) -> "WorkingFile":
        """Open the file, or make it.

        Raises:
            CannotServe: DuckDB is not installed, or the file cannot be opened, is none of ours, or is of a later
                version.
        """
        opened = cls(path, _connected(path, read_only=read_only))
        try:
            opened._settle(read_only=read_only)
        except CannotServe:
            opened.close()
            raise
        return opened

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Closes it."""
        self.close()

    def close(self) -> None:
        """Write out what there is and let go of the file."""
        self.connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written within it comes in, or nothing of it.

        Raises:
            CannotServe: it cannot be written, as on a full disk.
        """
        import duckdb

        try:
            self.connection.execute("BEGIN")
            yield
            self.connection.execute("COMMIT")
        except BaseException as error:
            with suppress(duckdb.Error):  # where it has ended by itself
                self.connection.execute("ROLLBACK")
            if isinstance(error, duckdb.Error):
                said = str(error).partition("\n")[0]
                raise CannotServe(f"{self.path} cannot be written: {said}", "Nothing is lost: try again.") from None
            raise

    def interactions(self) -> "Interactions":
        """All events as columns, oldest first; accounts and posts are numbered in the order of their names."""
        import numpy as np

        from renown.engine.interactions import Interactions

        read = self.connection.execute(_READ).fetchnumpy()
        columns = {name: np.asarray(read[name], dtype=np.int64) for name in ("actor", "target", "at", "post")}
        names = self.connection.execute(_NAMES).fetchnumpy()["name"]
        return Interactions(names=np.array(names, dtype=np.str_), kind=np.asarray(read["kind"], np.int8), **columns)

    def held(self) -> Held:
        """How much there is of everything."""
        from renown.engine.interactions import Kind

        ask = self.connection.execute
        by_kind: dict[int, int] = dict(ask("SELECT kind, count(*) FROM event GROUP BY kind").fetchall())
        (first, last), (posts,), (refused,) = (
            ask(query).fetchall()[0]
            for query in (
                'SELECT min("at"), max("at") FROM event',
                "SELECT count(*) FROM post",
                "SELECT coalesce(sum(refused), 0) FROM source",
            )
        )
        (accounts,) = ask(f"SELECT count(*) FROM ({_NAMES})").fetchall()[0]
        events = {kind.name.lower(): by_kind.get(kind, 0) for kind in Kind}
        return Held(events, accounts, posts, int(refused), first, last)

    def _settle(self, *, read_only: bool) -> None:
        ask = self.connection.execute
        there = {name for (name,) in ask("SELECT table_name FROM duckdb_tables() WHERE NOT temporary").fetchall()}
        if there and not {"event", "post", "made_by"} <= there:
            raise CannotServe(f"{self.path} is a DuckDB file, but none of the engine's.", "Name another one.")
        if not there and not read_only:
            ask(f"BEGIN; {_TABLES} INSERT INTO made_by VALUES ({_VERSION}); COMMIT")
        version = ask("SELECT max(version) FROM made_by").fetchall()[0][0]
        if version > _VERSION:
            raise CannotServe(f"{self.path} was made by a later version of Renown.", "Bring Renown up to date.")


def _connected(path: Path, *, read_only: bool) -> "DuckDBPyConnection":
    try:
        import duckdb
    except ImportError:
        raise CannotServe(
            "The engine's working file needs DuckDB, which is not installed.",
            "Run `pip install 'renown[batch]'`.",
            code="MISSING_EXTRA",
        ) from None
    if read_only and not path.exists():
        raise CannotServe(f"There is no working file {path}.", "`renown engine ingest` makes one.")
    try:
        connection = duckdb.connect(str(path), read_only=read_only, config={"autoinstall_known_extensions": False})
        connection.execute("SET TimeZone = 'UTC'")  # what names no zone
    except duckdb.Error as error:
        if "lock" in str(error).lower():
            raise CannotServe(f"{path} is in use by another process.", "Wait until that has ended.") from None
        said = str(error).partition("\n")[0]
        raise CannotServe(f"{path} cannot be opened: {said}", "Name another file with --file.") from None
    return connection
