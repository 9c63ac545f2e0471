"""Nothing comes in twice, and nothing is lost: the same file again, files that overlap, a reading that was killed."""

import gzip
import os
import signal
import subprocess
import sys
import textwrap

import pytest
from ingest_samples import lines, mentions, tweet

from renown.engine.ingest import ingest, running
from renown.engine.ingest.source import sources
from renown.engine.working_file import WorkingFile

HEAD = "actor,target,kind,at\n"


def rows(first, last):
    """Acts, one a second; each tenth line is no act."""
    return "".join(f"fan{n},star{n % 7},like,{n}\n" if n % 10 else f"broken {n}\n" for n in range(first, last))


def test_the_same_file_twice_changes_nothing(stage):
    """Neither events nor refused lines nor the count of sources; also under another name."""
    first = stage.read("a.csv", HEAD + rows(0, 500))
    before = stage.events(), stage.refused(), stage.file.held()
    again = stage.read("a.csv", HEAD + rows(0, 500))
    renamed = stage.read("b.csv", HEAD + rows(0, 500))
    assert (again.id, renamed.id) == (first.id, first.id)
    assert (stage.events(), stage.refused(), stage.file.held()) == before
    assert len(sources(stage.file)) == 1


def test_files_that_overlap_come_in_once(stage):
    """What both hold is counted as repeated; so is the same content packed."""
    stage.read("a.csv", HEAD + rows(0, 300))
    second = stage.read("b.csv", HEAD + rows(200, 500))
    packed = stage.read("c.csv.gz", gzip.compress((HEAD + rows(0, 500)).encode()))
    assert (second.events, second.repeated) == (180, 90)
    assert (packed.events, packed.repeated) == (0, 450)
    assert stage.file.held().events["like"] == 450


def test_a_line_twice_in_a_file_is_one_act(stage):
    """It cannot be told from a line that was written twice."""
    source = stage.read("a.csv", f"{HEAD}a,b,like,1\na,b,like,1\na,b,like,2\n")
    assert (source.events, source.repeated) == (2, 1)


def test_a_tweet_in_two_collections_is_one_act(stage):
    """Recognised by its number, however it is dressed up."""
    first = tweet(1, "ann", "hi @bob", entities=mentions("bob"))
    stage.read("a", lines(first, tweet(2, "cy")))
    second = stage.read("b", lines(first | {"favorite_count": 7, "lang": "fr"}, tweet(3, "cy")))
    assert (second.events, second.repeated, second.posts) == (0, 1, 1)


@pytest.mark.parametrize("ending", ["", ".gz"])
@pytest.mark.parametrize("quotes", ["", '"'])
def test_an_interrupted_reading_goes_on_behind_its_last_part(stage, monkeypatch, ending, quotes):
    """However far it came: afterwards there is what an uninterrupted reading gives."""
    monkeypatch.setattr(running, "_AT_ONCE", 100)
    monkeypatch.setattr("renown.engine.ingest.content._BLOCK", 2_000)
    text = (HEAD + rows(0, 2_000).replace(",like,", f",{quotes}like{quotes},")).encode()
    path = stage.folder / f"a.csv{ending}"
    path.write_bytes(gzip.compress(text) if ending else text)

    class Stopped(Exception):
        pass

    def stop(_progress):
        raise Stopped

    parts = 0
    while True:
        try:
            _, source = ingest(stage.file, path, on_progress=stop)
            break
        except Stopped:
            parts += 1
    with WorkingFile.open(stage.folder / "whole.duckdb") as whole:
        _, expected = ingest(whole, path)
        everything = whole.connection.execute("SELECT * FROM event ORDER BY key").fetchall()
        refused = whole.connection.execute("SELECT line, reason, text FROM refused ORDER BY line").fetchall()
    assert parts > 5
    assert (source.events, source.refused, source.line) == (expected.events, expected.refused, expected.line)
    assert stage.ask("SELECT * FROM event ORDER BY key") == everything
    assert stage.ask("SELECT line, reason, text FROM refused ORDER BY line") == refused


READ = """
    import sys
    from pathlib import Path
    from renown.engine.ingest import ingest, running
    from renown.engine.working_file import WorkingFile

    running._AT_ONCE = 2_000
    with WorkingFile.open(Path(sys.argv[1])) as file:
        ingest(file, Path(sys.argv[2]), on_progress=lambda now: print(now.source.line, flush=True))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_a_killed_ingest_goes_on_without_loss_or_doubling(tmp_path):
    """Killed without warning, again and again, wherever it is; then let run to its end."""
    log, path = tmp_path / "tweets.ndjson", tmp_path / "engine.duckdb"
    count = 12_000
    made = (tweet(n, f"fan{n}", "@star", entities=mentions(f"star{n % 9}")) for n in range(count))
    log.write_text("not json\n".join(lines(each) for each in made))
    command = [sys.executable, "-c", textwrap.dedent(READ), str(path), str(log)]
    kills = 0
    for parts in (1, 2):
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - our own command
            for _ in range(parts):
                assert process.stdout.readline()
            os.kill(process.pid, signal.SIGKILL)
        kills += process.returncode == -signal.SIGKILL
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own command
    assert kills == 2
    with WorkingFile.open(path) as file:
        (source,) = sources(file)
        held = file.held()
    assert source.finished
    assert held.events["mention"] == source.events == count
    assert (held.posts, held.refused) == (count, count - 1)
