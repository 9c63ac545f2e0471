"""A folder of its own for every test of the command, where a copy of the demo's figures may lie."""

import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

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


@pytest.fixture
def demo_db(demo_file: Path, tmp_path: Path) -> Path:
    """A copy of a database that holds the demo's figures."""
    return Path(shutil.copy(demo_file, tmp_path / "demo.db"))
