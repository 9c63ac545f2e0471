"""`renown serve`: GraphQL on a port of its own, and one sentence where it cannot."""

import signal
import sys

import httpx
import pytest
from cli_stage import busy_port, renown, server, stop, url_in

from renown.cli import serving

QUESTION = '{ ranking(of: "top UK automotive voices", first: 1) { totalCount lock { url } } }'


def test_it_answers_until_it_is_stopped(demo_db):
    """It answers a query, links to where it is served, and ends with 0 without a word."""
    with server("serve", "--port", 0, "--db", demo_db) as (running, printed):
        root = url_in(printed)
        ranking = httpx.post(f"{root}/graphql", json={"query": QUESTION}).json()["data"]["ranking"]
        assert stop(running, signal.SIGTERM) == (0, "")
    assert ranking["totalCount"] == 12
    assert ranking["lock"]["url"].startswith(f"{root}/locks/")


def test_a_busy_port_is_one_sentence(demo_db):
    """Somebody else's port: what is wrong and what to do, before anything else is printed."""
    with busy_port() as port:
        answer = renown("serve", "--port", port, "--db", demo_db)
    assert (answer.exit_code, answer.stdout) == (1, "")
    assert answer.stderr == (
        f"renown: Port {port} on 127.0.0.1 is in use. Take another, for example --port {port + 1}.\n"
    )


def test_a_database_that_cannot_be_opened_is_one_sentence(tmp_path):
    """What is wrong with the database is said before it is served."""
    answer = renown("serve", "--port", 0, "--db", tmp_path / "nowhere" / "a.db")
    assert (answer.exit_code, answer.stdout) == (1, "")
    assert "cannot be opened for writing" in answer.stderr


def test_a_host_that_is_none_is_one_sentence():
    """An address that cannot be found is named."""
    answer = renown("serve", "--host", "no such host", "--port", 0)
    assert answer.exit_code == 1
    assert answer.stderr.startswith("renown: There is no address 'no such host' here.")


def test_it_serves_where_httptools_is_not_installed(monkeypatch):
    """What the quick road is built on may be missing: then the server chooses a protocol by itself."""
    monkeypatch.delitem(sys.modules, "renown.web.quick_road", raising=False)
    monkeypatch.delitem(sys.modules, "uvicorn.protocols.http.httptools_impl", raising=False)
    monkeypatch.setitem(sys.modules, "httptools", None)
    assert serving.http_protocol() == "auto"


def test_it_takes_the_quick_road_where_it_can():
    """With httptools, kept answers are given by the server's protocol itself."""
    pytest.importorskip("httptools", reason="the quick road is built on httptools, which is not installed")
    from renown.web.quick_road import QuickRoad

    assert serving.http_protocol() is QuickRoad
