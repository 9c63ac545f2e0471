"""The Higgs log, cut at four moments: what was known before each, and what came after it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from simple_scorers import received, trust, voices

from renown.engine.edge_lists import read_edge_list
from renown.engine.interactions import Interactions, Kind

FILE = "higgs_2012/interactions_until_2012-07-06.txt.gz"
MOMENTS = tuple(datetime(2012, 7, day, hour, tzinfo=UTC) for day, hour in ((4, 12), (4, 18), (5, 0), (5, 6)))
_TARGETS = 30


@dataclass(frozen=True)
class Cut:
    """A moment, the log before it, who was reacted to (`candidates`) and how many passed each on after it (`came`).

    `targets` are 30 candidates with exactly one reaction, a repost: for them the attacks are made. `trusted` have
    acted, and trust has reached them.
    """

    moment: datetime
    log: Interactions
    candidates: NDArray[np.int64]
    came: NDArray[np.float64]
    targets: NDArray[np.int64]
    trusted: NDArray[np.int64]

    @property
    def until(self) -> float:
        """The moment in seconds since 1970."""
        return self.moment.timestamp()


def cuts_of(folder: Path, moments: tuple[datetime, ...]) -> list[Cut]:
    """The log of a folder, cut at these moments."""
    log = read_edge_list(folder / FILE).events
    return [_cut(log, moment) for moment in moments]


def _cut(log: Interactions, moment: datetime) -> Cut:
    until = moment.timestamp()
    before, after = log.before(until), log.where((log.at >= until) & (log.kind == Kind.REPOST))
    single = np.flatnonzero((voices(before) == 1) & (received(before, Kind.REPOST) == 1))
    targets = np.random.default_rng(1).choice(single, _TARGETS, replace=False)
    acted = np.unique(before.actor)
    return Cut(
        moment,
        before,
        np.unique(before.target),
        voices(after),
        targets,
        acted[trust(before, until)[acted] > 0],
    )
