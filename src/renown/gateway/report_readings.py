"""What a report card needs of the past: how providers' scores of a sample of accounts moved from read to read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from renown.store import Reading

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Course:
    """One provider's scores [k] of one account, oldest first, and when they were observed, [k] seconds, rising."""

    moments: Floats
    scores: Floats

    def at(self, moment: float) -> float:
        """The score that stood at a moment no earlier than the first."""
        return float(self.scores[np.searchsorted(self.moments, moment, side="right") - 1])


Courses = Mapping[str, Course]


def courses_of(readings: Iterable[Reading]) -> dict[str, dict[str, Course]]:
    """By field and account, the course of what was read; of equal moments the last reading counts."""
    by_field: dict[str, dict[str, Course]] = {}
    for (subject, field), group in groupby(readings, key=itemgetter(0, 1)):
        scores = {moment.timestamp(): score for _, _, moment, score in group}
        course = Course(np.array(list(scores)), np.array(list(scores.values())))
        by_field.setdefault(field, {})[subject] = course
    return by_field


def steps_of(courses: Courses) -> tuple[Floats, NDArray[np.intp]]:
    """The steps [m] from one read of an account to its next, and the number [m] of the account each belongs to."""
    steps = [np.diff(course.scores) for course in courses.values()]
    owners = np.repeat(np.arange(len(steps)), np.array([step.size for step in steps], dtype=np.intp))
    return np.concatenate([*steps, np.empty(0)]), owners


def changes_of(own: Courses, other: Courses) -> tuple[Floats, Floats]:
    """Both providers' changes [m] of each account that both read, from the first moment both had read it to the last.

    Accounts for which that is no span of time are left out.
    """
    found = []
    for subject in own.keys() & other.keys():
        both = own[subject], other[subject]
        first = max(course.moments[0] for course in both)
        last = min(course.moments[-1] for course in both)
        if first < last:
            found.append([course.at(last) - course.at(first) for course in both])
    changes = np.array(sorted(found), dtype=np.float64).reshape(-1, 2)
    return changes[:, 0], changes[:, 1]
