"""`renown verify`: the same verdict in any process, without database and network; and the exit codes."""

import hashlib
import json
import socket
from pathlib import Path

import pytest
from cli_stage import process, renown


@pytest.fixture(scope="session")
def lock_bytes(demo_file: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, str]:
    """The lock file of the tyre brands as `renown rank` wrote it, and what that said on stderr."""
    path = tmp_path_factory.mktemp("locks") / "tyres.json"
    answer = renown("rank", "--list", "tyres", "--lock", path, "--db", demo_file, "--format", "json")
    assert answer.exit_code == 0, answer.stderr
    assert len(json.loads(answer.stdout)["entries"]) == 6
    return path.read_bytes(), answer.stderr


@pytest.fixture
def lock_file(lock_bytes, tmp_path):
    """That file, for one test to change."""
    path = tmp_path / "tyres.lock.json"
    path.write_bytes(lock_bytes[0])
    return path


def _edited(path, before, after):
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")
    return path


def test_the_digest_is_of_the_file(lock_bytes):
    """What `rank --lock` says on stderr is the sha256 of the file it wrote."""
    content, said = lock_bytes
    assert hashlib.sha256(content).hexdigest() in said


def test_it_is_the_same_in_another_process(lock_file):
    """In a process of its own, in a folder without any database, the file comes out byte for byte."""
    answer = process("verify", lock_file, "--format", "json")
    verdict = json.loads(answer.stdout)
    assert (answer.returncode, verdict["verdict"], verdict["findings"]) == (0, "SAME", [])
    assert verdict["digest"] == hashlib.sha256(lock_file.read_bytes()).hexdigest()


def test_it_needs_neither_database_nor_network(lock_file, monkeypatch):
    """No store is opened and no socket is made, whatever the environment says."""

    def refuse(*_args, **_more):
        raise AssertionError

    monkeypatch.setenv("RENOWN_DATABASE_URL", "postgresql+asyncpg://nobody@127.0.0.1:1/none")
    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr("renown.store.Store.open", refuse)
    answer = renown("verify", lock_file)
    assert answer.exit_code == 0, answer.output
    assert answer.stdout.startswith("SAME: ")


def test_beside_its_database_it_is_the_same(lock_file, demo_db, monkeypatch):
    """With `--db`, or `--here` and the setting, the database makes the same bytes of its snapshot."""
    assert renown("verify", lock_file, "--db", demo_db).exit_code == 0
    monkeypatch.setenv("RENOWN_DATABASE_URL", f"sqlite+aiosqlite:///{demo_db}")
    assert renown("verify", lock_file, "--here").exit_code == 0


def test_a_file_that_was_changed_is_altered(lock_file):
    """A value that was changed is named with its claim, and the exit code is 3."""
    answer = renown("verify", _edited(lock_file, '"value":59', '"value":95'))
    assert answer.exit_code == 3
    assert answer.stdout.startswith("ALTERED: ")
    assert "klout.score of twitter:goodyear_uk is 95 of 2012-08-15" in answer.stdout


def test_what_the_database_makes_otherwise_is_changed(lock_file, demo_db):
    """A file that says otherwise who was considered comes out by itself; the database finds it, and the code is 4."""
    told = _edited(lock_file, '"considered":46', '"considered":47')
    assert renown("verify", told).exit_code == 0
    answer = renown("verify", told, "--db", demo_db)
    assert (answer.exit_code, answer.stdout.partition(":")[0]) == (4, "CHANGED")
    assert "considered: 47 in the file, 46 computed again." in answer.stdout


def test_what_the_database_lacks_is_incomplete(lock_file, tmp_path):
    """Beside a database that does not hold its claims the file is incomplete, each hole with its reason; code 5."""
    other = tmp_path / "other.db"
    rows = ("handle,provider,metric,value,date,citation", "a,klout,score,41,2012-08-31,none")
    for number in range(2):
        figures = tmp_path / f"{number}.csv"
        figures.write_text("\n".join(rows).replace(",41,", f",4{number},"), encoding="utf-8")
        assert renown("import", figures, "--db", other).exit_code == 0
    answer = renown("verify", lock_file, "--db", other, "--format", "json")
    verdict = json.loads(answer.stdout)
    assert (answer.exit_code, verdict["verdict"], len(verdict["holes"])) == (5, "INCOMPLETE", 12)
    assert {hole["reason"] for hole in verdict["holes"]} == {"NOT_HELD"}
    shown = renown("verify", lock_file, "--db", other)
    assert shown.stdout.startswith("INCOMPLETE (12 holes): ")
    assert "and 2 more" in shown.stdout


def test_only_ten_differences_are_shown(lock_file):
    """Of many differences the first ten are shown, and how many more there are."""
    answer = renown("verify", _edited(lock_file, '"minimum_providers":2', '"minimum_providers":3'))
    assert answer.exit_code == 3
    assert sum(line.startswith("  ") for line in answer.stdout.splitlines()) == 11
    assert "more differences" in answer.stdout


@pytest.mark.parametrize("words", [("verify", "nowhere.json"), ("verify", "empty.json")])
def test_what_cannot_be_verified_is_one_line(words, tmp_path):
    """A file that is not there, or is no lock file, is one line on stderr and the exit code 1."""
    (tmp_path / "empty.json").write_bytes(b"{}")
    answer = renown(*words)
    assert (answer.exit_code, answer.stdout, answer.stderr.count("\n")) == (1, "", 1)


def test_a_lock_that_cannot_be_written_is_one_line(demo_db, tmp_path):
    """Where the lock file cannot be written, one line says so."""
    answer = renown("rank", "--list", "tyres", "--lock", tmp_path / "no" / "folder.json", "--db", demo_db)
    assert answer.exit_code == 1
    assert "cannot be written" in answer.stderr


def test_leave_one_out_is_shown(demo_db):
    """`rank --leave-one-out` adds a table with a row a provider, and in JSON an object a provider."""
    words = ("rank", "--list", "tyres", "--leave-one-out", "--db", demo_db)
    table = renown(*words, width=120).stdout
    assert "Without one provider" in table
    assert "Pirelli UK 3 to 5" in table
    left = json.loads(renown(*words, "--format", "json").stdout)["leaveOneOut"]
    assert [(each["provider"], each["moved"], each["fallenCount"]) for each in left] == [
        ("klout", 2, 6),
        ("peerindex", 3, 6),
    ]
    assert left[1]["mostMoved"] == {"voice": "twitter:pirelliuk", "before": 3, "after": 5}
    assert left[1]["statement"].startswith("Without PeerIndex, 3 places of 6 would change")
    assert "leaveOneOut" not in json.loads(renown(*words[:3], "--db", demo_db, "--format", "json").stdout)


@pytest.mark.parametrize("words", [("rank", "--leave-one-out"), ("verify", "x.json")])
def test_csv_is_refused(words, demo_db):
    """Neither a verdict nor what leaving one out changes is written as CSV."""
    answer = renown(*words, "--format", "csv", "--db", demo_db)
    assert answer.exit_code == 1
    assert "CSV" in answer.stderr
