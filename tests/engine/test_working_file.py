"""The engine's working file: what is in it as columns, who may open it, and how an account is erased from it."""

import subprocess
import sys

import duckdb
import pytest

from renown.engine.forgetting import forget
from renown.engine.ingest import ingest
from renown.engine.interactions import NO_POST, Kind
from renown.engine.ranking import rank_interactions
from renown.engine.working_file import WorkingFile
from renown.errors import CannotServe

TEXT = """actor,target,kind,at,post,text
fan1,Star,repost,1341100800,p1,Hello from Star
fan2,Star,repost,1341100801,p1,Hello from Star
Star,friend,mention,1341100802,p2,Look at friend
fan1,friend,like,1341100803,p3,
nobody,Star,hug,1341100804,,
"""


@pytest.fixture
def path(tmp_path):
    """A working file with a few events."""
    (tmp_path / "a.csv").write_text(TEXT)
    with WorkingFile.open(tmp_path / "engine.duckdb") as file:
        ingest(file, tmp_path / "a.csv")
    return tmp_path / "engine.duckdb"


def test_its_events_are_columns_that_can_be_ranked(path):
    """Accounts and posts are numbered by name; what names no post says so."""
    with WorkingFile.open(path, read_only=True) as file:
        events = file.interactions()
    assert events.names.tolist() == ["twitter:fan1", "twitter:fan2", "twitter:friend", "twitter:star"]
    assert events.names[events.actor].tolist() == ["twitter:fan1", "twitter:fan2", "twitter:star", "twitter:fan1"]
    assert events.kind.tolist() == [Kind.REPOST, Kind.REPOST, Kind.MENTION, Kind.LIKE]
    assert events.post.tolist() == [0, 0, 1, 2]
    ranking = rank_interactions(events, 1341190000)
    assert events.names[ranking.account].tolist() == ["twitter:star", "twitter:friend"]


def test_an_empty_one_has_no_events(tmp_path):
    """And no span."""
    with WorkingFile.open(tmp_path / "engine.duckdb") as file:
        assert len(file.interactions()) == 0
        held = file.held()
    assert (sum(held.events.values()), held.accounts, held.first) == (0, 0, None)


def test_what_is_held_is_counted(path):
    """By kind, with what was refused and from when to when."""
    with WorkingFile.open(path) as file:
        held = file.held()
    assert held.events == {"repost": 2, "reply": 0, "mention": 1, "like": 1, "list": 0, "follow": 0}
    assert (held.accounts, held.posts, held.refused) == (4, 2, 1)
    assert (held.first, held.last) == (1341100800, 1341100803)


def test_an_event_without_a_post_says_so(tmp_path):
    """In its column."""
    (tmp_path / "a.csv").write_text("actor,target,kind,at\na,b,like,1\n")
    with WorkingFile.open(tmp_path / "engine.duckdb") as file:
        ingest(file, tmp_path / "a.csv")
        assert file.interactions().post.tolist() == [NO_POST]


def test_forgetting_removes_an_account_from_the_file_and_from_what_comes_later(path, tmp_path):
    """Its events, its posts, the refused line that names it: not a byte of its name is left, nor does it come again."""
    gone = forget(path, "twitter:star")
    assert (gone.events, gone.posts) == (3, 2)
    content = path.read_bytes().lower()
    assert not any(part in content for part in (b"star", b"hello", b"look at"))
    (tmp_path / "b.csv").write_text(
        TEXT + "fan9,STAR,like,1341100900,,\nstar,fan9,like,1341100901,,\nfan9,fan1,like,5,,\n"
    )
    with WorkingFile.open(path) as file:
        assert file.connection.execute("SELECT count(*) FROM event").fetchall() == [(1,)]
        _, source = ingest(file, tmp_path / "b.csv")
        assert source.events == 1
        assert "twitter:star" not in file.interactions().names
        assert source.posts == 0


def test_forgetting_reaches_tables_that_others_keep_there(path):
    """By the names of their columns."""
    with WorkingFile.open(path) as file:
        file.connection.execute("CREATE TABLE score (account VARCHAR PRIMARY KEY, value DOUBLE)")
        file.connection.execute("INSERT INTO score VALUES ('twitter:star', 9), ('twitter:fan1', 1)")
    forget(path, "twitter:star")
    with WorkingFile.open(path) as file:
        assert file.connection.execute("SELECT account FROM score").fetchall() == [("twitter:fan1",)]


def test_a_file_of_somebody_else_is_not_touched(tmp_path):
    """Neither another DuckDB file nor one that is none, nor one of a later version."""
    other = tmp_path / "other.duckdb"
    with duckdb.connect(str(other)) as made:
        made.execute("CREATE TABLE wages (name VARCHAR)")
    with pytest.raises(CannotServe, match="none of the engine's"):
        WorkingFile.open(other)
    (tmp_path / "text").write_text("Dear diary, " * 2_000)
    with pytest.raises(CannotServe, match="cannot be opened"):
        WorkingFile.open(tmp_path / "text")
    with WorkingFile.open(tmp_path / "later") as file:
        file.connection.execute("UPDATE made_by SET version = 99")
    with pytest.raises(CannotServe, match="later version"):
        WorkingFile.open(tmp_path / "later")


def test_without_duckdb_it_says_what_to_install(tmp_path, monkeypatch):
    """In the error's next step."""
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(CannotServe, match="pip install 'renown\\[batch\\]'") as told:
        WorkingFile.open(tmp_path / "engine.duckdb")
    assert told.value.code == "MISSING_EXTRA"


def test_one_that_is_not_there_is_not_made_to_be_read(tmp_path):
    """Nor is anything else."""
    with pytest.raises(CannotServe, match="There is no working file"):
        WorkingFile.open(tmp_path / "none", read_only=True)
    assert not list(tmp_path.iterdir())


def test_one_that_another_process_writes_is_not_opened(path):
    """And says so."""
    held = (
        "import sys; from pathlib import Path; from renown.engine.working_file import WorkingFile\n"
        "with WorkingFile.open(Path(sys.argv[1])): print('open', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-c", held, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout.readline() == b"open\n"
        with pytest.raises(CannotServe, match="is in use by another process"):
            WorkingFile.open(path, read_only=True)
        other.stdin.close()
