"""Requests a second of Renown beside Strawberry, Yoga and Mercurius: one schema, one data set, the same questions.

    python bench/gateway.py [--quick] [--json FILE] [--svg FILE] [--rounds N]

1,000 synthetic voices. Every server is one process on one processor, the load on the other: 16 connections, each
waiting for its answer. Whether all give the same answers is checked first. The rounds take turns; in each, 1,000 sets
of variables (weights, country, topic, page) go round, 30 % of them never seen before. Three modes of
`filtered-ranking.graphql`, and `one-voice.graphql` warm:

- ranking computed each time: no weights come twice, so that nothing kept can serve;
- ranking kept: each server keeps the sorted rankings, by weights and filter;
- response-cached: each server's own response cache.

`1st pass` is the rate until each set was sent once: there 30 % of the requests are new. `cpu us` is what the server's
process used for a request; `ours is` so many times that server by requests a second, and `by cpu`, which others on the
machine move less. A bound that is missed is called MISSED. Needs a C compiler for the load, Node and npm for the peers.
"""

import argparse
import asyncio
import platform
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from bars import bars
from figures import arguments, finish
from gateway_load.answers import difference
from gateway_load.loading import Figures, Work, compiled, load
from gateway_load.population import make
from gateway_load.questions import Questions, lookups, shuffled, write
from gateway_load.report import Bound, Measured, Mode, figures, table
from gateway_load.servers import Running, ours, peers, plain_strawberry, running

_OURS, _OURS_CACHED = ours(answers_kept=False).name, ours(answers_kept=True).name
_MERCURIUS = ("Mercurius JIT", "Mercurius JIT, fastest")
_CACHES = ("Yoga JIT, response cache", "Mercurius JIT, mercurius-cache")
COMPUTED = Mode("ranking computed each time", _OURS, (Bound(_MERCURIUS, 1.2),))
KEPT = Mode("ranking kept", _OURS, (Bound(_MERCURIUS, 1.5), Bound(("Strawberry",), 40)))
CACHED = Mode("response-cached", _OURS_CACHED, (Bound(_CACHES, 4),))
ONE_VOICE = Mode("one voice, warm", _OURS, (Bound(_MERCURIUS, 1.3),))

_CHECKED = 10
_SEED = 2012


@dataclass(frozen=True)
class Size:
    """How much is done: rounds, sets of variables, how often they go round; at most so many seconds a server and round,
    and so many for what is known before the rounds begin.
    """

    rounds: int
    sets: int
    passes: int
    seconds: float
    warming: float


_WHOLE = Size(rounds=7, sets=1_000, passes=5, seconds=4.0, warming=60.0)
_QUICK = Size(rounds=1, sets=100, passes=5, seconds=1.0, warming=1.5)


class Bench:
    """The servers while they run, and what is asked of them."""

    def __init__(self, size: Size, folder: Path, questions: Questions, program: Path) -> None:
        self._size = size
        self._folder = folder
        self._questions = questions
        self._program = program
        self._fresh = size.sets * 3 // 10
        self.known = questions.rankings(size.sets - self._fresh)
        self.lookups = lookups()

    def check(self, servers: Sequence[Running]) -> None:
        """Compares every server's answers, given twice, with those of the first.

        Raises:
            SystemExit: they differ, or one cannot answer.
        """
        bodies = self.known[:_CHECKED] + self.lookups[:_CHECKED]
        expected = [servers[0].ask(body) for body in bodies]
        for server in servers:
            for body, right in zip(bodies, expected, strict=True):
                for answer in (server.ask(body), server.ask(body)):
                    if found := str(answer.get("errors", "")) or difference(right["data"], answer["data"]):
                        raise SystemExit(f"{server.name} does not answer as {servers[0].name} does: {found}")

    def warm(self, server: Running) -> None:
        """Sends all that is known once, and some of it again for compilers that wait for that."""
        for bodies in (self.known, self.lookups):
            path = write(bodies, self._folder / "warm.txt")
            for requests, seconds in ((len(bodies), self._size.warming), (5 * len(bodies), self._size.seconds)):
                load(self._program, server, Work(path, len(bodies), requests, seconds))

    def round(self, mode: Mode, servers: Sequence[Running], number: int) -> dict[str, Figures]:
        """One round of one mode, every server with the same requests."""
        bodies = self._bodies(mode, number)
        path = write(bodies, self._folder / "bodies.txt")
        work = Work(path, len(bodies), self._size.sets * self._size.passes, self._size.seconds)
        turned = [*servers[number % len(servers) :], *servers[: number % len(servers)]]
        return {each.name: load(self._program, each, work) for each in turned}

    def _bodies(self, mode: Mode, number: int) -> list[str]:
        if mode is ONE_VOICE:
            return shuffled(self.lookups, number)
        if mode is COMPUTED:
            return self._questions.rankings(self._size.sets * self._size.passes)
        return shuffled(self.known + self._questions.rankings(self._fresh), number)


def main() -> None:
    """Make the voices, start everybody, take turns, and print."""
    asked = _asked()
    size = _QUICK if asked.quick else _WHOLE
    rounds = asked.rounds or size.rounds
    with TemporaryDirectory(prefix="renown-gateway-") as made, ExitStack() as stack:
        folder = Path(made)
        _say("Making the voices and the load.")
        population = asyncio.run(make(folder))
        bench = Bench(size, folder, Questions(population, _SEED), compiled(folder))
        found: dict[bool, list[Running]] = {}
        for kept in (False, True):
            chosen = [ours(answers_kept=kept), *([] if kept else [plain_strawberry()]), *peers(answers_kept=kept)]
            found[kept] = [
                stack.enter_context(running(server, population, bench.known[0], folder)) for server in chosen
            ]
        everybody = found[False] + found[True]
        bench.check(everybody)
        _say("The answers are the same.")
        for server in everybody:
            _say(f"Warming {server.name}.")
            bench.warm(server)
        modes = {COMPUTED: found[False], KEPT: found[False], CACHED: found[True], ONE_VOICE: found[False]}
        measured = [Measured(mode, {server.name: [] for server in servers}) for mode, servers in modes.items()]
        # Rankings that never come twice drive out those that are kept, so their rounds come last.
        for number, each in sorted(product(range(rounds), measured), key=lambda turn: turn[1].mode is COMPUTED):
            _say(f"Round {number + 1} of {rounds}: {each.mode.name}.")
            for name, figures in bench.round(each.mode, modes[each.mode], number).items():
                each.rounds[name].append(figures)
        _report(asked, measured, {server.name: server.first_ms for server in everybody}, rounds)


def _report(asked: argparse.Namespace, measured: list[Measured], first_ms: dict[str, float], rounds: int) -> None:
    print(f"{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, Python {platform.python_version()}, {rounds} rounds")
    print(table(measured, first_ms))
    finish(asked, figures(measured, first_ms))
    if asked.svg is not None:
        groups = {each.mode.name: each.medians("per_second") for each in measured}
        asked.svg.write_text(
            bars("One process on one processor", groups, (_OURS, _OURS_CACHED), "requests/s"), encoding="utf-8"
        )


def _say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


def _asked() -> argparse.Namespace:
    parser = arguments(__doc__, "one round of 100 sets of variables")
    parser.add_argument("--svg", type=Path, metavar="FILE", help="draw the requests a second")
    parser.add_argument("--rounds", type=int, metavar="N", help=f"rounds ({_WHOLE.rounds})")
    return parser.parse_args()


if __name__ == "__main__":
    main()
