"""What the graph part of a ranking needs to know of a log: each pair once, and who posted how much.

The seam between what is counted in a log, here by numpy or in `engine.relations` by DuckDB or Spark, and what is
computed on the graph. Both ways give the same.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from renown.engine.blocks import blocks
from renown.engine.interactions import Flags, Floats, Interactions, Ints
from renown.engine.links import Links, sorted_links
from renown.engine.shape import Shape
from renown.engine.weights import HOUR, SETTLES, head_start

NEVER = -np.inf


class Summary(ABC):
    """A log before the instant `until`: who reacted to whom as `links`, and columns of these pairs [pairs].

    Moments are seconds since 1970 (UTC), NEVER where nothing of the kind happened; they are made anew each time they
    are asked for. `posts` [accounts] are each account's posts that were passed on, or the hours in which it was, where
    the log does not know posts.
    """

    def __init__(self, until: float, links: Links, posts: Ints) -> None:
        self.until, self.links, self.posts = until, links, posts

    @property
    def accounts(self) -> int:
        """How many accounts the log knows."""
        return self.links.accounts

    @property
    @abstractmethod
    def vouched(self) -> Floats:
        """When the pair's weightiest event would have happened, were it a mere mention."""

    @property
    @abstractmethod
    def settled(self) -> Floats:
        """The same of what happened before trust settled."""

    @property
    @abstractmethod
    def reacted(self) -> Floats:
        """When the actor last reacted to the target."""

    @property
    @abstractmethod
    def carried(self) -> Floats:
        """When it last passed the target on."""

    @property
    @abstractmethod
    def has_settled(self) -> Flags:
        """Whether anything happened before trust settled."""

    @property
    @abstractmethod
    def has_reacted(self) -> Flags:
        """Whether the actor ever reacted."""

    @property
    @abstractmethod
    def times(self) -> Ints:
        """How often it did."""

    @property
    @abstractmethod
    def early(self) -> Flags:
        """Whether it did in the older half of the log's time."""


def summary_of(events: Interactions, until: float, shape: Shape, posts: Ints | None = None) -> Summary:
    """The summary of a log before `until`, or of a part of a log that has that `shape` as a whole.

    `posts` [accounts] where they are counted already.
    """
    return _SortedEvents(events, until, shape, _posts(events, shape) if posts is None else posts)


class _SortedEvents(Summary):
    """Events in the order of their links: nine bytes each, where all columns of pairs take forty."""

    def __init__(self, events: Interactions, until: float, shape: Shape, posts: Ints) -> None:
        parallel, order = sorted_links(events.actor, events.target, events.accounts)
        self._at, self._kind, self._shape = events.at[order], events.kind[order], shape
        is_first = np.ones(len(parallel), np.bool_)
        is_first[1:] = parallel.actor[1:] != parallel.actor[:-1]
        is_first[parallel.starts[:-1][np.diff(parallel.starts) > 0]] = True
        self._first = None if is_first.all() else np.flatnonzero(is_first)
        super().__init__(until, parallel if self._first is None else _merged(parallel, self._first), posts)

    @property
    def vouched(self) -> Floats:
        return self._latest(lambda at, kind: at + head_start(kind))

    @property
    def settled(self) -> Floats:
        settles = self.until - SETTLES
        return self._latest(lambda at, kind: np.where(at < settles, at + head_start(kind), NEVER))

    @property
    def reacted(self) -> Floats:
        return self._latest(lambda at, kind: np.where(self._shape.reacts(kind), at, NEVER))

    @property
    def carried(self) -> Floats:
        return self._latest(lambda at, kind: np.where(self._shape.carries(kind), at, NEVER))

    @property
    def has_settled(self) -> Flags:
        return self._any(self._at < self.until - SETTLES)

    @property
    def has_reacted(self) -> Flags:
        return self._any(self._shape.reacts(self._kind))

    @property
    def times(self) -> Ints:
        carries = self._shape.carries(self._kind).astype(np.int32)
        return carries if self._first is None else np.add.reduceat(carries, self._first)

    @property
    def early(self) -> Flags:
        return self._any(self._shape.carries(self._kind) & (self._at < self._shape.half(self.until)))

    def _any(self, event: Flags) -> Flags:
        return event if self._first is None else np.logical_or.reduceat(event, self._first)

    def _latest(self, moment: Callable[[Ints, NDArray[np.int8]], NDArray[Any]]) -> Floats:
        """Each pair's latest of what is made of when and of which kind an event was."""
        moments = np.empty(len(self._at))
        for rows in blocks(len(moments)):
            moments[rows] = moment(self._at[rows], self._kind[rows])
        return moments if self._first is None else np.maximum.reduceat(moments, self._first)


def summary_kept(until: float, links: Links, posts: Ints, columns: Mapping[str, NDArray[Any]]) -> Summary:
    """The summary of pairs that something else has counted, by column; NaN where nothing of the kind happened."""
    return _KeptPairs(until, links, posts, columns)


class _KeptPairs(Summary):
    def __init__(self, until: float, links: Links, posts: Ints, columns: Mapping[str, NDArray[Any]]) -> None:
        super().__init__(until, links, posts)
        self._columns = columns

    @property
    def vouched(self) -> Floats:
        return self._moments("vouched")

    @property
    def settled(self) -> Floats:
        return self._moments("settled")

    @property
    def reacted(self) -> Floats:
        return self._moments("reacted")

    @property
    def carried(self) -> Floats:
        return self._moments("carried")

    @property
    def has_settled(self) -> Flags:
        return ~np.isnan(self._columns["settled"])

    @property
    def has_reacted(self) -> Flags:
        return ~np.isnan(self._columns["reacted"])

    @property
    def times(self) -> Ints:
        return self._columns["times"]

    @property
    def early(self) -> Flags:
        return self._columns["early"]

    def _moments(self, name: str) -> Floats:
        return np.nan_to_num(self._columns[name], nan=NEVER)


def _merged(parallel: Links, first: Ints) -> Links:
    starts = np.searchsorted(first, parallel.starts).astype(parallel.starts.dtype)
    return Links(starts, parallel.actor[first])


def _posts(events: Interactions, shape: Shape) -> Ints:
    """How many posts of each account were passed on [accounts], or in how many hours it was."""
    carried = events.where(shape.carries(events.kind))
    if not len(carried):
        return np.zeros(events.accounts, np.int64)
    post = carried.post if shape.posts else carried.at // int(HOUR)
    lowest = int(post.min())
    span = int(post.max()) - lowest + 1
    distinct = np.unique(carried.target.astype(np.int64) * span + (post - lowest))
    return np.bincount(distinct // span, minlength=events.accounts)
