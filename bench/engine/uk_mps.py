"""Top UK politics voices: members of parliament and whom they name and retweet, up to the election of 2015.

    python bench/engine/uk_mps.py --data DIR [--quick] [--json FILE]

Needs `uk_mps_2015/` in DIR: `mentions.json` and `retweets.json`, in which 370 members name and retweet others so many
times (cdmatters/twirps), and `profiles.json` with their followers. Both tables are read as `renown engine ingest` reads
them and scored by the measure of `renown engine score`, a week after the day that they stand for: by then all trust in
them has settled. They hold no moments: with those on that day drawn anew it is seen what made-up moments do to the
ranking, then and at the day's end. Intervals of 95 % are over draws of the members.
"""

import json
import sys
import tempfile
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import ibis
import numpy as np
from bench_frame import asked_of
from numpy.typing import NDArray
from scipy.stats import kendalltau, spearmanr

sys.path.insert(0, str(Path(__file__).parents[1]))

from figures import Figure, figure, finish

from renown.engine.ingest import ingest
from renown.engine.ingest.forms import Told
from renown.engine.large import score_events
from renown.engine.lasting import lasting_figures
from renown.engine.working_file import WorkingFile

FOLDER = "uk_mps_2015"
Floats = NDArray[np.float64]
DAY = 1_430_870_400  # 6 May 2015, the day before the election
_SETTLED, _DAYS_END = DAY + 8 * 86_400, DAY + 86_400
_SHOWN, _OTHERS = 15, 10
_DRAWS, _QUICK_DRAWS = 2_000, 100
_REDRAWS, _QUICK_REDRAWS = 5, 1
_RECEIVED = """
SELECT target AS account, count(*) FILTER (kind = 0) AS retweets, count(DISTINCT actor) FILTER (kind = 0) AS retweeters,
    count(*) FILTER (kind = 2) AS mentions, count(DISTINCT actor) FILTER (kind = 2) AS naming FROM event GROUP BY target
"""
OURS = "Renown's score"


@dataclass(frozen=True)
class Members:
    """Columns of one length, one row for each member with a profile that anybody reacted to."""

    names: list[str]
    scorers: dict[str, Floats]
    followers: Floats
    retweets: Floats


def read(folder: Path, file: WorkingFile) -> None:
    """Take in both tables."""
    for table in ("mentions", "retweets"):
        _, source = ingest(file, folder / f"{table}.json", told=Told(day=DAY))
        print(f"{source.name}: {source.events:,} events, {source.to_oneself:,} to oneself, {source.refused} refused")


def scored(file: WorkingFile, table: str = "event", until: int = _SETTLED) -> dict[str, dict[str, Any]]:
    """Everybody's scores, best first, by account."""
    events = ibis.duckdb.from_connection(file.connection).table(table)
    scores = score_events(events, until, measure=partial(lasting_figures, now=until)).overall.to_pylist()
    scores.sort(key=lambda row: -row["score"])
    return {row["account"]: row for row in scores}


def members(folder: Path, file: WorkingFile, scores: dict[str, dict[str, Any]]) -> Members:
    """Those with a profile, best first, with what they received beside what they are scored."""
    profiles = json.loads((folder / "profiles.json").read_text(encoding="utf-8"))
    followers = {f"twitter:{profile['handle'].casefold()}": profile["followers"] for profile in profiles}
    names = [account for account in scores if account in followers]
    found = file.connection.execute(_RECEIVED).fetchall()
    received = {account: row for account, *row in found}
    columns = np.array([received[name] for name in names], dtype=np.float64).T
    ours = {
        OURS: np.array([scores[name]["score"] for name in names]),
        "its network impact": np.array([scores[name]["network_impact"] for name in names]),
    }
    told = ("retweets", "who retweets, each once", "mentions", "who names, each once")
    counts = dict(zip(told, columns, strict=True))
    return Members(names, ours | counts, np.array([followers[name] for name in names], float), columns[0])


