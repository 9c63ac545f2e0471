"""Erasure from the engine's working file: an account, what it did, what was done to it, and what it wrote."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from renown.engine.ingest.rejects import rejects_beside, write_rejects
from renown.engine.working_file import WorkingFile

_NAMED = ("actor", "target", "author", "account")


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How many events and posts went."""

    events: int
    posts: int


def forget(path: Path, account: str) -> Forgotten:
    """Remove every event and post of an account (`twitter:pirelliuk`), and leave out whatever comes in of it later.

    Rows of whatever other table names it go too, and the beginnings of refused lines that may, also from the file of
    them beside it. Only a digest stays. The working file is then written anew: a deleted row would stay in it,
    readable, until its place is needed.

    Raises:
        CannotServe: the file cannot be opened.
    """
    with WorkingFile.open(path) as file:
        with file.transaction():
            _unlink_posts(file, account)
            gone = _removed(file, account)
        anew = path.with_name(path.name + ".anew")
        anew.unlink(missing_ok=True)
        if rejects_beside(path).exists():
            write_rejects(file, rejects_beside(path))
        _written_anew(file, anew)
    anew.replace(path)
    return gone


def _removed(file: WorkingFile, account: str) -> Forgotten:
    ask = file.connection.execute
    places = ask(
        "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal AND list_contains(?, column_name)",
        [list(_NAMED)],
    ).fetchall()
    gone = dict.fromkeys((table for table, _ in places), 0)
    for table, column in places:
        gone[table] += ask(f'DELETE FROM "{table}" WHERE "{column}" = ?', [account]).fetchall()[0][0]
    bare = account.partition(":")[2].partition("@")[0]
    ask("UPDATE refused SET text = NULL WHERE contains(lower(text), ?)", [bare])
    digest = hashlib.sha256(account.encode()).hexdigest()
    ask("INSERT INTO forgotten SELECT ? WHERE ? NOT IN (SELECT digest FROM forgotten)", [digest, digest])
    return Forgotten(gone["event"], gone["post"])


def _unlink_posts(file: WorkingFile, account: str) -> None:
    """Nobody else's event says any more which post of theirs it was about."""
    file.connection.execute(
        "UPDATE event SET post = NULL WHERE target <> ? AND post IN (SELECT id FROM post WHERE author = ?)",
        [account, account],
    )


def _written_anew(file: WorkingFile, anew: Path) -> None:
    ask = file.connection.execute
    ask("CHECKPOINT")  # else what it has not written out yet would be taken for part of the new file
    (name,) = ask("SELECT current_database()").fetchall()[0]
    ask(f"ATTACH '{str(anew).replace(chr(39), chr(39) * 2)}' AS anew")
    ask(f'COPY FROM DATABASE "{name}" TO anew')
    ask("DETACH anew")
