"""A working file, and what is in it."""

import pytest

from renown.engine.ingest import ingest
from renown.engine.ingest.forms import Told
from renown.engine.working_file import WorkingFile


class Stage:
    """One working file; files are written beside it and read."""

    def __init__(self, folder):
        self.folder = folder
        self.path = folder / "engine.duckdb"
        self.file = WorkingFile.open(self.path)

    def read(self, name, text, form=None, **told):
        """Write a file and read it; its source afterwards."""
        path = self.folder / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return ingest(self.file, path, form, Told(**told))[1]

    def events(self):
        """Actor, target, kind, moment, post and via of each event."""
        names = ("repost", "reply", "mention", "like", "list", "follow")
        rows = self.ask('SELECT actor, target, kind, "at", post, via FROM event ORDER BY ALL')
        return [(actor, target, names[kind], *rest) for actor, target, kind, *rest in rows]

    def pairs(self):
        """Actor, target and kind of each event."""
        return [event[:3] for event in self.events()]

    def posts(self):
        """Author and text by the name of each post."""
        return {name: (author, text) for name, author, text in self.ask("SELECT id, author, text FROM post")}

    def refused(self):
        """Line and reason of each refused line."""
        return self.ask("SELECT line, reason FROM refused ORDER BY ALL")

    def ask(self, query, *given):
        """The rows of a query."""
        return self.file.connection.execute(query, given).fetchall()


@pytest.fixture
def stage(tmp_path):
    """An empty working file in a folder of its own."""
    made = Stage(tmp_path)
    yield made
    made.file.close()
