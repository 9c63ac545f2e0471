"""Ranking very many voices by weights of the asker's own: ours beside bare numpy, DuckDB, Polars and PostgreSQL.

    python bench/ranking.py [--quick] [--json FILE] [--svg FILE]

Synthetic voices with four providers; all engines keep the percentiles and have one processor. Each question has weights
never seen before, a country and a topic, and asks for a page of 50 and for how many there are in all. Answers are
compared first. Then all take turns; the figures are medians of what elapsed, in milliseconds. Growth is of the
processor time of ours by itself: it says how the work grows, not how full the others make the memory. What is not
installed (`pip install -r bench/ranking_trial/requirements.txt`) is named as not run. A bound that is missed is called
MISSED.
"""

import argparse
import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from math import log
from pathlib import Path
from statistics import median

# Read once, when the libraries are loaded: what is compared is work, not processors.
for _threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "POLARS_MAX_THREADS"):
    os.environ[_threads] = "1"

from bars import bars  # noqa: E402 - threads first
from figures import Figure, arguments, figure, finish  # noqa: E402
from ranking_trial.engines import Engine, bare_numpy, duckdb_sql, ours, polars_lazy  # noqa: E402 - threads first
from ranking_trial.memory import columns_of, swapped  # noqa: E402
from ranking_trial.population import Population, Question, questions  # noqa: E402
from ranking_trial.postgres import Postgres, engine, postgres  # noqa: E402

SIZES = (10_000, 100_000, 300_000, 1_000_000, 3_000_000)
QUICK_SIZES = (10_000, 100_000)
JUDGED = 1_000_000
GROWTH = (300_000, 3_000_000)
ROUNDS, QUICK_ROUNDS = 40, 5
OURS = "ours"
OTHERS = ("numpy, bare", "DuckDB", "Polars", "PostgreSQL")
# Ours may take so many times what another takes; it is judged at JUDGED voices, on the first page of a filter.
BOUNDS = {"numpy, bare": 2.5, "DuckDB": 0.5, "PostgreSQL": 0.5}
MOST_GROWTH, MOST_COLUMNS = 1.15, 100e6
_DEEP = 1 / 500


@dataclass(frozen=True)
class Case:
    """A kind of question: with a filter or of everybody, and after which share of all voices the page begins."""

    name: str
    after: float
    filtered: bool

    def asked(self, size: int) -> Iterator[Question]:
        """Questions without end."""
        return questions(int(size * self.after), filtered=self.filtered)


CASES = (
    Case("filter, first page", 0, filtered=True),
    Case("filter, deep page", _DEEP, filtered=True),
    Case("everybody, first page", 0, filtered=False),
)


@dataclass
class Found:
    """Median seconds by size, case and engine; and what else was measured."""

    seconds: dict[tuple[int, str, str], float] = field(default_factory=dict)
    first: dict[int, float] = field(default_factory=dict)
    by_itself: dict[int, float] = field(default_factory=dict)
    memory: dict[int, dict[str, int]] = field(default_factory=dict)

    def ratio(self, size: int, case: str, other: str) -> float | None:
        """How many times another's time ours is."""
        beside = self.seconds.get((size, case, other))
        return self.seconds[size, case, OURS] / beside if beside else None

    def growth(self) -> float | None:
        """The exponent by which ours grows with the voices, by itself."""
        few, many = (self.by_itself.get(size) for size in GROWTH)
        return log(many / few) / log(GROWTH[1] / GROWTH[0]) if few and many else None


