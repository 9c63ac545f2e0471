"""The scores of everybody in a log of events, overall and by topic, from a table of DuckDB or Spark."""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from itertools import islice

import ibis
import numpy as np
import pyarrow as pa

from renown.engine import relations
from renown.engine.automation import automation
from renown.engine.figures import Figures, figures_of
from renown.engine.interactions import Flags, Floats
from renown.engine.large.counted import Counted, Part, counted, parts
from renown.engine.large.numbering import Numbering, numbering_of
from renown.engine.large.tables import as_arrow, kept, one_row
from renown.engine.relations import Table
from renown.engine.seeds import choose_seeds
from renown.engine.shape import Shape
from renown.engine.standing import Standing, Trust, known_in, standing_by, trust_from
from renown.engine.summary import Summary
from renown.errors import BadRequest

_BY_TOPIC = ("score", "low", "high")
# An event takes some 100 bytes where numpy counts.
_FITS_INTO_MEMORY = 60_000_000
_TOPICS_AT_ONCE = 16

Measure = Callable[[Summary, Standing, Floats], Figures]
"""What makes figures of a summary, the standing in it, and how likely each account is a machine."""


@dataclass(frozen=True, slots=True)
class EngineScores:
    """A row for each account that was reacted to, and one for each topic on which it was.

    `overall` has the columns account (text) and what was measured, by default those of `engine.figures.Figures`: score,
    low, high, reach, amplification, network_impact, automation. `by_topic` has topic, account, score, low, high and
    evidence: how many posts of the account on the topic drew any event.
    """

    overall: pa.Table
    by_topic: pa.Table


def score_events(
    events: Table,
    until: float,
    *,
    seeds: Collection[str] | None = None,
    topics: Table | None = None,
    in_memory: bool | None = None,
    measure: Measure = figures_of,
) -> EngineScores:
    """Score everybody who was reacted to before `until` (seconds since 1970, UTC).

    `events` has the columns actor, target, at, kind and post (see `engine.relations`), `topics` post and topic. `seeds`
    are the accounts that trust starts from, overall and within each topic; by default those that were passed on most
    widely, on a topic those on it. `in_memory` says whether to count in numpy or where the tables are; by default as
    many events as fit are counted in numpy, and what Spark holds is counted there. `measure` makes the figures.

    Raises:
        BadRequest: nothing happened before `until` (code EMPTY_RANKING), or none of the seeds is among the accounts
            (UNKNOWN_SEEDS).
    """
    here = _fits(events) if in_memory is None else in_memory
    log = relations.log_before(events, until)
    with numbering_of(events, log) as numbering:
        whole = _Whole.of(counted(log, numbering, until, in_memory=here), _marked(numbering, seeds), measure)
        overall = _overall(whole.figures, numbering)
        if topics is None:
            return EngineScores(overall, _nothing_on_topics())
        with _numbered_topics(topics) as (numbered, listed):
            shares = parts(log, numbered, numbering, until, whole.shape, in_memory=here)
            tables = [_nothing_on_topics()]
            while batch := list(islice(shares, _TOPICS_AT_ONCE)):
                tables += [_of_topic(*each, numbering, listed) for each in whole.shares(batch)]
        return EngineScores(overall, pa.concat_tables(tables))


@dataclass(frozen=True, slots=True)
class _Whole:
    """What is found of everybody, from which topics start; columns of accounts [accounts]."""

    shape: Shape
    log: Summary
    machine: Floats
    known: Flags
    trust: Trust
    are_given: bool
    measure: Measure
    figures: Figures

    @classmethod
    def of(cls, found: Counted, seeds: Floats | None, measure: Measure) -> "_Whole":
        log, machine = found.summary, automation(found.summary, found.rhythm)
        starts = choose_seeds(log) if seeds is None else seeds
        (trust,) = trust_from(log, starts[:, None], 1 - machine)
        known = known_in(log)
        figures = measure(log, standing_by(log, trust, 1 - machine, known), machine)
        return cls(found.shape, log, machine, known, trust, seeds is not None, measure, figures)

    def shares(self, parts: list[Part]) -> Iterator[tuple[Part, Figures]]:
        """The figures of these topics."""
        for part, trust in zip(parts, self._trusts(parts), strict=True):
            machine = self.machine[part.members]
            standing = standing_by(part.summary, trust, 1 - machine, self.known[part.members])
            yield part, self.measure(part.summary, standing, machine)

    def _trusts(self, parts: list[Part]) -> Iterator[Trust]:
        """Where trust settles that starts at each topic's own seeds; where a topic has none, the trust of all."""
        starts = np.zeros((self.log.accounts, len(parts)))
        if not self.are_given:
            for column, part in enumerate(parts):
                starts[part.members, column] = choose_seeds(part.summary)
        for part, own in zip(parts, trust_from(self.log, starts, 1 - self.machine), strict=True):
            yield (own if own.count else self.trust).among(part.members)


def _fits(events: Table) -> bool:
    if events.get_backend().name != "duckdb":
        return False
    return one_row(events.aggregate(rows=events.count()))["rows"] <= _FITS_INTO_MEMORY


def _marked(numbering: Numbering, seeds: Collection[str] | None) -> Floats | None:
    """1 for each of the accounts [accounts] that is a seed; None where nobody names any."""
    if seeds is None:
        return None
    marked = np.zeros(numbering.accounts)
    marked[numbering.numbers(sorted(seeds))] = 1
    if not marked.any():
        raise BadRequest("None of the seeds is in the log.", "Spell them as the log does.", code="UNKNOWN_SEEDS")
    return marked


@contextmanager
def _numbered_topics(topics: Table) -> Iterator[tuple[Table, pa.Array]]:
    """The topics of posts by number, and what the numbers are called."""
    found = topics.select("topic").distinct()
    found = found.mutate(number=ibis.row_number().over(order_by="topic").cast("int32"))
    with kept(found) as numbers:
        listed = as_arrow(numbers.order_by("number"))["topic"]
        yield topics.join(numbers, "topic").select("post", topic="number"), listed


def _overall(figures: Figures, numbering: Numbering) -> pa.Table:
    rows = np.flatnonzero(figures.heard)
    names = [field.name for field in fields(figures) if field.name != "heard"]
    return pa.table({"account": numbering.names(rows)} | {name: getattr(figures, name)[rows] for name in names})


def _of_topic(part: Part, figures: Figures, numbering: Numbering, listed: pa.Array) -> pa.Table:
    rows = np.flatnonzero(figures.heard)
    columns = {name: getattr(figures, name)[rows] for name in _BY_TOPIC}
    topic = listed.take(pa.array(np.full(len(rows), part.topic)))
    account = numbering.names(part.members[rows])
    return pa.table({"topic": topic, "account": account, **columns, "evidence": part.evidence[rows].astype(np.int64)})


def _nothing_on_topics() -> pa.Table:
    figures = {name: pa.float64() for name in _BY_TOPIC}
    types = {"topic": pa.string(), "account": pa.string(), **figures, "evidence": pa.int64()}
    return pa.schema(types).empty_table()
