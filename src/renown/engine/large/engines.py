"""Where tables are counted: by DuckDB in this process, or by Spark, on this machine or on a cluster."""

import os
import sys
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import ibis

from renown.engine.relations import Table
from renown.errors import CannotServe

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
}
# A machine without a name in its network has no other address to be reached at.
_ON_THIS_MACHINE = {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}


@contextmanager
def counted_in(spark: str | None, connection: "DuckDBPyConnection", *names: str) -> Iterator[list[Table]]:
    """Tables of an open DuckDB file, counted there; or by the Spark that is named, which is given copies of them."""
    if spark is None:
        with warnings.catch_warnings():
            # Ibis 12 asks DuckDB 2 for a table's columns by a name of DuckDB 1.
            warnings.simplefilter("ignore", DeprecationWarning)
            tables = [ibis.duckdb.from_connection(connection).table(name) for name in names]
        yield tables
        return
    with TemporaryDirectory(prefix="renown-spark-") as folder:
        files = [Path(folder) / f"{name}.parquet" for name in names]
        for name, file in zip(names, files, strict=True):
            connection.table(name).write_parquet(str(file))
        with in_spark(spark, *files) as tables:
            yield tables


@contextmanager
def in_spark(master: str, *files: Path, settings: Mapping[str, str] | None = None) -> Iterator[list[Table]]:
    """Parquet files (or folders of them) as tables that Spark counts; its session ends with the block.

    `master` is as Spark takes it: `local[*]`, `spark://host:7077`, `yarn`. A cluster's workers must see the files at
    the same paths. `settings` are Spark's own.

    Raises:
        CannotServe: pyspark or Java is not there (code MISSING_EXTRA, MISSING_JAVA).
    """
    session = _session(master, settings or {})
    try:
        backend = ibis.pyspark.connect(session)
        yield [backend.read_parquet(str(file)) for file in files]
    finally:
        session.stop()


def _session(master: str, settings: Mapping[str, str]) -> Any:
    try:
        import pyspark
        from pyspark.errors import PySparkRuntimeError
        from pyspark.sql import SparkSession
    except ImportError:
        raise CannotServe(
            "Spark is not installed.", "pip install 'renown[spark]', and Java 17 beside it.", code="MISSING_EXTRA"
        ) from None
    # A local cluster's workers are started from where Spark is, with the Python that asks.
    os.environ.setdefault("SPARK_HOME", str(Path(pyspark.__file__).parent))
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    asked = SparkSession.builder.master(master).appName("renown")
    here = _ON_THIS_MACHINE if master.startswith("local") else {}
    for name, value in {**_SETTINGS, **here, **settings}.items():
        asked = asked.config(name, value)
    try:
        session = asked.getOrCreate()
    except PySparkRuntimeError as error:
        raise CannotServe(
            f"Spark does not start: {error.getErrorClass()}.",
            "It needs Java 17 or later: `java -version`, or JAVA_HOME.",
            code="MISSING_JAVA",
        ) from None
    session.sparkContext.setLogLevel("ERROR")
    return session
