"""A folder of its own for every test of the command, and one database with the demo's figures for all of them."""

import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import cli_stage
import pytest
import structlog


@pytest.fixture(autouse=True)
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No settings but the test's own; afterwards logs and signals are as they were."""
    for name in [name for name in os.environ if name.startswith("RENOWN_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)
    structlog.reset_defaults()


@pytest.fixture(scope="session")
def _demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("cli") / "demo.db"
    loaded = cli_stage.process("demo", "--once", "--db", path)
    assert loaded.returncode == 0, loaded.stderr
    return path


@pytest.fixture
def demo_db(_demo_file: Path, tmp_path: Path) -> Path:
    """A copy of a database that holds the demo's figures."""
    return Path(shutil.copy(_demo_file, tmp_path / "demo.db"))
