"""What a provider's report card measures: each measure's definition, and the limits of its grades.

The limits are conventions, round numbers in the range that real providers were found in. They are the same for all
providers and fitted to none. docs/report-card.md shows this table; a test keeps the two equal.
"""

from dataclasses import dataclass
from enum import StrEnum

FEWEST = 30
"""A measure over fewer voices than this is not given."""

PERIOD_DAYS = 90
"""How far back changes are looked at, from the newest read of the provider."""


class Grade(StrEnum):
    """How good a measure is by its documented limits, A the best."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"


@dataclass(frozen=True, slots=True)
class Definition:
    """A measure: its name, what is measured, and the limits that A, B, C and D still reach; all else is E.

    Rising limits mean that less is better, falling ones that more is.
    """

    name: str
    text: str
    limits: tuple[float, float, float, float]

    @property
    def more_is_better(self) -> bool:
        """Whether a higher figure earns a better grade."""
        return self.limits[0] > self.limits[-1]

    def grade(self, figure: float) -> Grade:
        """The grade of a figure; one right at a limit has reached it."""
        reached = [figure >= each if self.more_is_better else figure <= each for each in self.limits]
        return next((grade for grade, is_reached in zip(Grade, reached, strict=False) if is_reached), Grade.E)


COVERAGE = Definition(
    "coverage",
    "The share of the voices known on the networks it scores of which it has a score.",
    (0.8, 0.6, 0.4, 0.2),
)
FRESHNESS = Definition(
    "freshness",
    "The share of its newest scores that are within their life. A frozen one is not: it will never be newer.",
    (0.9, 0.75, 0.5, 0.25),
)
AGE = Definition("age", "The median age of its newest scores, in days.", (1, 7, 30, 180))
AGREEMENT = Definition(
    "agreement",
    "The median, over the other providers, of Spearman's rank correlation with each, over the voices both score.",
    (0.8, 0.6, 0.4, 0.2),
)
HERDING = Definition(
    "herding",
    "The highest, over the other providers, of Spearman's rank correlation between its changes and theirs: by voice, "
    f"the change between the first and the last moment of {PERIOD_DAYS} days at which both had been read. True change "
    "is shared by all who measure well; a provider whose changes are all another's adds nothing to it.",
    (0.2, 0.4, 0.6, 0.8),
)
JUMP_RATE = Definition(
    "jump rate",
    f"The share of re-reads within {PERIOD_DAYS} days that moved by more than a tenth of the declared scale from the "
    "read before.",
    (0.01, 0.02, 0.05, 0.1),
)
MONOTONICITY = Definition(
    "monotonicity",
    "The share of pairs of voices that it puts in the same order as the consensus of the others, level pairs left "
    "out. The consensus is the mean of a voice's mid-rank percentiles among all whom each of them scores, where two "
    "or more do. A toss of a coin has 0.5.",
    (0.9, 0.8, 0.7, 0.6),
)

DEFINITIONS = (COVERAGE, FRESHNESS, AGE, AGREEMENT, HERDING, JUMP_RATE, MONOTONICITY)
