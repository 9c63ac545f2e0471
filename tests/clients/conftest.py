"""Clients from npm: installed once into pytest's cache, by the exact versions that stand in `package.json`."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
_NO_NODE = "no Node for this test: "

Ask = Callable[..., dict[str, Any]]


@pytest.fixture(scope="session")
def npm_clients(pytestconfig: pytest.Config) -> Path:
    """The folder that holds `node_modules` with the clients."""
    for program in ("node", "npm"):
        if shutil.which(program) is None:
            pytest.skip(f"{_NO_NODE}{program} is not installed")
    wanted = (HERE / "package.json").read_text()
    folder = Path(pytestconfig.cache.mkdir("npm-clients"))
    done = folder / "installed.json"
    if not done.exists() or done.read_text() != wanted:
        (folder / "package.json").write_text(wanted)
        _run(["npm", "install", "--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=folder)
        done.write_text(wanted)
    return folder


@pytest.fixture
def ask(npm_clients: Path) -> Ask:
    """Call a client's method: `ask(emulator_url, client, method, *arguments)`, with `key` where another is to be sent.

    Gives what `ask.cjs` prints: `error`, `result`, `headers`. Hosts are redirected unless the client takes a URL.
    """

    def call(url: str, client: str, method: str, *arguments: object, key: str = "demo-key") -> dict[str, Any]:
        redirect = [] if client == "coffee_klout" else ["--require", str(HERE / "redirect.cjs")]
        texts = [argument if isinstance(argument, str) else json.dumps(argument) for argument in arguments]
        command = ["node", "--no-deprecation", *redirect, str(HERE / "ask.cjs"), client, method, *texts]
        return json.loads(_run(command, env={**os.environ, "CLIENTS": str(npm_clients), "EMULATOR": url, "KEY": key}))

    return call


def _run(command: list[str], **how: Any) -> str:
    """What the program printed; what it complained of, where it failed."""
    program = shutil.which(command[0]) or command[0]
    done = subprocess.run(  # noqa: S603 - our own commands
        [program, *command[1:]], capture_output=True, text=True, timeout=300, check=False, **how
    )
    if done.returncode:
        pytest.fail(f"{' '.join(command)}: {done.stderr.strip()}", pytrace=False)
    return done.stdout


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many clients were not tried, and why: a skip must not pass for a success."""
    reasons = [
        report.longrepr[2].removeprefix("Skipped: ")
        for report in terminalreporter.getreports("skipped")
        if isinstance(report.longrepr, tuple) and _NO_NODE in report.longrepr[2]
    ]
    if reasons:
        terminalreporter.write_line(f"{len(reasons)} tests SKIPPED, {reasons[0]}", yellow=True, bold=True)
