"""What an event costs where Spark counts: two workers as processes of their own, beside DuckDB in this one.

    python bench/engine/spark.py [--quick] [--json FILE]

The same RMAT logs as in speed.py, all components. Spark has one processor and 1 GB a worker, on this machine: what is
measured is how the cost grows, not how fast a cluster is. Starting Spark is not counted; the first run, in which Java
warms up, is not either. Both counted in tables, by the same expressions; DuckDB besides as `score_events` would choose.
"""

import math
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

import ibis
from figures import Figure, arguments, figure, finish
from speed_trial.graph import UNTIL, rmat, write_log

from renown.engine.large import score_events
from renown.engine.large.engines import in_spark

_SIZES, _QUICK_SIZES = {1_000_000: 17, 2_000_000: 18, 4_000_000: 19}, {20_000: 12, 50_000: 13}
_WORKERS = "local-cluster[2,1,1024]"
_SETTINGS = {"spark.executor.memory": "1024m", "spark.sql.shuffle.partitions": "8", "spark.driver.memory": "2g"}


def main() -> None:
    """Measure, print and write the JSON."""
    asked = arguments(__doc__, "two small logs").parse_args()
    sizes = _QUICK_SIZES if asked.quick else _SIZES
    with TemporaryDirectory(prefix="renown-spark-") as folder:
        files = [Path(folder) / f"{edges}.parquet" for edges in sizes]
        for file, (edges, bits) in zip(files, sizes.items(), strict=True):
            write_log(file, *rmat(1 << bits, edges))
        with in_spark(_WORKERS, files[0], *files, settings=_SETTINGS) as (first, *logs):
            _seconds(first, in_memory=False)
            spark = [_seconds(log, in_memory=False) for log in logs]
        duckdb = [ibis.duckdb.connect().read_parquet(file) for file in files]
        by_road = {
            "Spark, two workers": spark,
            "DuckDB, tables": [_seconds(log, in_memory=False) for log in duckdb],
            "DuckDB, numpy": [_seconds(log, in_memory=True) for log in duckdb],
        }
    finish(asked, [each for road, taken in by_road.items() for each in _told(road, list(sizes), taken)])


def _seconds(log: Any, *, in_memory: bool) -> float:
    begun = time.perf_counter()
    score_events(log, UNTIL, in_memory=in_memory)
    return time.perf_counter() - begun


def _told(road: str, sizes: list[int], taken: list[float]) -> list[Figure]:
    """A line for each size; the exponent is of the whole time, what is spent at any size included."""
    costs = [1e6 * seconds / edges for seconds, edges in zip(taken, sizes, strict=True)]
    for edges, seconds, cost in zip(sizes, taken, costs, strict=True):
        print(f"{road:20}{edges:12,} events{seconds:9.1f} s{cost:9.1f} us an event")
    exponent = math.log(taken[-1] / taken[0]) / math.log(sizes[-1] / sizes[0])
    further = 1e6 * (taken[-1] - taken[0]) / (sizes[-1] - sizes[0])
    print(f"{road:20}grows with events^{exponent:.2f}; a further event costs {further:.1f} us")
    told = [figure(f"{road}, an event of {edges:,}", cost, "us") for edges, cost in zip(sizes, costs, strict=True)]
    return [*told, figure(f"{road}, a further event", further, "us"), figure(f"{road}, exponent", exponent, "power")]


if __name__ == "__main__":
    main()
