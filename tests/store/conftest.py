"""Every test of the store runs on SQLite and on PostgreSQL."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from renown.settings import sqlite_url
from renown.store import Store


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a database without tables is."""
    if request.param == "sqlite":
        return sqlite_url(tmp_path / "renown.db")
    return request.getfixturevalue("postgres_url")


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest) -> str:
    """Where a database with tables is, and nothing in them."""
    return request.getfixturevalue("empty_sqlite_url" if request.param == "sqlite" else "empty_postgres_url")


@pytest.fixture
async def store(empty_url: str) -> AsyncIterator[Store]:
    """An empty store."""
    async with await Store.open(empty_url) as opened:
        yield opened