def correlations(found: Members, draws: int) -> dict[str, dict[str, tuple[float, float, float, float]]]:
    """Spearman's rho with its interval, and Kendall's tau, of each scorer with followers and with retweets received."""
    truths = {"followers": found.followers, "retweets received": found.retweets}
    return {
        name: {truth: _correlated(score, values, draws) for truth, values in truths.items()}
        for name, score in found.scorers.items()
    }


def _correlated(score: Floats, values: Floats, draws: int) -> tuple[float, float, float, float]:
    chance = np.random.default_rng(1)
    drawn = [spearmanr(score[rows], values[rows])[0] for rows in chance.integers(0, len(score), (draws, len(score)))]
    low, high = np.quantile(drawn, (0.025, 0.975))
    return float(spearmanr(score, values)[0]), float(low), float(high), float(kendalltau(score, values)[0])


def redrawn(file: WorkingFile, found: Members, times: int, until: int) -> float:
    """How the members' ranking goes with that by other made-up moments of the day: the least Spearman's rho."""
    alike = []
    for which in range(times):
        drawn = f'{DAY} + (hash(key, {which}) % 86400)::BIGINT AS "at"'
        file.connection.execute(f"CREATE OR REPLACE TEMP TABLE redrawn AS SELECT * REPLACE ({drawn}) FROM event")
        scores = scored(file, "redrawn", until)
        again = [scores[name]["score"] for name in found.names]
        alike.append(float(spearmanr(found.scorers[OURS], again)[0]))
    return min(alike)


def table(found: dict[str, dict[str, tuple[float, float, float, float]]]) -> str:
    """One row a scorer."""
    lines = [f"{'':26}{'followers: rho (95 %)':>28}{'tau':>7}{'retweets received: rho':>30}{'tau':>7}"]
    for name, truths in found.items():
        cells = [f"{rho:.3f} ({low:.3f}-{high:.3f}){tau:7.3f}" for rho, low, high, tau in truths.values()]
        lines.append(f"{name:26}" + "".join(f"{cell:>36}" for cell in cells))
    return "\n".join(lines)


def listed(scores: dict[str, dict[str, Any]], names: list[str]) -> str:
    """These accounts with their scores and ranges."""
    rows = ((place, name, scores[name]) for place, name in enumerate(names, start=1))
    return "\n".join(
        f"{place:3} {name.removeprefix('twitter:'):20}{row['score']:6.1f}  {row['low']:.1f}-{row['high']:.1f}"
        for place, name, row in rows
    )


def main() -> None:
    """Read, score, print and write the JSON."""
    asked = asked_of(__doc__, f"{FOLDER}/", f"{_QUICK_REDRAWS} redraw and {_QUICK_DRAWS} draws of the members")
    folder = asked.data / FOLDER
    with tempfile.TemporaryDirectory() as scratch, WorkingFile.open(Path(scratch) / "mps.duckdb") as file:
        read(folder, file)
        scores = scored(file)
        found = members(folder, file, scores)
        redraws = _QUICK_REDRAWS if asked.quick else _REDRAWS
        settled, days_end = (redrawn(file, found, redraws, until) for until in (_SETTLED, _DAYS_END))
    print(
        f"\nTop UK politics voices: members of parliament ({len(found.names)})",
        listed(scores, found.names[:_SHOWN]),
        sep="\n",
    )
    others = [name for name in scores if name not in set(found.names)]
    print("\nWhom else the members pass on", listed(scores, others[:_OTHERS]), sep="\n")
    measured = correlations(found, _QUICK_DRAWS if asked.quick else _DRAWS)
    print("", table(measured), sep="\n")
    print(f"\nWith other moments of the day, {redraws} times: rho at least {settled:.4f}, at its end {days_end:.4f}")
    finish(asked, _figures(measured))


def _figures(measured: dict[str, dict[str, tuple[float, float, float, float]]]) -> list[Figure]:
    """Ours beside retweets received, for followers, by both measures; no bar is to be kept."""
    ours, beside = measured[OURS]["followers"], measured["retweets"]["followers"]
    return [
        figure(f"{measure} with followers", ours[at], "rank correlation", "retweets received", beside[at])
        for measure, at in (("Spearman's rho", 0), ("Kendall's tau", 3))
    ]


if __name__ == "__main__":
    main()
