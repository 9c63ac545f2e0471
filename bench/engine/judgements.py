"""Does the profile score order people as people would? Beside counts, logistic regression and boosting.

    python bench/engine/judgements.py --data DIR [--quick] [--json FILE]

Needs `influence_pairs_2013/` in DIR: pairs of people of whom somebody said who is the more influential (PeerIndex and
Data Science London, 2013). In each of 20 repeats one person in three is held out; what learns, learns from pairs of two
who were kept and is tested on pairs of two who were not. Ours is fitted anew in each, as what is shipped was to all.
Two intervals of what is gained over followers: over the repeats, which share people and so make it too narrow; and over
draws of people, each pair by what was said of it where both were held out.
"""

import numpy as np
from bench_frame import Bar, asked_of, bar, finish
from boosting import IS_THERE, NOT_THERE
from foresight import auc
from judged_pairs import ALL_COLUMNS, FILE, Pairs, pairs_of, split, tested
from judges import Judge, Ours, alone, log_ratios, monotone_boosting
from numpy.typing import NDArray
from paired_gain import gain
from scipy.stats import t as student

from renown.engine.profile_score import PROFILE_COLUMNS, profile_weights

OURS, FOLLOWERS = "Renown's profile score", "followers alone"
_RECEIVED = ("followers", "listed", "mentions_received", "retweets_received")
_REPEATS, _QUICK_REPEATS = 20, 2
_WITHIN = 0.003

_LEARNT: dict[str, Judge] = {
    "log-ratio logistic, our 8 columns": log_ratios(PROFILE_COLUMNS),
    "log-ratio logistic, all 11": log_ratios(ALL_COLUMNS),
}
_BOOSTED: dict[str, Judge] = {
    "monotone boosting, our 8 columns": monotone_boosting(PROFILE_COLUMNS),
    "monotone boosting, all 11": monotone_boosting(ALL_COLUMNS),
}
_RIVALS = _LEARNT | (_BOOSTED if IS_THERE else {})
_JUDGES: dict[str, Judge] = {
    FOLLOWERS: alone("followers"),
    "listed alone": alone("listed"),
    **_RIVALS,
    "log-ratio logistic, 8, no weight below 0": log_ratios(PROFILE_COLUMNS, free=False),
    OURS: Ours(),
    "  tried: only what is received": Ours(weighted=_RECEIVED),
    "  tried: a curve for each of the 8": Ours(weighted=PROFILE_COLUMNS),
}
# Each subset of columns that a file may have, with the logistic that was fitted for just these columns.
_SUBSETS = (
    ("followers",),
    ("followers", "listed"),
    PROFILE_COLUMNS[:4],
    _RECEIVED,
    PROFILE_COLUMNS[3:],
)

Floats = NDArray[np.float64]


def measured(pairs: Pairs, judges: dict[str, Judge], repeats: int) -> dict[str, Floats]:
    """The AUC of each judge in each repeat."""
    splits = [split(pairs, repeat) for repeat in range(repeats)]
    return {
        name: np.array([auc(judge(train, test), test.higher.astype(np.float64)) for train, test in splits])
        for name, judge in judges.items()
    }


def interval(differences: Floats) -> tuple[float, float]:
    """Of 95 %, for the mean of differences over repeats."""
    reach = float(student.ppf(0.975, len(differences) - 1) * differences.std(ddof=1) / np.sqrt(len(differences)))
    return float(differences.mean()) - reach, float(differences.mean()) + reach


def gained(pairs: Pairs, repeats: int) -> tuple[float, float, float]:
    """What ours gains over followers alone, and its interval over people; a pair's verdicts are averaged."""
    said, times = np.zeros((2, len(pairs))), np.zeros(len(pairs))
    for repeat in range(repeats):
        train, test = split(pairs, repeat)
        rows = tested(pairs, repeat)
        said[:, rows] += [_JUDGES[name](train, test) for name in (OURS, FOLLOWERS)]
        times[rows] += 1
    ours, theirs = said[:, times > 0] / times[times > 0]
    return gain(pairs.where(times > 0), ours, theirs)


def table(found: dict[str, Floats]) -> str:
    """The mean AUC, its deviation over repeats, and the difference to followers alone."""
    lines = [f"{'AUC on people not learnt from':44}{'mean':>7}{'sd':>7}  more than followers (95 % over repeats)"]
    for name, each in found.items():
        line = f"{name:44}{each.mean():7.4f}{each.std(ddof=1):7.4f}"
        if name != FOLLOWERS:
            low, high = interval(each - found[FOLLOWERS])
            line += f"  {(each - found[FOLLOWERS]).mean():+.4f} ({low:+.4f} to {high:+.4f})"
        lines.append(line)
    return "\n".join(lines)


def subsets(pairs: Pairs, repeats: int) -> str:
    """What is left of it where columns are missing, beside a logistic regression fitted for just these columns."""
    lines = [f"{'A file with only these columns':64}{'ours':>8}{'fitted for them':>17}"]
    for columns in _SUBSETS:
        found = measured(pairs, {"ours": Ours(given=columns), "theirs": log_ratios(columns)}, repeats)
        lines.append(f"{', '.join(columns):64}{found['ours'].mean():8.4f}{found['theirs'].mean():17.4f}")
    return "\n".join(lines)


def bars(found: dict[str, Floats], over_people: tuple[float, float, float]) -> list[Bar]:
    """Three bars: beside the best of what else learns, and what is gained over followers alone at the least, twice."""
    best = max(_RIVALS, key=lambda name: found[name].mean())
    over_repeats = interval(found[OURS] - found[FOLLOWERS])
    return [
        bar("mean AUC", found[OURS].mean(), "AUC", f"{best}, less {_WITHIN}", found[best].mean() - _WITHIN),
        bar("gain, low end over repeats", over_repeats[0], "AUC", FOLLOWERS, 0.0),
        bar("gain, low end over people", over_people[1], "AUC", FOLLOWERS, 0.0),
    ]


def weights() -> str:
    """The slopes that are shipped; none is below zero."""
    shipped = profile_weights()
    lines = ["Shipped slopes by column, in log odds for each log(1 + x), from the lowest segment up:"]
    lines += [
        f"  {column:20}" + "".join(f"{slope:8.4f}" for slope in shipped.slopes.get(column, (0.0,)))
        for column in PROFILE_COLUMNS
    ]
    least = min(slope for slopes in shipped.slopes.values() for slope in slopes)
    return "\n".join([*lines, f"least slope {least:.4f}: {'kept' if least >= 0 else 'MISSED'}"])


def main() -> None:
    """Measure, print and write the JSON."""
    asked = asked_of(__doc__, FILE, f"{_QUICK_REPEATS} repeats in the place of {_REPEATS}")
    pairs, repeats = pairs_of(asked.data), _QUICK_REPEATS if asked.quick else _REPEATS
    found = measured(pairs, _JUDGES, repeats)
    print(f"{len(pairs):,} pairs of {len(pairs.people):,} people, {repeats} repeats", table(found), sep="\n")
    print("", subsets(pairs, repeats), "", weights(), "", sep="\n")
    over_people = gained(pairs, repeats)
    print("Gained over followers: {:+.4f}, 95 % over people {:+.4f} to {:+.4f}".format(*over_people))
    if not IS_THERE:
        print(NOT_THERE)
    finish(asked, bars(found, over_people))


if __name__ == "__main__":
    main()
