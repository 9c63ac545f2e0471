"""What posts in the working file speak of: each is read once."""

import signal
import subprocess
import sys

import pytest

from renown.engine.posted_topics import read_topics
from renown.engine.topics import Topic, Vocabulary, shipped_vocabulary
from renown.engine.working_file import WorkingFile
from working_files import DAY, post, write

FOOD = Vocabulary([Topic("food", "Food", words=("food", "tyres")), Topic("flu", "Flu", (), ("flu",), (), True)])


@pytest.fixture
def path(tmp_path):
    """A working file with three posts."""
    posts = [post("1", "ann", "Tyres and #F1"), post("2", "ann", "flu"), post("3", "bob", "hello", None)]
    return write(tmp_path / "engine.duckdb", posts=posts)


def read(path, vocabulary=None, **given):
    """Reads the posts; how many were, and what they speak of."""
    with WorkingFile.open(path) as file:
        count = read_topics(file, vocabulary or shipped_vocabulary(), advance=lambda _more: None, **given)
        return count, set(file.connection.execute("SELECT post, topic, said FROM post_topic").fetchall())


def test_each_post_is_read_once(path):
    """With its evidence; the second time only what is new."""
    count, found = read(path)
    assert count == 3
    assert {("1", "tyres", "tyres"), ("1", "automotive", "tyres; #f1"), ("1", "sport", "#f1")} <= found
    assert {id_ for id_, _, _ in found} == {"1"}
    assert read(path) == (0, found)
    write(path, posts=[post("4", "bob", "a marathon", DAY)])
    again, more = read(path)
    assert again == 1
    assert found < more


def test_another_vocabulary_reads_all_anew(path):
    """So do sensitive topics, once they are asked for, and no longer."""
    assert read(path, FOOD) == (3, {("1", "food", "tyres")})
    assert read(path, FOOD, sensitive=True) == (3, {("1", "food", "tyres"), ("2", "flu", "flu")})
    assert read(path, FOOD) == (3, {("1", "food", "tyres")})
    assert read(path, FOOD) == (0, {("1", "food", "tyres")})


def test_what_a_post_said_goes_with_it(path):
    """A post that was withdrawn speaks of nothing any more."""
    read(path)
    with WorkingFile.open(path) as file:
        file.connection.execute("DELETE FROM post WHERE id = '1'")
    assert read(path) == (0, set())


def test_killed_while_it_reads_it_goes_on_where_it_stopped(path):
    """A process that is killed behind its second lot has kept two; nothing is read twice, and nothing is left out."""
    killed = subprocess.run([sys.executable, "-c", _KILLED, str(path)], check=False, timeout=120)  # noqa: S603 - ours
    assert killed.returncode == -signal.SIGKILL
    count, found = read(path)
    assert count == 1
    assert {id_ for id_, _, _ in found} == {"1"}


_KILLED = """
import os, signal, sys
from pathlib import Path
from renown.engine import posted_topics
from renown.engine.topics import shipped_vocabulary
from renown.engine.working_file import WorkingFile

told = []
def advance(more):
    told.append(more)
    if len(told) == 2:
        os.kill(os.getpid(), signal.SIGKILL)

posted_topics._UNREAD = posted_topics._UNREAD.replace("LIMIT 20000", "LIMIT 1")
with WorkingFile.open(Path(sys.argv[1])) as file:
    posted_topics.read_topics(file, shipped_vocabulary(), advance=advance)
"""
