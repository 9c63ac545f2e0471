"""The engines, each given the same columns beforehand and asked the same: mask, weighted mean, page, total.

The percentiles are kept by all of them, so that a question is what is left to do. All work on one processor.
"""

import os
from collections.abc import Callable, Sequence

import numpy as np

from ranking_trial.population import COUNTRIES, PROVIDERS, TOPICS, Answer, Population, Question
from renown.gateway import Filter
from renown.gateway.ranking import rank_standings
from renown.gateway.standings import Standings
from renown.scoring import Normaliser, Recipe, Reference, Weighting

Engine = Callable[[Question], Answer]

_FEWEST = 2


def ours(standings: Standings) -> Engine:
    """What a query of ours does: rank a snapshot, and read a page of voices with their places."""

    def ask(question: Question) -> Answer:
        recipe = Recipe(
            normaliser=Normaliser.PERCENTILE,
            reference=Reference.POPULATION,
            weighting=Weighting.CUSTOM,
            weights=tuple(zip(PROVIDERS, question.weights, strict=True)),
            minimum_providers=_FEWEST,
        )
        asked = Filter()
        if question.country is not None and question.topic is not None:
            asked = Filter(country=COUNTRIES[question.country], topics=(TOPICS[question.topic],))
        ranked = rank_standings(standings, recipe, asked)
        some = slice(question.start, question.stop)
        rows = ranked.candidates[ranked.ranking.rows[some]]
        shown = zip(ranked.voices[some], ranked.ranking.places[some].tolist(), strict=True)
        values = ranked.values[some].tolist()
        assert len(dict(shown)) == len(values)  # noqa: S101 - names and places are read as well
        return Answer(len(ranked), rows.tolist(), values)

    return ask


def bare_numpy(population: Population) -> Engine:
    """The least code that gives the page: no places, no reasons, no names."""
    percentiles = np.ascontiguousarray(population.percentiles.T)
    topics = np.ascontiguousarray(population.topics.T)

    def ask(question: Question) -> Answer:
        if question.country is None or question.topic is None:
            rows, scores = None, percentiles
        else:
            rows = np.flatnonzero((population.country == question.country) & topics[question.topic])
            scores = percentiles[:, rows]
        there = ~np.isnan(scores)
        weights = np.array(question.weights, dtype=np.float64)[:, np.newaxis]
        say = (there * weights).sum(axis=0)
        values = np.where(there, scores, 0.0) * weights
        with np.errstate(invalid="ignore"):
            values = np.where(there.sum(axis=0) >= _FEWEST, values.sum(axis=0) / say, -1.0)
        total = int(np.count_nonzero(values >= 0))
        first, last = values.size - min(question.stop, total), values.size - question.start
        best = np.argpartition(values, (first, last - 1))[first:last]
        best = best[np.argsort(-values[best], kind="stable")]
        chosen = best if rows is None else rows[best]
        return Answer(total, chosen.tolist(), values[best].tolist())

    return ask


def duckdb_sql(population: Population) -> Engine | None:
    """A table in memory, ordered by country, asked in SQL; None where it is not installed."""
    try:
        import duckdb
    except ImportError:
        return None
    connection = duckdb.connect(config={"threads": 1})
    columns = as_table(population)  # noqa: F841 - DuckDB finds it by its name
    connection.execute(f"CREATE TABLE voices AS SELECT {_nulls()} FROM columns ORDER BY country, number")

    def ask(question: Question) -> Answer:
        found = connection.execute(as_sql(question, "?"), _parameters(question)).fetchall()
        return as_answer(found)

    return ask


def polars_lazy(population: Population) -> Engine | None:
    """Lazy expressions over columns in memory; None where it is not installed."""
    os.environ["POLARS_MAX_THREADS"] = "1"
    try:
        import polars as pl
    except ImportError:
        return None
    frame = pl.DataFrame(as_table(population)).with_columns(pl.col(*PROVIDERS).fill_nan(None))
    there = [pl.col(name).is_not_null() for name in PROVIDERS]

    def ask(question: Question) -> Answer:
        lazy = frame.lazy()
        if question.country is not None:
            lazy = lazy.filter((pl.col("country") == question.country) & pl.col(TOPICS[question.topic or 0]))
        weighted = [
            pl.col(name).fill_null(0.0) * weight for name, weight in zip(PROVIDERS, question.weights, strict=True)
        ]
        say = [is_there * float(weight) for is_there, weight in zip(there, question.weights, strict=True)]
        value = pl.sum_horizontal(weighted) / pl.sum_horizontal(say)
        ranked = lazy.filter(pl.sum_horizontal(there) >= _FEWEST).select("number", value=value)
        both = [
            ranked.select(pl.len()),
            ranked.sort("value", "number", descending=[True, False]).slice(
                question.start, question.stop - question.start
            ),
        ]
        total, page = pl.collect_all(both)
        return Answer(total.item(), page["number"].to_list(), page["value"].to_list())

    return ask


def as_sql(question: Question, parameter: str) -> str:
    """The question as a statement, with `parameter` where a number goes ("$": numbered, each given once)."""
    marks = iter(range(1, 100))

    def mark() -> str:
        return f"{parameter}{next(marks)}" if parameter == "$" else parameter

    weights = [f"CAST({mark()} AS DOUBLE PRECISION)" for _ in PROVIDERS]
    total = " + ".join(f"coalesce({name}, 0) * {weight}" for name, weight in zip(PROVIDERS, weights, strict=True))
    where = f"({' + '.join(f'({name} IS NOT NULL)::INT' for name in PROVIDERS)}) >= {_FEWEST}"
    again = weights if parameter == "$" else [f"CAST({mark()} AS DOUBLE PRECISION)" for _ in PROVIDERS]
    say = " + ".join(
        f"CASE WHEN {name} IS NULL THEN 0 ELSE {weight} END" for name, weight in zip(PROVIDERS, again, strict=True)
    )
    if question.country is not None:
        where += f" AND country = CAST({mark()} AS SMALLINT) AND {TOPICS[question.topic or 0]}"
    return (
        f"WITH ranked AS (SELECT number, ({total}) / ({say}) AS value FROM voices WHERE {where}) "
        f"SELECT number, value, (SELECT count(*) FROM ranked) FROM ranked "
        f"ORDER BY value DESC, number LIMIT {question.stop - question.start} OFFSET {question.start}"
    )


def _parameters(question: Question) -> list[float]:
    return [*question.weights, *question.weights, *([] if question.country is None else [question.country])]


def as_answer(found: Sequence[tuple[int, float, int]]) -> Answer:
    """Rows of (number, value, total) as an answer."""
    return Answer(found[0][2], [row for row, _, _ in found], [value for _, value, _ in found])


def as_table(population: Population) -> dict[str, np.ndarray]:
    """The columns by name; NaN where a score is missing."""
    scores = {name: population.percentiles[:, number] for number, name in enumerate(PROVIDERS)}
    topics = {name: population.topics[:, number] for number, name in enumerate(TOPICS)}
    return {"number": np.arange(len(population)), "country": population.country.astype(np.int16), **scores, **topics}


def _nulls() -> str:
    scores = ", ".join(f"CASE WHEN isnan({name}) THEN NULL ELSE {name} END AS {name}" for name in PROVIDERS)
    return f"number, country, {scores}, {', '.join(TOPICS)}"
