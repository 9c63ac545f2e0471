"""What was read into the working file, source by source, and how far."""

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from renown.engine.working_file import WorkingFile


@dataclass(frozen=True, slots=True)
class Source:
    """One source. `digest` says which it is, wherever it lies; a file's is its sha256 (and what was said
    of it besides), a stream's its address.

    `position` and `line` are where reading goes on, `cursor` the same in the words of a service. Counts are of all
    that was read of it: `events` and `posts` that came in, `repeated` acts that were held already or stood there twice,
    acts `to_oneself` that were left out, rows `withdrawn` by their authors, `refused` lines.
    """

    id: int
    name: str
    form: str
    digest: str
    position: int = 0
    line: int = 0
    cursor: str = ""
    finished: bool = False
    events: int = 0
    repeated: int = 0
    to_oneself: int = 0
    posts: int = 0
    withdrawn: int = 0
    refused: int = 0

    def at(self, position: int, line: int, *, finished: bool, cursor: str) -> "Source":
        """The same, read up to there."""
        return replace(self, position=position, line=line, finished=finished, cursor=cursor)

    def plus(self, **more: int) -> "Source":
        """The same with these counts added."""
        return replace(self, **{name: getattr(self, name) + count for name, count in more.items()})

    def write(self, file: "WorkingFile") -> None:
        """Put it into the working file."""
        given = {field.name: getattr(self, field.name) for field in fields(self) if field.name != "id"}
        places = ", ".join(f"{name} = ?" for name in given)
        file.connection.execute(f"UPDATE source SET {places} WHERE id = ?", [*given.values(), self.id])


def sources(file: "WorkingFile") -> list[Source]:
    """All that was read, in the order in which it was begun."""
    names = [field.name for field in fields(Source)]
    rows = file.connection.execute(f"SELECT {', '.join(names)} FROM source ORDER BY id").fetchall()
    return [Source(**dict(zip(names, row, strict=True))) for row in rows]


def source_of(file: "WorkingFile", name: str, form: str, digest: str) -> Source:
    """The source of this digest: as far as it was read, or new. It is called by the name it had last."""
    for held in sources(file):
        if (held.digest, held.form) == (digest, form):
            return replace(held, name=name)
    ask = file.connection.execute
    made = ask("INSERT INTO source (name, form, digest) VALUES (?, ?, ?) RETURNING id", [name, form, digest]).fetchall()
    return Source(made[0][0], name, form, digest)
