"""Synthetic voices, and questions to rank them by. Nothing here is of a person or a provider that exists."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from renown.claims import Scale
from renown.gateway.bitset import Bitset
from renown.gateway.claim_ids import ClaimIds
from renown.gateway.labels import Labels
from renown.gateway.standings import Standings
from renown.gateway.texts import Places, Texts
from renown.scoring.normalise import percentile

Floats = NDArray[np.float64]

PROVIDERS = ("alder", "birch", "cedar", "dogwood")
# In how many fractions of a point each scores, and of how many voices in ten it has no score.
_STEPS = (100, 1, 10, 100)
_MISSING = (0.1, 0.2, 0.35, 0.5)
COUNTRIES = tuple(f"{first}{second}" for first in "ABCDEFGHIJKL" for second in "ABCDEFGHIJKLMNOPQ")[:200]
TOPICS = tuple(f"topic{number}" for number in range(12))
_FREQUENT = 12
PAGE = 50


@dataclass(frozen=True)
class Population:
    """`scores` and `percentiles` [n, 4], NaN where there is none; `country` [n] by number; `topics` [n, 12]."""

    scores: Floats
    percentiles: Floats
    country: NDArray[np.uint8]
    topics: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.scores)

    @classmethod
    def synthetic(cls, size: int, seed: int = 2012) -> "Population":
        """The same for the same seed. One voice in thirty is of the first country, and each next one is smaller."""
        chance = np.random.default_rng(seed)
        truth = chance.standard_normal((size, 1))
        scores = np.clip(50 + 15 * (0.8 * truth + 0.6 * chance.standard_normal((size, len(PROVIDERS)))), 0, 100)
        scores = np.round(scores * _STEPS) / _STEPS
        scores[chance.random(scores.shape) < _MISSING] = np.nan
        percentiles = np.array([percentile(column, column) for column in scores.T]).T
        country = np.minimum(chance.geometric(1 / 30, size) - 1, len(COUNTRIES) - 1).astype(np.uint8)
        topics = chance.random((size, len(TOPICS))) < 0.3
        return cls(scores, np.asfortranarray(percentiles), country, np.asfortranarray(topics))

    def standings(self) -> Standings:
        """The same as a snapshot of ours."""
        voices = Texts.of(f"synthetic:voice{number:08d}" for number in range(len(self)))
        nobody = np.zeros(len(self), dtype=np.uint8)
        return Standings(
            change=1,
            as_of=None,
            voices=voices,
            providers=PROVIDERS,
            scales=(Scale(0, 100),) * len(PROVIDERS),
            raw=self.scores,
            observed=np.where(np.isnan(self.scores), np.nan, 1.35e9),
            claims=ClaimIds.none(self.scores.shape),
            country=Labels(COUNTRIES, self.country),
            kind=Labels(("UNKNOWN",), nobody),
            place=Texts.of("" for _ in range(len(self))),
            text=Texts.of(f"voice{number:08d}" for number in range(len(self))),
            topics={name: Bitset.of(self.topics[:, number]) for number, name in enumerate(TOPICS)},
            lists={},
            networks={"synthetic": Bitset.every(len(self))},
            rows=Places(voices),
            kept_until=np.full(len(self), np.inf),
            accounts=np.ones(len(self), np.uint16),
        )


@dataclass(frozen=True)
class Question:
    """Own weights, a country and a topic by number (None: everybody), and the positions of the page asked for."""

    weights: tuple[int, ...]
    country: int | None
    topic: int | None
    start: int

    @property
    def stop(self) -> int:
        """The end of the page."""
        return self.start + PAGE


@dataclass(frozen=True)
class Answer:
    """How many are ranked, and the rows and values of a page of them."""

    total: int
    rows: list[int]
    values: list[float]

    def agrees_with(self, other: "Answer") -> bool:
        """Whether both are the same; rows whose values are equal but for noise may stand the other way round."""
        if (
            self.total != other.total
            or len(self.rows) != len(other.rows)
            or not np.allclose(self.values, other.values, rtol=0, atol=1e-6)
        ):
            return False
        apart = np.diff(self.values, prepend=np.inf, append=-np.inf) < -2e-6
        alone = np.flatnonzero(apart[:-1] & apart[1:])[1:-1]
        return all(self.rows[at] == other.rows[at] for at in alone.tolist())


def questions(start: int, *, filtered: bool = True, seed: int = 7) -> Iterator[Question]:
    """Never the same weights twice; the countries and topics asked for vary."""
    chance = np.random.default_rng(seed)
    while True:
        weights = tuple(int(weight) for weight in chance.integers(1, 1000, len(PROVIDERS)))
        country, topic = int(chance.integers(_FREQUENT)), int(chance.integers(len(TOPICS)))
        yield Question(weights, country, topic, start) if filtered else Question(weights, None, None, start)
