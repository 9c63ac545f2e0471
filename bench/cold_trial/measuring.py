"""One round: so many voices nobody asked about before, through one gateway."""

import http.client
import itertools
import json
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from cold_trial.servers import Gateway, Providers, on_cpu

QUESTION = Path(__file__).parents[2] / "tests" / "contract" / "one-voice.graphql"
_MOST_SECONDS = 120.0


@dataclass(frozen=True)
class Figures:
    """What a gateway did in one round. `calls` are by kind; `processor_ms` is what its process used for a voice."""

    voices: int
    per_second: float
    p50_ms: float
    p99_ms: float
    processor_ms: float
    calls: dict[str, int]


class Voices:
    """Questions about one voice each, every voice a new one."""

    def __init__(self) -> None:
        self._numbers: Iterator[int] = itertools.count(1)
        self._query = QUESTION.read_text(encoding="utf-8")

    def next(self, count: int) -> list[str]:
        """The next so many questions, as bodies."""
        handles = (f"cold_{number:06d}" for number in itertools.islice(self._numbers, count))
        return [
            json.dumps({"query": self._query, "variables": {"network": "twitter", "handle": handle}})
            for handle in handles
        ]


def measured(program: Path, gateway: Gateway, upstream: Providers, bodies: list[str], connections: int) -> Figures:
    """Ask each question once, over so many connections.

    Raises:
        SystemExit: an answer was an error, or not all came in time.
    """
    asked = program.with_name("bodies.txt")
    asked.write_text("\n".join(bodies) + "\n", encoding="utf-8")
    upstream.calls()
    before, count = gateway.processor_seconds(), len(bodies)
    command = [str(program), str(gateway.port), "/graphql", str(asked)]
    command += map(str, (connections, count, _MOST_SECONDS, count))
    done = subprocess.run(on_cpu(command), capture_output=True, text=True, check=False)  # noqa: S603 - our own program
    if done.returncode:
        raise SystemExit(f"{gateway.name}: {done.stderr.strip()}")
    said = json.loads(done.stdout)
    if said["bad"] or said["requests"] != count:
        raise SystemExit(f"{gateway.name}: {said['requests']} of {count} answered, {said['bad']} of them errors.")
    return Figures(
        voices=count,
        per_second=count / said["seconds"],
        p50_ms=said["p50_ms"],
        p99_ms=said["p99_ms"],
        processor_ms=(gateway.processor_seconds() - before) / count * 1e3,
        calls=upstream.calls(),
    )


def slowest_provider_ms(upstream: Providers, times: int) -> float:
    """Klout's own time for one voice, in ms: an identity, then the score, over a connection that is open already."""
    connection = http.client.HTTPConnection("127.0.0.1", upstream.ports[0], timeout=10)
    took = []
    for _ in range(times):
        began = time.perf_counter()
        for target in ("/v2/identity.json/twitter?screenName=cold_000017", "/v2/user.json/100000000017/score"):
            connection.request("GET", target)
            connection.getresponse().read()
        took.append((time.perf_counter() - began) * 1e3)
    connection.close()
    return median(took)
