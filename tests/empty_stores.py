"""Databases with this version's tables and nothing in them. The tables are made once a session; each test has a copy.

How the tables come to be is what `tests/store/test_store_opening.py` tests, on databases without any.
"""

import asyncio
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from renown.settings import sqlite_url
from renown.store import Store
from servers import new_database


@pytest.fixture
def empty_sqlite_url(_tables_file: Path, tmp_path: Path) -> str:
    """The URL of a SQLite file that holds nothing."""
    return sqlite_url(shutil.copy(_tables_file, tmp_path / "renown.db"))


@pytest.fixture
def empty_postgres_url(postgres_server: str, _tables_database: str) -> Iterator[str]:
    """The `postgresql+asyncpg://` URL of a database that holds nothing, and is dropped after the test."""
    with new_database(postgres_server, f"TEMPLATE {_tables_database}") as url:
        yield url.render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def _tables_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("tables") / "renown.db"
    asyncio.run(_make_tables(sqlite_url(path)))
    return path


@pytest.fixture(scope="session")
def _tables_database(postgres_server: str) -> Iterator[str]:
    with new_database(postgres_server) as url:
        asyncio.run(_make_tables(url.render_as_string(hide_password=False)))
        assert url.database
        yield url.database


async def _make_tables(url: str) -> None:
    await (await Store.open(url)).close()