def measure(size: int, server: Postgres | None, rounds: int, found: Found) -> list[str]:
    """Everything at one size; the names of engines that were not run."""
    population = Population.synthetic(size)
    standings = population.standings()
    mine = ours(standings)
    begun = time.perf_counter()
    mine(next(questions(0)))
    found.first[size] = time.perf_counter() - begun
    found.by_itself[size] = _processor(mine, size, rounds)
    engines: dict[str, Engine | None] = {
        OURS: mine,
        "numpy, bare": bare_numpy(population),
        "DuckDB": duckdb_sql(population),
        "Polars": polars_lazy(population),
        "PostgreSQL": None if server is None else engine(server, population),
    }
    running = {name: ask for name, ask in engines.items() if ask}
    for case in CASES:
        _compare(case, running, size)
        for name, seconds in _timed(case, running, size, rounds if case.filtered else max(3, rounds // 5)).items():
            found.seconds[size, case.name, name] = seconds
    found.memory[size] = columns_of(standings) | {"swapping": swapped(standings)}
    return [name for name, ask in engines.items() if ask is None]


def _processor(mine: Engine, size: int, rounds: int) -> float:
    """The median processor seconds of ours, before the memory is shared with the others."""
    took = []
    for question in islice(CASES[0].asked(size), 2 * rounds):
        begun = time.process_time()
        mine(question)
        took.append(time.process_time() - begun)
    return median(took[rounds:])


def _compare(case: Case, engines: dict[str, Engine], size: int) -> None:
    for question in islice(case.asked(size), 3):
        answers = {name: ask(question) for name, ask in engines.items()}
        for name, answer in answers.items():
            if not answer.agrees_with(answers[OURS]):
                raise SystemExit(f"{name} does not answer as ours does to {question}: {answer} and {answers[OURS]}")


def _timed(case: Case, engines: dict[str, Engine], size: int, rounds: int) -> dict[str, float]:
    took: dict[str, list[float]] = {name: [] for name in engines}
    for question in islice(case.asked(size), rounds):
        for name, ask in engines.items():
            begun = time.perf_counter()
            ask(question)
            took[name].append(time.perf_counter() - begun)
    return {name: median(seconds) for name, seconds in took.items()}


def told(found: Found, sizes: tuple[int, ...]) -> str:
    """The figures as a table, with a verdict beside whatever has a bound."""
    lines = []
    for case in CASES:
        lines += ["", f"{case.name} (milliseconds)", f"{'voices':>12}{OURS:>10}" + "".join(f"{n:>20}" for n in OTHERS)]
        for size in sizes:
            cells = "".join(_cell(found, size, case, name) for name in OTHERS)
            lines.append(f"{size:>12,}{found.seconds[size, case.name, OURS] * 1e3:>10.2f}{cells}")
    lines += [
        "",
        f"{'voices':>12}{'alone (ms)':>12}{'first (ms)':>12}{'columns (MB)':>14}{'ids':>8}{'names':>8}{'swapping':>10}",
    ]
    for size in sizes:
        parts = (found.memory[size][part] / 1e6 for part in ("columns", "claim ids", "names and words", "swapping"))
        shown = "{:>14.1f}{:>8.1f}{:>8.1f}{:>10.1f}".format(*parts)
        lines.append(f"{size:>12,}{found.by_itself.get(size, 0) * 1e3:>12.2f}{found.first[size] * 1e3:>12.0f}{shown}")
    growth = found.growth()
    if growth is not None:
        lines.append(f"\ngrowth from {GROWTH[0]:,} to {GROWTH[1]:,}: n^{growth:.2f}{_verdict(growth, MOST_GROWTH)}")
    if JUDGED in found.memory:
        lines.append(f"columns at {JUDGED:,}{_verdict(found.memory[JUDGED]['columns'], MOST_COLUMNS)}")
    return "\n".join(lines)


def _cell(found: Found, size: int, case: Case, name: str) -> str:
    ratio = found.ratio(size, case.name, name)
    if ratio is None:
        return f"{'not run':>20}"
    is_judged = size == JUDGED and case is CASES[0] and name in BOUNDS
    verdict = _verdict(ratio, BOUNDS[name]) if is_judged else ""
    return f"{f'{found.seconds[size, case.name, name] * 1e3:.2f} ({ratio:.2f}){verdict}':>20}"


def _verdict(value: float, bound: float) -> str:
    return " kept" if value <= bound else " MISSED"


def as_json(found: Found) -> list[Figure]:
    """All figures, each beside what it is measured against."""
    entries: list[Figure] = []
    for (size, case, name), seconds in found.seconds.items():
        if name == OURS:
            entries += [
                figure(f"{case}, {size} voices", seconds, "s", other, found.seconds[size, case, other])
                for other in OTHERS
                if (size, case, other) in found.seconds
            ]
    for size, parts in found.memory.items():
        entries += [figure(f"{part}, {size} voices", value, "bytes") for part, value in parts.items()]
        entries.append(figure(f"first question, {size} voices", found.first[size], "s"))
        entries.append(figure(f"ours by itself (processor), {size} voices", found.by_itself[size], "s"))
    growth = found.growth()
    return entries if growth is None else [*entries, figure("growth exponent", growth, "1")]


def main() -> None:
    """Measure, print and write the JSON."""
    asked = _asked()
    sizes = QUICK_SIZES if asked.quick else SIZES
    rounds = QUICK_ROUNDS if asked.quick else ROUNDS
    found, absent = Found(), set[str]()
    with postgres() as server:
        for size in sizes:
            absent.update(measure(size, server, rounds, found))
            print(f"{size:,} voices measured", flush=True)
    print(told(found, sizes))
    if absent:
        print(f"Not run, since not installed: {', '.join(sorted(absent))}.")
    finish(asked, as_json(found))
    if asked.svg is not None:
        asked.svg.write_text(picture(found, sizes), encoding="utf-8")


def picture(found: Found, sizes: Sequence[int]) -> str:
    """The first page of a filtered ranking, a group of bars a size."""
    shown = {
        f"{size:,} voices": {
            name: found.seconds[size, CASES[0].name, name] * 1e3
            for name in (OURS, *OTHERS)
            if (size, CASES[0].name, name) in found.seconds
        }
        for size in sizes
    }
    return bars("A page of a filtered ranking, synthetic voices: shorter is better", shown, [OURS], "ms")


def _asked() -> argparse.Namespace:
    parser = arguments(__doc__, f"{QUICK_SIZES[-1]:,} voices at most, fewer rounds")
    parser.add_argument("--svg", type=Path, metavar="FILE", help="draw the first page of a filter")
    return parser.parse_args()


if __name__ == "__main__":
    main()
