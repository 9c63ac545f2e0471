"""The pairs of profiles that people judged, and how they are split so that nobody is both learnt from and tested on."""

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from renown.engine.profile_score import PROFILE_COLUMNS

FILE = "influence_pairs_2013/pairs.csv"
_NAMES = {"followers": "follower_count", "following": "following_count", "listed": "listed_count"}
_UNNAMED = ("network_feature_1", "network_feature_2", "network_feature_3")
ALL_COLUMNS = (*PROFILE_COLUMNS, *_UNNAMED)
_HELD_OUT = 1 / 3


@dataclass(frozen=True)
class Pairs:
    """Pairs of people: numbers into `figures` [people, all columns], and whether the first was judged the higher."""

    figures: NDArray[np.float64]
    first: NDArray[np.int64]
    second: NDArray[np.int64]
    higher: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.higher)

    def where(self, chosen: NDArray[np.bool_]) -> "Pairs":
        """Some of the pairs, of the same people."""
        return Pairs(self.figures, self.first[chosen], self.second[chosen], self.higher[chosen])

    @property
    def people(self) -> NDArray[np.int64]:
        """Those who are in a pair."""
        return np.unique([self.first, self.second])

    @property
    def logs(self) -> NDArray[np.float64]:
        """log(1 + x) of all figures."""
        return np.log1p(self.figures)


def pairs_of(folder: Path) -> Pairs:
    """All pairs of the file. Whose figures are all equal is one person: it has no names."""
    with (folder / FILE).open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    names = [_NAMES.get(column, column) for column in ALL_COLUMNS]
    sides = np.array([[[float(row[f"{side}_{name}"]) for name in names] for row in rows] for side in "AB"])
    figures, number = np.unique(sides.reshape(-1, len(names)), axis=0, return_inverse=True)
    first, second = number.reshape(2, -1)
    return Pairs(figures, first, second, np.array([row["Choice"] == "1" for row in rows]))


def split(pairs: Pairs, repeat: int) -> tuple[Pairs, Pairs]:
    """Pairs of two people who are kept, and pairs of two who are held out: one in three is, by chance."""
    out = held_out(pairs, repeat)
    return pairs.where(~out[pairs.first] & ~out[pairs.second]), pairs.where(tested(pairs, repeat))


def tested(pairs: Pairs, repeat: int) -> NDArray[np.bool_]:
    """Which pairs are of two people who are held out [pairs]."""
    out = held_out(pairs, repeat)
    return out[pairs.first] & out[pairs.second]


def held_out(pairs: Pairs, repeat: int) -> NDArray[np.bool_]:
    """Who is held out [people]."""
    return np.random.default_rng(repeat).random(len(pairs.figures)) < _HELD_OUT
