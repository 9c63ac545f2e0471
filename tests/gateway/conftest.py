"""A gateway on a database of its own: empty, with the demo's figures, or before emulated providers."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from gateway_stage import DATA, Clock, Upstream, demo_figures, upstream_of

from renown.gateway import Gateway, Standings
from renown.settings import Settings, sqlite_url


@pytest.fixture
def clock() -> Clock:
    """The gateway's clock."""
    return Clock()


@pytest.fixture
def database_url(empty_sqlite_url: str) -> str:
    """An empty SQLite database."""
    return empty_sqlite_url


@pytest.fixture(params=["sqlite", "postgresql"])
def any_database_url(request: pytest.FixtureRequest) -> str:
    """An empty database, on SQLite and on PostgreSQL."""
    return request.getfixturevalue("database_url" if request.param == "sqlite" else "empty_postgres_url")


@pytest.fixture
async def upstream() -> AsyncIterator[Upstream]:
    """Klout, Kred and PeerIndex, emulated."""
    async with upstream_of(DATA) as emulated:
        yield emulated


@pytest.fixture(scope="session")
def demo_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the demo's figures, to be copied."""
    path = tmp_path_factory.mktemp("demo") / "renown.db"

    async def load() -> None:
        async with await Gateway.open(_settings(sqlite_url(path))) as gateway:
            figures = demo_figures(gateway)
            await gateway.keep(figures.claims, figures.accounts)

    asyncio.run(load())
    return path


@pytest.fixture(scope="session")
def demo_standings(demo_database: Path) -> Standings:
    """The demo's figures in columns: they cannot be changed, so all tests may share them."""

    async def read() -> Standings:
        async with await Gateway.open(_settings(sqlite_url(demo_database))) as gateway:
            return await gateway.snapshots.current()

    return asyncio.run(read())


@pytest.fixture
def demo_url(demo_database: Path, tmp_path: Path) -> str:
    """A database of the test's own with the demo's figures."""
    return sqlite_url(shutil.copy(demo_database, tmp_path / "demo.db"))


@pytest.fixture
async def demo(demo_url: str, clock: Clock) -> AsyncIterator[Gateway]:
    """A gateway that holds the demo's figures and asks nobody."""
    async with await Gateway.open(_settings(demo_url), now=clock) as gateway:
        yield gateway


@pytest.fixture
async def empty(database_url: str, clock: Clock) -> AsyncIterator[Gateway]:
    """A gateway that holds nothing and asks nobody."""
    async with await Gateway.open(_settings(database_url), now=clock) as gateway:
        yield gateway


def _settings(url: str) -> Settings:
    return Settings(_env_file=None, database_url=url)
