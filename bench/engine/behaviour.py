"""Does the engine foresee whom people will pass on, and can bots lift anybody? Beside counts, PageRanks and blends.

    python bench/engine/behaviour.py --data DIR [--quick] [--json FILE]

Needs `higgs_2012/` in DIR: the log of reactions around the announcement of the Higgs boson (De Domenico et al., Sci Rep
3:2980, 2013), here up to 6 July 2012. It is cut at four moments; from what came before each is foreseen who is
retweeted afterwards, by how many. The attacks are ours, written into real data. A place is the median attacked
target's among all who were reacted to, bots too: 0.00 is the top, 1.00 the end. Whole, it takes some ten minutes.
"""

import os
import sys
from dataclasses import dataclass, field

for _threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_threads] = "1"

import numpy as np  # noqa: E402 - after the threads are set
from attacks import ATTACKS, BOTS, FOOLED, Attack, attacked  # noqa: E402
from bench_frame import Bar, asked_of, bar, finish  # noqa: E402
from cuts import FILE, MOMENTS, Cut, cuts_of  # noqa: E402
from foresight import auc, median_place, ndcg  # noqa: E402
from numpy.typing import NDArray  # noqa: E402
from simple_scorers import HALF_LIFE, SIMPLE, TRIED, Scorer  # noqa: E402

from renown.engine.interactions import Interactions  # noqa: E402
from renown.engine.ranking import rank_interactions  # noqa: E402

OURS = "Renown's engine"
NDCG_SHARE, WORSE = 0.96, 0.1


def engine(log: Interactions, until: float) -> NDArray[np.float64]:
    """The engine's score."""
    ranking = rank_interactions(log, until)
    score = np.zeros(log.accounts)
    score[ranking.account] = ranking.score
    return score


SCORERS: dict[str, Scorer] = SIMPLE | TRIED | {OURS: engine}


@dataclass(frozen=True)
class Found:
    """What a scorer reached: at each cut, and under each attack the place of the median target at each cut."""

    ndcg: list[float] = field(default_factory=list)
    auc: list[float] = field(default_factory=list)
    places: dict[str, list[float]] = field(default_factory=dict)


def measured(cuts: list[Cut], attacks: tuple[Attack, ...]) -> dict[str, Found]:
    """Every scorer on every cut as it is, and under every attack."""
    found = {name: Found() for name in SCORERS}
    for cut in cuts:
        came = cut.came[cut.candidates]
        for name, scorer in SCORERS.items():
            score = scorer(cut.log, cut.until)[cut.candidates]
            found[name].ndcg.append(ndcg(score, came))
            found[name].auc.append(auc(score, came))
        for attack in attacks:
            print(f"{cut.moment:%d July %H:%M}, {attack.name} ...", file=sys.stderr, flush=True)
            log = attacked(cut, attack)
            everybody = np.unique(log.target)
            targets = np.searchsorted(everybody, cut.targets)
            for name, scorer in SCORERS.items():
                place = median_place(scorer(log, cut.until)[everybody], targets)
                found[name].places.setdefault(attack.name, []).append(place)
    return found


def table(found: dict[str, Found], cuts: list[Cut]) -> str:
    """Foresight first, then the places under attack (of the cuts the one that the attackers fare best at)."""
    moments = "".join(f"{cut.moment:%d %Hh}".rjust(8) for cut in cuts)
    lines = [f"{'NDCG@100, then AUC':34}{moments}{'mean':>8}  |{moments}{'mean':>8}"]
    for name, each in found.items():
        figures = ["".join(f"{value:8.3f}" for value in (*values, np.mean(values))) for values in (each.ndcg, each.auc)]
        lines.append(f"{name:34}{figures[0]}  |{figures[1]}")
    attacks = list(next(iter(found.values())).places)
    lines += ["", "Place of the median attacked target, lowest of the cuts:"]
    lines += [f"  {number}. {attack}" for number, attack in enumerate(attacks, start=1)]
    lines.append(" " * 34 + "".join(f"{number:>7}" for number in range(1, len(attacks) + 1)))
    for name, each in found.items():
        lines.append(f"{name:34}" + "".join(f"{min(places):7.3f}" for places in each.places.values()))
    return "\n".join(lines)


def verdicts(found: dict[str, Found]) -> list[Bar]:
    """The four bars, each beside what it is compared with."""
    ours, simple = found[OURS], found[HALF_LIFE]
    return [
        bar("mean NDCG@100", np.mean(ours.ndcg), "share", HALF_LIFE, NDCG_SHARE * np.mean(simple.ndcg)),
        bar("mean AUC", np.mean(ours.auc), "share", HALF_LIFE, np.mean(simple.auc)),
        *(
            bar(f"place under {attack.name}", min(ours.places[attack.name]), "share", "the worse 90 %", WORSE)
            for attack in (BOTS, FOOLED)
        ),
    ]


def main() -> None:
    """Measure, print and write the JSON."""
    asked = asked_of(__doc__, FILE, "one cut and two attacks")
    cuts = cuts_of(asked.data, MOMENTS[2:3] if asked.quick else MOMENTS)
    attacks = (BOTS, FOOLED) if asked.quick else ATTACKS
    found = measured(cuts, attacks)
    print(table(found, cuts))
    finish(asked, verdicts(found))


if __name__ == "__main__":
    main()
