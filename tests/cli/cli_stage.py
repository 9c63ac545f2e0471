"""The command as tests use it: within this process, and as a process of its own."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from typer.testing import CliRunner, Result

from renown.cli import app

COMMAND = [sys.executable, "-c", "from renown.cli import main; main()"]
_PATIENCE = 120


def renown(*words: object, width: int | None = None) -> Result:
    """Run a verb here; `width` is that of the terminal."""
    return CliRunner().invoke(app, [str(word) for word in words], env={"COLUMNS": str(width) if width else None})


def process(*words: object) -> subprocess.CompletedProcess[str]:
    """Run a verb as a process."""
    command = [*COMMAND, *map(str, words)]
    return subprocess.run(  # noqa: S603 - our own command
        command, capture_output=True, text=True, timeout=_PATIENCE, check=False, env=_environment()
    )


@contextmanager
def server(*words: object) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A verb that serves, as a process, and all it prints up to its first URL; killed at the end if it still runs."""
    with subprocess.Popen(  # noqa: S603 - our own command
        [*COMMAND, *map(str, words)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=_environment(),
    ) as running:
        try:
            yield running, _printed(running)
        finally:
            running.kill()


def stop(running: subprocess.Popen[str], sign: signal.Signals = signal.SIGINT) -> tuple[int, str]:
    """End a server in order: its exit code, and what it wrote to stderr."""
    running.send_signal(sign)
    _, errors = running.communicate(timeout=_PATIENCE)
    return running.returncode, errors


def url_in(printed: str) -> str:
    """The first URL in a text, without a slash at its end."""
    found = re.search(r"http://127\.0\.0\.1:\d+\S*", printed)
    assert found, printed
    return found[0].rstrip("/,")


@contextmanager
def busy_port() -> Iterator[int]:
    """A port somebody else listens on."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield other.getsockname()[1]


def free_port() -> int:
    """A port nobody listened on a moment ago."""
    with busy_port() as port:
        return port


def _printed(running: subprocess.Popen[str]) -> str:
    assert running.stdout is not None
    lines = []
    for line in running.stdout:
        lines.append(line)
        if "http://127.0.0.1" in line:
            break
    return "".join(lines)


# A worker of the suite sets a width; modules that are compiled anew at every start would be most of the time.
_LEFT_OUT = ("COLUMNS", "LINES", "PYTHONDONTWRITEBYTECODE")


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("RENOWN_", *_LEFT_OUT))}
    return kept | {"NO_COLOR": "1"}
