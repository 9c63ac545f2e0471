"""The demo's figures served over HTTP, loaded once a session; and a client with the words the tests need."""

import asyncio
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from renown.demo import load_demo
from renown.gateway import Gateway
from renown.settings import Settings, sqlite_url
from renown.web import application


@dataclass
class Served:
    """A running gateway, asked over HTTP."""

    client: TestClient

    def answer(self, query: str, variables: dict[str, Any] | None = None, **headers: str) -> dict[str, Any]:
        """The whole answer. Numbers with a point are decimals of the very digits that were sent."""
        asked = {"query": query, "variables": variables or {}}
        response = self.client.post(
            "/graphql", json=asked, headers={k.replace("_", "-"): v for k, v in headers.items()}
        )
        assert response.status_code == 200, response.text
        return json.loads(response.text, parse_float=Decimal)

    def data(self, query: str, variables: dict[str, Any] | None = None) -> dict[str, Any]:
        """The data of an answer without errors."""
        answer = self.answer(query, variables)
        assert "errors" not in answer, answer["errors"]
        return answer["data"]

    def error(self, query: str, variables: dict[str, Any] | None = None) -> dict[str, Any]:
        """The one error of an answer."""
        (error,) = self.answer(query, variables)["errors"]
        return error


def objects(answer: Any) -> Iterator[dict[str, Any]]:
    """Every object in an answer, outermost first."""
    if isinstance(answer, dict):
        yield answer
    for each in answer.values() if isinstance(answer, dict) else answer if isinstance(answer, list) else ():
        yield from objects(each)


def settings_of(path: Path, **more: Any) -> Settings:
    """Settings of a gateway over a SQLite file, whatever the environment says."""
    return Settings(_env_file=None, database_url=sqlite_url(path), **more)


async def fill(path: Path) -> None:
    """Loads the demo's figures into a SQLite file."""
    async with await Gateway.open(settings_of(path)) as gateway:
        await load_demo(gateway)


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the demo's figures, to be copied."""
    path = tmp_path_factory.mktemp("served") / "renown.db"
    asyncio.run(fill(path))
    return path


@pytest.fixture(scope="session")
def served(demo_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The demo's figures, served to all tests of the session: none may add to them."""
    copy = shutil.copy(demo_file, tmp_path_factory.mktemp("shared") / "renown.db")
    with TestClient(application(settings_of(copy))) as client:
        yield Served(client)


@pytest.fixture
def served_alone(demo_file: Path, tmp_path: Path) -> Iterator[Served]:
    """The demo's figures, served to one test, which may add to them."""
    copy = shutil.copy(demo_file, tmp_path / "renown.db")
    with TestClient(application(settings_of(copy))) as client:
        yield Served(client)
