"""How fast does the engine take in a log? Beside the bare reading of the same file by DuckDB.

    python bench/engine/ingest_speed.py [--events 1000000] [--quick] [--json FILE]

A made-up log of reposts, likes, replies and mentions among 200,000 accounts, as CSV, Parquet and lines of the Higgs
form; and of tweets, a tenth as many. Ours reads, checks, spells accounts, looks for repeated events and commits; the
baseline is a table of the same text made by one statement. The two take turns; what is printed is the median of three.
"""

import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

sys.path.insert(0, str(Path(__file__).parents[1]))

from figures import arguments, figure, finish

from renown.engine.ingest import ingest
from renown.engine.working_file import WorkingFile

_KINDS = ("repost", "like", "reply", "mention")
_START, _DAYS = 1_600_000_000, 30
_TURNS = 3
_BARE = {
    "log.csv": "SELECT * FROM read_csv('{}', all_varchar = true)",
    "log.parquet": "SELECT * FROM read_parquet('{}')",
    "log.txt": "SELECT * FROM read_csv('{}', delim = ' ', header = false, all_varchar = true)",
    "tweets.ndjson": "SELECT * FROM read_csv('{}', delim = '\\x01', quote = '', header = false, all_varchar = true)",
}


def made(folder: Path, events: int) -> dict[str, int]:
    """Write the files; how many events each holds."""
    chance = np.random.default_rng(1)
    log = {
        "actor": np.char.add("user", (chance.zipf(1.3, events) % 200_000).astype(str)),
        "target": np.char.add("user", (chance.zipf(1.5, events) % 100_000).astype(str)),
        "kind": chance.choice(_KINDS, events),
        "at": np.sort(chance.integers(_START, _START + _DAYS * 86_400, events)),
    }
    table = pa.table({name: pa.array(column.tolist()) for name, column in log.items()})
    with duckdb.connect() as connection:
        connection.register("log", table)
        for name, how in (("log.csv", "HEADER"), ("log.parquet", "FORMAT parquet")):
            connection.execute(f"COPY log TO '{folder / name}' ({how})")
        lines = 'SELECT actor, target, "at", kind FROM log'
        connection.execute(f"COPY ({lines}) TO '{folder / 'log.txt'}' (HEADER false, DELIMITER ' ')")
    rows = zip(*(column[: events // 10].tolist() for column in log.values()), strict=True)
    with (folder / "tweets.ndjson").open("w") as file:
        for number, (actor, target, _, at) in enumerate(rows):
            file.write(json.dumps(_tweet(number, actor, target, at)) + "\n")
    return {"log.csv": events, "log.parquet": events, "log.txt": events, "tweets.ndjson": events // 10}


def _tweet(number: int, actor: str, target: str, at: int) -> dict[str, Any]:
    created = time.strftime("%a %b %d %H:%M:%S +0000 %Y", time.gmtime(at))
    original = {
        "id_str": str(number),
        "created_at": created,
        "user": {"screen_name": target},
        "text": "some words " * 9,
    }
    return {
        "id_str": str(10**9 + number),
        "created_at": created,
        "user": {"screen_name": actor},
        "text": "RT",
        "retweeted_status": original,
    }


def seconds(run: Callable[[Path], None]) -> float:
    """How long it takes into a file of its own."""
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        run(Path(folder) / "engine.duckdb")
        return time.perf_counter() - started


def _ours(source: Path) -> Callable[[Path], None]:
    def run(into: Path) -> None:
        with WorkingFile.open(into) as file:
            ingest(file, source)

    return run


def _bare(source: Path) -> Callable[[Path], None]:
    def run(into: Path) -> None:
        with duckdb.connect(str(into)) as connection:
            connection.execute(f"CREATE TABLE bare AS {_BARE[source.name].format(source)}")

    return run


def main() -> None:
    """Measure, print and write the JSON."""
    parser = arguments(__doc__, "a tenth of the events")
    parser.add_argument("--events", type=int, default=1_000_000, help="how many events the log has (1,000,000)")
    asked = parser.parse_args()
    figures = []
    with tempfile.TemporaryDirectory() as folder:
        for name, count in made(Path(folder), asked.events // 10 if asked.quick else asked.events).items():
            ours, bare = _ours(Path(folder) / name), _bare(Path(folder) / name)
            turns = [(seconds(ours), seconds(bare)) for _ in range(_TURNS)]
            took, took_bare = (count / statistics.median(column) for column in zip(*turns, strict=True))
            print(f"{name:16}{took:12,.0f} events/s   bare reading {took_bare:12,.0f}", flush=True)
            figures.append(figure(name, took, "events/s", "bare reading by DuckDB", took_bare))
    finish(asked, figures)


if __name__ == "__main__":
    main()
