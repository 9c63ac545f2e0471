"""From a Parquet file of events to a Parquet file of everybody's scores; a process of its own, that tells what it took.

python scoring.py EVENTS SCORES UNTIL [TOPICS]
"""

import json
import resource
import sys
import time

from memory import peak_megabytes


def main() -> None:
    """Score, write, and print seconds, megabytes and rows as JSON."""
    begun = time.perf_counter()
    import ibis
    from pyarrow import parquet

    from renown.engine.large import score_events

    tables = ibis.duckdb.connect()
    tables.con.execute("SET enable_progress_bar = false; SET preserve_insertion_order = false")
    events, written, until, *topics = sys.argv[1:]
    about = tables.read_parquet(topics[0]) if topics else None
    imported = time.perf_counter() - begun
    scores = score_events(tables.read_parquet(events), float(until), topics=about)
    parquet.write_table(scores.overall, written)
    if topics:
        parquet.write_table(scores.by_topic, f"{written}.topics")
    used = resource.getrusage(resource.RUSAGE_SELF)
    told = {
        "seconds": time.perf_counter() - begun,
        "imports": imported,
        "processor": used.ru_utime + used.ru_stime,
        "megabytes": peak_megabytes(),
        "accounts": scores.overall.num_rows,
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
