"""The engine's ranking of a file as a table, JSON or CSV.

Columns: `account`, `score`, `reach`, `amplification`, `network_impact`, `low`, `high`; best first. JSON says besides
until when it holds and whether posts are known, and how likely each account is run by a machine.
"""

import csv
import sys
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from renown.cli.claims_json import print_json
from renown.cli.options import Format
from renown.cli.terminal import console, printable, say

if TYPE_CHECKING:
    from renown.engine.interactions import Interactions
    from renown.engine.ranking import EngineRanking

_COLUMNS = ("account", "score", "reach", "amplification", "network_impact", "low", "high")
_SHOWN = 50
_NO_POSTS = (
    "This log does not name posts: amplification is reactions for each hour in which there were any, not for each post."
)


def print_engine_ranking(ranking: "EngineRanking", events: "Interactions", until: datetime, output: Format) -> None:
    """All of it as CSV or JSON; the first 50 as a table."""
    if output is Format.CSV:
        _print_csv(ranking, events)
    elif output is Format.JSON:
        _print_json(ranking, events, until)
    else:
        _print_table(ranking, events, until)


def _rows(ranking: "EngineRanking", events: "Interactions") -> Iterator[tuple[Any, ...]]:
    # Nine digits: fewer would make ties at the top of what is none.
    figures = [[round(value, 9) for value in getattr(ranking, column).tolist()] for column in _COLUMNS[1:]]
    return zip(events.names[ranking.account].tolist(), *figures, strict=True)


def _print_csv(ranking: "EngineRanking", events: "Interactions") -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows(_rows(ranking, events))


def _print_json(ranking: "EngineRanking", events: "Interactions", until: datetime) -> None:
    from renown.engine.shape import shape_of

    machines = (round(value, 6) for value in ranking.automation.tolist())
    rows = zip(_rows(ranking, events), machines, strict=True)
    print_json(
        {
            "until": until.isoformat(),
            "postsKnown": shape_of(events).posts,
            "accounts": [dict(zip(_COLUMNS, row, strict=True)) | {"automation": machine} for row, machine in rows],
        }
    )


def _print_table(ranking: "EngineRanking", events: "Interactions", until: datetime) -> None:
    from rich.table import Table

    from renown.engine.shape import shape_of

    table = Table("", *_COLUMNS[:5], "90 % range", box=None, title=f"{len(ranking):,} accounts before {until:%c} UTC")
    for place, (account, score, reach, amplified, impact, low, high) in enumerate(_rows(ranking, events), start=1):
        if place > _SHOWN:
            break
        figures = f"{score:.1f}", f"{reach:.1f}", f"{amplified:.2f}", f"{impact:.2f}", f"{low:.1f}-{high:.1f}"
        table.add_row(str(place), printable(account), *figures)
    console().print(table)
    if len(ranking) > _SHOWN:
        say(f"The first {_SHOWN} are shown; --format csv has all.")
    if not shape_of(events).posts:
        say(_NO_POSTS)
