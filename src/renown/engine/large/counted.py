"""What is counted in a log before the graph part begins, and what of it each topic has.

In memory events are fetched as numbers and numpy counts: a third of the time that DuckDB takes where hardly anybody
reacts to the same account twice. Elsewhere the tables' own engine counts, and only pairs are fetched. Both give the
same.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from renown.engine import relations
from renown.engine.interactions import NO_POST, Interactions, Ints
from renown.engine.large.numbering import Numbering
from renown.engine.large.tables import Columns, fetched, kept, one_row, spread
from renown.engine.links import sorted_links
from renown.engine.relations import Table
from renown.engine.rhythm import Rhythm, rhythm_of
from renown.engine.shape import Shape, shape_of
from renown.engine.summary import Summary, summary_kept, summary_of
from renown.engine.threads import both
from renown.errors import BadRequest

_NOTHING = BadRequest("There are no events before that instant.", "Give a later one.", code="EMPTY_RANKING")


@dataclass(frozen=True, slots=True)
class Counted:
    """A log as it was counted: `shape`, `summary` and `rhythm` of all of it."""

    shape: Shape
    summary: Summary
    rhythm: Rhythm


@dataclass(frozen=True, slots=True)
class Part:
    """A topic's share of a log: its accounts by their numbers in the whole [members], and their summary.

    `evidence` [members] is how many posts of each on the topic drew any event.
    """

    topic: int
    members: Ints
    summary: Summary
    evidence: Ints


def counted(log: Table, numbering: Numbering, until: float, *, in_memory: bool) -> Counted:
    """All of a log (as of `engine.relations`) counted.

    Raises:
        BadRequest: there is nothing to count (code EMPTY_RANKING).
    """
    return _in_memory(log, numbering, until) if in_memory else _in_tables(log, numbering, until)


def _in_memory(log: Table, numbering: Numbering, until: float) -> Counted:
    events = _events(fetched(_as_numbers(log, numbering)), numbering.accounts)
    shape = shape_of(events)
    if not len(events):
        raise _NOTHING
    posts = _of_each(relations.posts(log, shape), numbering, "posts")
    summary, rhythm = both(lambda: summary_of(events, until, shape, posts), lambda: rhythm_of(events))
    return Counted(shape, summary, rhythm)


def _in_tables(log: Table, numbering: Numbering, until: float) -> Counted:
    shape = _shape(log)
    posts = _of_each(relations.posts(log, shape), numbering, "posts")
    with kept(numbering.of(log)) as held:
        pairs = fetched(relations.pairs(held, until, shape))
        acts, uneven = fetched(relations.acts(held)), fetched(relations.uneven(held))
    rhythm = Rhythm(
        spread(uneven["actor"], uneven["uneven"], numbering.accounts, 1),
        spread(acts["actor"], acts["acts"], numbering.accounts),
        spread(acts["actor"], acts["too_fast"], numbering.accounts),
    )
    return Counted(shape, _summary(pairs, until, numbering.accounts, posts), rhythm)


def parts(
    log: Table, topics: Table, numbering: Numbering, until: float, shape: Shape, *, in_memory: bool
) -> Iterator[Part]:
    """Each topic's share of a log of that shape; `topics` has the columns `post` and `topic`, a number."""
    about = relations.about(log, topics)
    found = {
        name: _by_topic(fetched(numbering.of(table)))
        for name, table in (
            ("posts", relations.posts(about, shape, ["topic"])),
            ("evidence", relations.evidence(about, ["topic"])),
        )
    }
    of_log = numbering.of(about)
    rows = _as_numbers(about, numbering) if in_memory else relations.pairs(of_log, until, shape, ["topic"])
    for topic, columns in _by_topic(fetched(rows)).items():
        members, numbers = np.unique(np.concatenate([columns["actor"], columns["target"]]), return_inverse=True)
        columns["actor"], columns["target"] = np.split(numbers.astype(np.int32), 2)
        posts, evidence = (_among(members, each.get(topic), name) for name, each in found.items())
        if in_memory:
            summary = summary_of(_events(columns, len(members)), until, shape, posts)
        else:
            summary = _summary(columns, until, len(members), posts)
        yield Part(topic, members, summary, evidence)


def _as_numbers(log: Table, numbering: Numbering) -> Table:
    """The log in numbers; of a post only whether it is known."""
    return numbering.of(log.mutate(post=log.post.isnull().ifelse(NO_POST, 0).cast("int8")))


def _events(columns: Columns, accounts: int) -> Interactions:
    # Names stay where they are: here all are one value, however many there are.
    nameless = np.broadcast_to(np.array(""), accounts)
    return Interactions(nameless, *(columns[name] for name in ("actor", "target", "at", "kind", "post")))


def _of_each(table: Table, numbering: Numbering, column: str) -> Ints:
    """A column of targets [accounts], 0 where there is nothing."""
    found = fetched(numbering.of(table))
    return spread(found["target"], found[column], numbering.accounts)


def _among(members: Ints, found: Columns | None, column: str) -> Ints:
    """The same for some accounts [members]."""
    if found is None:
        return np.zeros(len(members), np.int64)
    return spread(np.searchsorted(members, found["target"]), found[column], len(members))


def _summary(pairs: Columns, until: float, accounts: int, posts: Ints) -> Summary:
    links, order = sorted_links(pairs.pop("actor"), pairs.pop("target"), accounts)
    return summary_kept(until, links, posts, {name: pairs.pop(name)[order] for name in list(pairs)})


def _by_topic(rows: Columns) -> dict[int, Columns]:
    """The rows of each topic by themselves."""
    topic = rows.pop("topic")
    order = np.argsort(topic, kind="stable")
    ordered = {name: column[order] for name, column in rows.items()}
    found, firsts = np.unique(topic[order], return_index=True)
    ends = np.append(firsts, len(topic))[1:]
    return {
        int(each): {name: column[first:end] for name, column in ordered.items()}
        for each, first, end in zip(found, firsts, ends, strict=True)
    }


def _shape(log: Table) -> Shape:
    row = one_row(relations.shape(log))
    if not row["events"]:
        raise _NOTHING
    without_post = "unnamed_reposts" if row["reposts"] else "unnamed_reactions" if row["reactions"] else "unnamed"
    known = row[without_post] == 0
    return Shape(row["events"], row["first"], reposts=row["reposts"] > 0, reactions=row["reactions"] > 0, posts=known)
