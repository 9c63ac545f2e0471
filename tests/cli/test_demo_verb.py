"""`renown demo`: real figures, ranked and served; nothing is left behind."""

import signal
import tempfile
from pathlib import Path

import httpx
import pytest
from cli_stage import busy_port, process, renown, server, stop, url_in

SAID = (
    "two published tables: august 2012",
    "april 2013",
    "comparable by peerindex alone",
    "klout's scale changed in august 2012",
    "kred has no published figure for anybody here",
    "nothing in the demo's figures is synthetic",
)


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    """The folder for temporary files, of this test alone."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def test_once_prints_the_ranking_and_leaves_nothing(temporary, tmp_path):
    """As a process: the ranking, the footer, no word on stderr, exit code 0, no file."""
    answer = process("demo", "--once")
    assert (answer.returncode, answer.stderr) == (0, "")
    for handle in ("TheFifthDriver", "MercedesAMGF1", "Goodyear_UK", "PirelliUK", "BridgestoneTyre"):
        assert f"@{handle}" in answer.stdout
    footer = " ".join(answer.stdout.lower().split())
    assert [sentence for sentence in SAID if sentence not in footer] == []
    assert "SYNTHETIC" not in answer.stdout
    assert "renown demo --once --db demo.db, then renown voice TheFifthDriver --db demo.db" in answer.stdout
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert list(temporary.iterdir()) == []


def test_the_same_figures_may_be_loaded_twice(demo_db):
    """A second demo on the same database changes nothing of what it ranks."""
    words = ("rank", "--topic", "automotive", "--db", demo_db)
    once = renown(*words).stdout
    assert "Goodyear_UK" in once
    assert renown("demo", "--once", "--db", demo_db).exit_code == 0
    assert renown(*words).stdout == once


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_until_it_is_stopped(temporary, sign):
    """It says where, serves the page there, ends with 0 without a word, and removes its database."""
    with server("demo", "--port", 0) as (running, printed):
        assert "GraphiQL" in httpx.get(url_in(printed)).text
        assert [path.name for path in temporary.rglob("demo.db")] == ["demo.db"]
        assert stop(running, sign) == (0, "")
    assert list(temporary.iterdir()) == []


def test_a_busy_port_is_found_before_anything_is_said(temporary):
    """Somebody else's port: one sentence with what to do, exit code 1, nothing loaded."""
    with busy_port() as port:
        answer = process("demo", "--port", port)
    assert (answer.returncode, answer.stdout) == (1, "")
    assert answer.stderr == (
        f"renown: Port {port} on 127.0.0.1 is in use. Take another, for example --port {port + 1}.\n"
    )
    assert list(temporary.iterdir()) == []


def test_once_needs_no_port(tmp_path):
    """With --once a busy port is no obstacle."""
    with busy_port() as port:
        assert renown("demo", "--once", "--port", port, "--db", tmp_path / "a.db").exit_code == 0


def test_a_synthetic_population_says_so(tmp_path):
    """Title and footer say SYNTHETIC in capitals, here and in any later ranking of that database."""
    path = Path(tmp_path / "a.db")
    shown = renown("demo", "--once", "--synthetic", 200, "--seed", 7, "--db", path).stdout
    assert shown.startswith("SYNTHETIC, not real accounts: ")
    assert "SYNTHETIC: 200 invented voices of seed 7" in shown.replace("\n", " ")
    assert "published tables" not in shown
    assert renown("rank", "--db", path).stdout.startswith("SYNTHETIC, not real accounts: ")
