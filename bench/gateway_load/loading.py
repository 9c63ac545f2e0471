"""The load: a small program in C, so that it is never what is measured."""

import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from gateway_load.servers import Running, on_cpu

CONNECTIONS = 16
_SOURCE = Path(__file__).with_name("load.c")


@dataclass(frozen=True)
class Figures:
    """What one server did in one round. `first_pass` counts only until each body was sent once, requests a second.

    `processor_us` is what its process used for a request; None where the system does not tell.
    """

    requests: int
    per_second: float
    first_pass: float | None
    p50_ms: float
    p99_ms: float
    processor_us: float | None
    bytes: int


@dataclass(frozen=True)
class Work:
    """What is sent: the file of bodies, how many it holds, how many requests, and for how many seconds at most."""

    bodies: Path
    once: int
    requests: int
    seconds: float


def compiled(folder: Path) -> Path:
    """The program.

    Raises:
        SystemExit: there is no C compiler.
    """
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if compiler is None:
        raise SystemExit("The load is a C program, and there is no C compiler here: install gcc or clang.")
    program = folder / "load"
    subprocess.run([compiler, "-O2", "-o", program, _SOURCE], check=True)  # noqa: S603 - our own source
    return program


def load(program: Path, server: Running, work: Work) -> Figures:
    """What the server makes of it.

    Raises:
        SystemExit: an answer was bad, or the load could not go on.
    """
    before = server.processor_seconds()
    sent = (server.port, "/graphql", work.bodies, CONNECTIONS, work.requests, work.seconds, work.once)
    asked = [str(program), *map(str, sent)]
    done = subprocess.run(on_cpu(asked), capture_output=True, text=True, check=False)  # noqa: S603 - our own program
    if done.returncode:
        raise SystemExit(f"{server.name}: {done.stderr.strip()}")
    after, said = server.processor_seconds(), json.loads(done.stdout)
    if said["bad"]:
        raise SystemExit(f"{server.name}: {said['bad']} of {said['requests']} answers were errors.")
    count, first = said["requests"], said["first_seconds"]
    return Figures(
        requests=count,
        per_second=count / said["seconds"],
        first_pass=work.once / first if first else None,
        p50_ms=said["p50_ms"],
        p99_ms=said["p99_ms"],
        processor_us=None if before is None or after is None else (after - before) / count * 1e6,
        bytes=said["bytes"] // count,
    )
