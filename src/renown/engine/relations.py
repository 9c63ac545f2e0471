"""All that is counted in a log of events, as expressions of tables (Ibis) for DuckDB and Spark alike.

A log has the columns `actor` and `target` (of any type), `at` (seconds since 1970, UTC), `kind` (numbers as of `Kind`)
and `post` (of any type; null where the source does not say). Each function takes tables and gives one; nothing runs
here. What `engine.summary` and `engine.rhythm` find in memory, these find in tables.
"""

from collections.abc import Sequence
from typing import Any

import ibis

from renown.engine.interactions import Kind
from renown.engine.rhythm import BY_HAND, LEAST_GAPS, RANDOM
from renown.engine.shape import Shape
from renown.engine.weights import HEAD_STARTS, HOUR, SETTLES

# An Ibis table: its own types do not say that columns can be compared and added up.
Table = Any


def log_before(events: Table, until: float) -> Table:
    """What counts of these events: what happened before `until`, to somebody else."""
    log = events.select(
        actor=events.actor,
        target=events.target,
        at=events["at"].cast("int64"),
        kind=events.kind.cast("int8"),
        post=events.post,
    )
    return log.filter(log["at"] < until, log.actor != log.target)


def shape(log: Table) -> Table:
    """One row: `events`, `first`, how many `reposts` and `reactions`, and how many of both and of all name no post."""
    reposts, reactions, unnamed = log.kind == int(Kind.REPOST), log.kind != int(Kind.FOLLOW), log.post.isnull()
    return log.aggregate(
        events=log.count(),
        first=log["at"].min(),
        reposts=reposts.sum(),
        reactions=reactions.sum(),
        unnamed_reposts=(reposts & unnamed).sum(),
        unnamed_reactions=(reactions & unnamed).sum(),
        unnamed=unnamed.sum(),
    )


def accounts(log: Table) -> Table:
    """Each account once, as `name`, and its `number`, from 0 on in the order of names."""
    names = log.select(name=log.actor).union(log.select(name=log.target), distinct=True)
    return names.mutate(number=ibis.row_number().over(order_by=names.name).cast("int32"))


def span(events: Table) -> Table:
    """One row: how many events there are, and the `first` and `last` account where these are numbers."""
    return events.aggregate(
        events=events.count(),
        first=ibis.least(events.actor.min(), events.target.min()).cast("int64"),
        last=ibis.greatest(events.actor.max(), events.target.max()).cast("int64"),
    )


def numbered(table: Table, numbers: Table) -> Table:
    """The table with the numbers of its accounts in the place of their names, in those it has of actor and target."""
    for column in _accounts_in(table):
        found = numbers.select(**{column: numbers.name, "_number": numbers.number})
        table = table.join(found, column).drop(column).rename({column: "_number"})
    return table


def numbered_from(table: Table, first: int) -> Table:
    """The same where names are numbers of which `first` is to be 0."""
    return table.mutate(**{column: (table[column] - first).cast("int32") for column in _accounts_in(table)})


def _accounts_in(table: Table) -> list[str]:
    return [column for column in ("actor", "target") if column in table.columns]


def about(log: Table, topics: Table) -> Table:
    """The events of a log that are about a topic, once for each; `topics` has the columns `post` and `topic`."""
    return log.join(topics.select("post", "topic").distinct(), "post")


def pairs(log: Table, until: float, shape: Shape, by: Sequence[str] = ()) -> Table:
    """Each actor with each target once, with the columns of `engine.summary.Summary`; null where it says NEVER.

    All in one grouping; `by` names columns by which to tell pairs apart besides.
    """
    at, carries = log["at"].cast("float64"), shape.carries(log.kind)
    vouched = at + log.kind.cases(*((int(kind), head_start) for kind, head_start in HEAD_STARTS.items()))
    return log.group_by(*by, "target", "actor").aggregate(
        vouched=vouched.max(),
        settled=vouched.max(where=at < until - SETTLES),
        reacted=at.max(where=shape.reacts(log.kind)),
        carried=at.max(where=carries),
        times=carries.sum().cast("int32"),
        early=(carries & (at < shape.half(until))).any(),
    )


def posts(log: Table, shape: Shape, by: Sequence[str] = ()) -> Table:
    """For each target how many `posts` of it were passed on, or in how many hours it was, if the log knows no posts."""
    carried = log.filter(shape.carries(log.kind))
    post = carried.post if shape.posts else (carried["at"] / int(HOUR)).floor().cast("int64")
    each = carried.select(*by, "target", post=post).distinct()
    return each.group_by(*by, "target").aggregate(posts=each.count())


def evidence(log: Table, by: Sequence[str] = ()) -> Table:
    """For each target how many posts of it drew any event."""
    each = log.select(*by, "target", "post").distinct()
    return each.group_by(*by, "target").aggregate(evidence=each.count())


def acts(log: Table) -> Table:
    """For each actor its single-target `acts`, and how many of them were `too_fast`."""
    by_hand = log.filter(log.kind != int(Kind.MENTION))
    seconds = by_hand.group_by("actor", "at").aggregate(at_once=by_hand.count())
    seconds = seconds.mutate(beyond=ibis.greatest(seconds.at_once - BY_HAND, 0))
    return seconds.group_by("actor").aggregate(acts=seconds.at_once.sum(), too_fast=seconds.beyond.sum())


def uneven(log: Table) -> Table:
    """How `uneven` the rhythm of an actor is, for those alone whose rhythm is even enough to tell."""
    seconds = log.select("actor", "at").distinct()
    before = seconds["at"].lag().over(group_by="actor", order_by="at")
    gaps = seconds.select("actor", gap=seconds["at"] - before)
    gaps = gaps.filter(gaps.gap.notnull())
    middle = _lower_medians(gaps, "gap", LEAST_GAPS)
    apart = gaps.join(middle.select("actor", middle=middle.gap), "actor")
    apart = apart.select("actor", "middle", off=(apart.gap - apart.middle).abs())
    found = _lower_medians(apart, "off", 1)
    found = found.select("actor", uneven=found.off / found.middle)
    return found.filter(found.uneven < RANDOM)


def _lower_medians(table: Table, value: str, least: int) -> Table:
    """The row of each actor that has as many values below it as above it, or one fewer; where it has at least so many.

    By counting rows: the medians that databases have built in do not agree on even numbers.
    """
    placed = table.mutate(
        place=ibis.row_number().over(group_by="actor", order_by=value), rows=ibis._.count().over(group_by="actor")
    )
    return placed.filter(placed.rows >= least, placed.place == ((placed.rows - 1) / 2).floor().cast("int64"))
