"""The accounts that people labelled as automated or human, in four bands of popularity."""

import csv
import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from renown.engine.account_automation import AUTOMATION_COLUMNS, PROGRAMS_COLUMN, programs_of

FOLDER = "bots_2017"
BANDS = ("1k", "100k", "1M", "10M")
MEDIA = "cdn_content_in_kb"
_COLUMNS = (*AUTOMATION_COLUMNS, MEDIA)


@dataclass(frozen=True)
class Accounts:
    """`figures` [accounts, columns] with the media's size last, `programs` [accounts, kinds], labels and bands."""

    figures: NDArray[np.float64]
    programs: NDArray[np.float64]
    automated: NDArray[np.bool_]
    band: NDArray[np.str_]

    def __len__(self) -> int:
        return len(self.automated)

    def at(self, chosen: NDArray[np.int64]) -> "Accounts":
        """Some of the accounts."""
        return Accounts(self.figures[chosen], self.programs[chosen], self.automated[chosen], self.band[chosen])

    @property
    def by_column(self) -> dict[str, NDArray[np.float64]]:
        """The figures that the engine takes."""
        return dict(zip(AUTOMATION_COLUMNS, self.figures.T[: len(AUTOMATION_COLUMNS)], strict=True))


def accounts_of(folder: Path) -> Accounts:
    """All accounts of the set; a figure below zero is missing."""
    figures, programs, automated, bands = [], [], [], []
    for label in ("bots", "humans"):
        for band in BANDS:
            with (folder / FOLDER / f"{label}.{band}.csv").open(encoding="utf-8", newline="") as lines:
                for row in csv.DictReader(lines, skipinitialspace=True):
                    figures.append([_figure(row[column]) for column in _COLUMNS])
                    programs.append(programs_of(row[PROGRAMS_COLUMN].strip()))
                    automated.append(label == "bots")
                    bands.append(band)
    return Accounts(np.array(figures), np.array(programs), np.array(automated), np.array(bands))


def _figure(cell: str) -> float:
    value = float(cell)
    return value if value >= 0 else math.nan
