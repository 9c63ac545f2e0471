"""How fast everybody is scored: from a Parquet file of events to one of scores, and PageRank beside other libraries.

    python bench/engine/speed.py [--quick] [--json FILE] [--peers PYTHON]

RMAT graphs of a fixed seed; accounts and posts are numbers. Scores are all components, as of one topic, in a process of
its own, imports and writing counted. Beside it stands scipy's PageRank alone on the same edges: matrix and 20 rounds,
imports and reading not counted. Rounds take turns; medians. `--peers` names a Python that has NetworKit, scikit-network
and igraph besides (`bench/engine/requirements.txt`); without it they are left out. Whole, it needs 6 GB of memory.
"""

import json
import math
import os
import subprocess
import sys
from argparse import Namespace
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from figures import Figure, arguments, figure, finish
from speed_trial.graph import UNTIL, rmat, write_log

_TRIAL = Path(__file__).parent / "speed_trial"
_PEERS = ("networkit", "scikit-network", "igraph")
_TIMES_ALONE, _TIMES_BEST, _MEGABYTES = 4.0, 1.2, 1_500.0
_SIZES = {1_000_000: 17, 10_000_000: 20, 50_000_000: 22}
_QUICK_SIZES = {50_000: 13, 200_000: 15}
_ROUNDS, _QUICK_ROUNDS = 5, 1
Told = dict[str, float]


def main() -> None:
    """Measure, print and write the JSON."""
    asked = _asked()
    sizes, rounds = (_QUICK_SIZES, _QUICK_ROUNDS) if asked.quick else (_SIZES, _ROUNDS)
    chief = max(sizes) if asked.quick else 10_000_000
    figures: list[Figure] = []
    costs: dict[int, Told] = {}
    for edges, bits in sizes.items():
        with TemporaryDirectory(prefix="renown-speed-") as folder:
            _prepare(Path(folder), edges, 1 << bits)
            if edges == chief:
                figures += _beside(Path(folder), edges, 1 << bits, rounds, asked.peers)
            costs[edges] = _median([_scored(Path(folder)) for _ in range(min(rounds, 3))])
    figures += _costs(costs)
    finish(asked, figures)


def _prepare(folder: Path, edges: int, accounts: int) -> None:
    actor, target = rmat(accounts, edges)
    np.save(folder / "actor.npy", actor)
    np.save(folder / "target.npy", target)
    write_log(folder / "events.parquet", actor, target)


def _beside(folder: Path, edges: int, accounts: int, rounds: int, peers: str | None) -> list[Figure]:
    """Scores beside PageRank alone, then our PageRank beside the others'."""
    names = ("alone", "renown", *(_PEERS if peers else ()))
    told: dict[str, list[Told]] = {name: [] for name in (*names, "scores")}
    _scored(folder)  # writes bytecode, and has the file in memory
    for _ in range(rounds):
        told["scores"].append(_scored(folder))
        for name in names:
            told[name].append(_run(peers if name in _PEERS else None, "peer.py", name, str(folder), str(accounts)))
    found = {name: _median(all_) for name, all_ in told.items()}
    right = np.load(folder / "renown.npy")
    print(f"{edges:,} edges, {accounts:,} accounts; medians of {rounds} rounds")
    print(f"{'':34}{'seconds':>9}{'processor':>11}{'MB':>7}{'off by':>9}")
    for name, each in found.items():
        off = f"{np.abs(np.load(folder / f'{name}.npy') - right).sum():9.0e}" if name != "scores" else ""
        label = {"scores": "scores, Parquet to Parquet", "alone": "PageRank alone (scipy, 20 rounds)"}.get(name, name)
        print(f"{label:34}{each['seconds']:9.2f}{each['processor']:11.2f}{each['megabytes']:7.0f}{off}")
    return _verdicts(found, [name for name in names if name in _PEERS])


def _verdicts(found: dict[str, Told], peers: list[str]) -> list[Figure]:
    scores, alone = found["scores"], found["alone"]
    figures = [
        figure(f"scores, {kind}", scores[kind], "s", "4 x PageRank alone", _TIMES_ALONE * alone[kind])
        for kind in ("seconds", "processor")
    ]
    figures += [
        figure("peak memory of scores", scores["megabytes"], "MB", "bound", _MEGABYTES),
    ]
    if peers:
        best = min(peers, key=lambda name: found[name]["seconds"])
        bound = _TIMES_BEST * found[best]["seconds"]
        figures.append(figure("PageRank", found["renown"]["seconds"], "s", f"1.2 x {best}", bound))
    for each in figures:
        kept = "kept" if (each["ratio"] or 0) <= 1 else "MISSED"
        print(
            f"{each['name']:34}{each['value']:9.2f}  at most {each['baseline_value']:.2f} ({each['baseline']})  {kept}"
        )
    return figures


def _costs(costs: dict[int, Told]) -> list[Figure]:
    """What an edge costs at each size, and with which power of the edges the time grows."""
    print(f"\n{'edges':>12}{'seconds':>9}{'us an edge':>12}{'processor':>11}{'MB':>7}")
    for edges, each in costs.items():
        cost = 1e6 * each["seconds"] / edges
        print(f"{edges:12,}{each['seconds']:9.2f}{cost:12.2f}{each['processor']:11.2f}{each['megabytes']:7.0f}")
    least, most = min(costs), max(costs)
    exponent = math.log(costs[most]["processor"] / costs[least]["processor"]) / math.log(most / least)
    print(f"Processor time grows with edges^{exponent:.2f}.")
    figures = [figure(f"an edge of {edges:,}", 1e6 * each["seconds"] / edges, "us") for edges, each in costs.items()]
    return [*figures, figure("exponent", exponent, "power of edges")]


def _scored(folder: Path) -> Told:
    return _run(None, "scoring.py", str(folder / "events.parquet"), str(folder / "scores.parquet"), str(UNTIL))


def _run(python: str | None, script: str, *given: str) -> Told:
    # With bytecode written, as any installed program has it; memory that was let go of is used again, not handed back.
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment = kept | {"MALLOC_TRIM_THRESHOLD_": str(1 << 34), "MALLOC_MMAP_THRESHOLD_": str(1 << 32)}
    command = [python or sys.executable, str(_TRIAL / script), *given]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - ours
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stderr}")
    return json.loads(done.stdout.splitlines()[-1])


def _median(told: list[Told]) -> Told:
    return {name: median(each[name] for each in told) for name in told[0]}


def _asked() -> Namespace:
    parser = arguments(__doc__, f"{' and '.join(f'{edges:,}' for edges in _QUICK_SIZES)} edges, one round")
    parser.add_argument("--peers", metavar="PYTHON", help="a Python that has NetworKit, scikit-network and igraph")
    asked: Any = parser.parse_args()
    return asked


if __name__ == "__main__":
    main()
