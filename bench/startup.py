"""How long it takes to begin: help, and `renown serve` until it has answered its first question on the demo's data.

    python bench/startup.py [--quick] [--json FILE]

Every command is a process of its own, with bytecode written; the rounds take turns, and medians are shown. Of help the
time of `python -c pass` is taken off. `processor` is what the process used: where `elapsed` is much more, others were
using the machine. A bound on what elapsed that is missed is called MISSED.
"""

import http.client
import json
import os
import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from figures import Figure, arguments, figure, finish

_ROUNDS, _QUICK_ROUNDS = 15, 3
_PYTHON = "python -c pass"
_RENOWN = (sys.executable, "-c", "from renown.cli import main; main()")
_QUESTION = json.dumps({"query": '{ ranking(of: "top UK automotive voices") { edges { node { place } } } }'})


@dataclass(frozen=True)
class Took:
    """Seconds."""

    elapsed: float
    processor: float


@dataclass(frozen=True)
class Start:
    """A way to begin, and what may elapse until it is done; without a bound it is what others are compared with."""

    name: str
    run: Callable[[], None]
    bound: float | None = None
    more_than: str | None = None

    @property
    def label(self) -> str:
        """As it is shown."""
        return f"{self.name}, more than {self.more_than}" if self.more_than else self.name


def main() -> None:
    """Take turns, print the table and write the JSON."""
    asked = arguments(__doc__, f"{_QUICK_ROUNDS} rounds in the place of {_ROUNDS}").parse_args()
    with TemporaryDirectory(prefix="renown-startup-") as folder:
        starts = _starts(Path(folder))
        took = _medians(starts, _QUICK_ROUNDS if asked.quick else _ROUNDS)
    print(_table(starts, took))
    finish(asked, figures_of(starts, took))


def _starts(folder: Path) -> list[Start]:
    _run(folder, *_RENOWN, "demo", "--once", "--db", "demo.db")
    return [
        Start(_PYTHON, lambda: _run(folder, sys.executable, "-c", "pass")),
        Start("renown --help", lambda: _run(folder, *_RENOWN, "--help"), 0.3, _PYTHON),
        Start("renown rank --help", lambda: _run(folder, *_RENOWN, "rank", "--help"), 0.3, _PYTHON),
        Start("renown serve, first answer", lambda: _serve(folder), 2.0),
    ]


def _run(folder: Path, *command: str) -> None:
    subprocess.run(command, cwd=folder, env=_environment(), stdout=subprocess.DEVNULL, check=True)  # noqa: S603 - ours


def _serve(folder: Path) -> None:
    """From the start of the process to the whole of its first answer."""
    command = [*_RENOWN, "serve", "--port", "0", "--db", "demo.db"]
    with subprocess.Popen(  # noqa: S603 - our own command
        command, cwd=folder, env=_environment(), stdout=subprocess.PIPE, text=True
    ) as server:
        try:
            printed = server.stdout.readline() if server.stdout else ""
            found = re.search(r"http://([^:/]+):(\d+)", printed)
            if found is None:
                raise SystemExit(f"It did not come up, but said {printed!r}.")
            # The port listens already; the answer comes as soon as there is somebody to give it.
            connection = http.client.HTTPConnection(found[1], int(found[2]), timeout=60)
            connection.request("POST", "/graphql", _QUESTION, {"content-type": "application/json"})
            answer = json.loads(connection.getresponse().read())
            connection.close()
            if not answer["data"]["ranking"]["edges"]:
                raise SystemExit(f"It ranked nobody: {answer}")
        finally:
            server.kill()


def _environment() -> dict[str, str]:
    """Without settings, and with modules compiled once only."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("RENOWN_")}
    kept.pop("PYTHONDONTWRITEBYTECODE", None)
    return kept | {"NO_COLOR": "1"}


def _medians(starts: list[Start], rounds: int) -> dict[str, Took]:
    """By name; the first round, in which bytecode is written, does not count."""
    took: dict[str, list[Took]] = {start.name: [] for start in starts}
    for at in range(1 + rounds):
        for start in starts:
            measured = _measured(start.run)
            if at:
                took[start.name].append(measured)
    return {
        name: Took(median(each.elapsed for each in all_), median(each.processor for each in all_))
        for name, all_ in took.items()
    }


def _measured(run: Callable[[], None]) -> Took:
    used, begun = _used_by_children(), time.perf_counter()
    run()
    return Took(time.perf_counter() - begun, _used_by_children() - used)


def _used_by_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _more(start: Start, took: dict[str, Took]) -> Took:
    own, base = took[start.name], took[start.more_than] if start.more_than else Took(0, 0)
    return Took(own.elapsed - base.elapsed, own.processor - base.processor)


def _table(starts: list[Start], took: dict[str, Took]) -> str:
    lines = [f"{'seconds':<48}{'elapsed':>9}{'processor':>11}{'bound':>7}"]
    for start in starts:
        more = _more(start, took)
        line = f"{start.label:<48}{more.elapsed:>9.3f}{more.processor:>11.3f}"
        if start.bound is not None:
            line += f"{start.bound:>7.1f}{'  MISSED' if more.elapsed > start.bound else ''}"
        lines.append(line)
    return "\n".join(lines)


def figures_of(starts: list[Start], took: dict[str, Took]) -> list[Figure]:
    """What elapsed, beside the bound; and what the processor took, beside the bound as well."""
    figures = []
    for start in starts:
        more = _more(start, took)
        for kind, value in (("elapsed", more.elapsed), ("processor", more.processor)):
            bound = "bound" if start.bound else None
            figures.append(figure(f"{start.label}: {kind}", value, "s", bound, start.bound))
    return figures


if __name__ == "__main__":
    main()
