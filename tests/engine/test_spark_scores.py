"""Spark counts what DuckDB counts: two workers as processes of their own, by the same expressions."""

import shutil

import numpy as np
import pytest
from engine_worlds import UNTIL, also, world

from renown.engine.interactions import Kind

pytestmark = [
    pytest.mark.ci,
    # Ibis 12 asks DuckDB 2 by a name of DuckDB 1, and pyspark 4.0 numpy, pandas and sockets by names of theirs.
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning", "ignore::ResourceWarning"),
]
WORKERS = "local-cluster[2,1,1024]"
KEYS = {"overall": ("account",), "by_topic": ("topic", "account")}


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """A log with a clock in it, and what its posts are about, as Parquet files."""
    parquet, pa = pytest.importorskip("pyarrow.parquet"), pytest.importorskip("pyarrow")
    folder = tmp_path_factory.mktemp("spark")
    events = also(world(), [("clock", f"person {hour % 300}", hour * 3600, Kind.REPOST) for hour in range(300)])
    post = events.target * 8 + np.random.default_rng(3).integers(0, 8, len(events))
    columns = {
        "actor": events.names[events.actor].tolist(),
        "target": events.names[events.target].tolist(),
        "at": events.at,
        "kind": events.kind,
        "post": [f"post {each}" for each in post],
    }
    said = np.unique(post)[::3]
    topics = {"topic": np.where(said % 2 == 0, "tea", "coffee").tolist(), "post": [f"post {each}" for each in said]}
    for name, table in (("event", columns), ("topics", topics)):
        parquet.write_table(pa.table(table), folder / f"{name}.parquet")
    return [folder / "event.parquet", folder / "topics.parquet"]


def rows(table, keys):
    """A table's rows by the columns that tell them apart."""
    figures = [name for name in table.column_names if name not in keys]
    return {tuple(row[key] for key in keys): [row[name] for name in figures] for row in table.to_pylist()}


def test_two_workers_count_what_duckdb_counts(files):
    """Every figure of everybody, overall and on two topics, within 1e-6."""
    ibis = pytest.importorskip("ibis")
    pytest.importorskip("pyspark", reason="Spark is not installed: pip install 'renown[spark]'")
    if shutil.which("java") is None:
        pytest.skip("Java is not there: Spark needs it")
    from renown.engine.large import score_events
    from renown.engine.large.engines import in_spark

    small = {"spark.executor.memory": "1024m", "spark.sql.shuffle.partitions": "4"}
    with in_spark(WORKERS, *files, settings=small) as (events, topics):
        session = events.get_backend()._session
        assert session.sparkContext._jsc.sc().getExecutorMemoryStatus().size() == 3  # two workers and the driver
        counted = score_events(events, UNTIL, topics=topics)
    duckdb = ibis.duckdb.connect()
    events, topics = (duckdb.read_parquet(file) for file in files)
    here = score_events(events, UNTIL, topics=topics)
    for name, keys in KEYS.items():
        one, other = rows(getattr(counted, name), keys), rows(getattr(here, name), keys)
        assert len(one) > 1_000
        assert one.keys() == other.keys()
        assert np.array(list(one.values())) == pytest.approx(np.array([other[key] for key in one]), abs=1e-6)
