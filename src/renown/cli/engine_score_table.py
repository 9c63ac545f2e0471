"""The engine's scores of the directory's voices as a table, JSON or CSV; everybody's as a file."""

import csv
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from renown.cli import wording
from renown.cli.claims_json import print_json
from renown.cli.options import Format
from renown.cli.terminal import console, note, printable, say
from renown.errors import BadRequest

if TYPE_CHECKING:
    from renown.cli.engine_score import Scored
    from renown.engine.score_claims import AccountScore, TopicScore
    from renown.engine.working_file import WorkingFile

_SHOWN, _TOPICS_SHOWN = 50, 3
_QUIET = 7  # days: who was reacted to in the last week is not called quiet
_COLUMNS = ("score", "low", "high", "momentum", "reach", "amplification", "network_impact", "automation")


def print_scored(scored: "Scored", topic: str | None, output: Format) -> None:
    """All of them, or those who speak on one topic; the best first, the first 50 in a table.

    What became of the claims is said on stderr.
    """
    rows = _rows(scored.scores, topic)
    if output is Format.JSON:
        _print_json(scored, rows)
    elif output is Format.CSV:
        _print_csv(scored, rows)
    else:
        _print_table(scored, rows, topic)
    _tell(scored)


def write_everybody(file: "WorkingFile", path: Path) -> None:
    """Everybody's scores as a Parquet or CSV file, best first, whether they are of the directory or not.

    Raises:
        BadRequest: the file is neither, or cannot be written.
    """
    import duckdb

    form = {".parquet": "PARQUET", ".csv": "CSV"}.get(path.suffix.lower())
    if form is None:
        raise BadRequest(f"{path.name} is neither .parquet nor .csv.", "Name a file that ends in one of them.")
    everybody = file.connection.sql("SELECT * FROM engine_score ORDER BY score DESC, account")
    try:
        everybody.write_parquet(str(path)) if form == "PARQUET" else everybody.write_csv(str(path))
    except duckdb.Error as error:
        raise BadRequest(f"{path} cannot be written: {error}.", "Name another file.") from None


def _rows(scores: "Sequence[AccountScore]", topic: str | None) -> "list[AccountScore]":
    def place(score: "AccountScore") -> float:
        on_topic = _on(score, topic)
        return (on_topic.figures if on_topic else score.figures).get("score", 0.0)

    asked = [score for score in scores if topic is None or _on(score, topic)]
    return sorted(asked, key=lambda score: (-place(score), score.account))


def _on(score: "AccountScore", topic: str | None) -> "TopicScore | None":
    return next((each for each in score.topics if each.topic == topic), None)


def _quiet_since(scored: "Scored", score: "AccountScore") -> datetime | None:
    """When somebody last reacted, where that is longer ago than a week."""
    days = score.figures.get("quiet_days", 0.0)
    return scored.window.end - timedelta(days=days) if days > _QUIET else None


def _print_json(scored: "Scored", rows: "Sequence[AccountScore]") -> None:
    window = scored.window
    print_json(
        {
            "from": datetime.fromtimestamp(window.first, UTC).isoformat(),
            "until": window.end.isoformat(),
            "interactions": window.interactions,
            "digest": window.digest,
            "accounts": [_as_json(scored, row) for row in rows],
        }
    )


def _as_json(scored: "Scored", row: "AccountScore") -> dict[str, Any]:
    quiet = _quiet_since(scored, row)
    topics = [
        {"topic": t.topic, "strength": t.strength, "posts": t.posts, "evidence": list(t.evidence), **t.figures}
        for t in row.topics
    ]
    figures = {slug: round(value, 6) for slug, value in row.figures.items()}
    return {"account": row.account, **figures, "quietSince": quiet and quiet.isoformat(), "topics": topics}


def _print_csv(scored: "Scored", rows: "Sequence[AccountScore]") -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["account", *_COLUMNS, "quiet_since", "topics"])
    for row in rows:
        quiet = _quiet_since(scored, row)
        figures = [round(row.figures[slug], 6) if slug in row.figures else "" for slug in _COLUMNS]
        topics = " ".join(topic.topic for topic in row.topics)
        writer.writerow([row.account, *figures, quiet.isoformat() if quiet else "", topics])


def _print_table(scored: "Scored", rows: "Sequence[AccountScore]", topic: str | None) -> None:
    from rich.table import Table

    columns = ("", "account", "score", "90 % range", "momentum", "automation", "quiet since", "speaks on")
    window, on = scored.window, f" on {topic}" if topic else ""
    table = Table(*columns, box=None, title=f"{wording.count(len(rows), 'voice')}{on}, {wording.moment(window.end)}")
    for place, row in enumerate(rows[:_SHOWN], start=1):
        on_topic = _on(row, topic)
        figures = on_topic.figures if on_topic else row.figures
        quiet = _quiet_since(scored, row)
        table.add_row(
            str(place),
            printable(row.account),
            _number(figures.get("score")),
            f"{_number(figures.get('low'))}-{_number(figures.get('high'))}" if figures else "",
            _number(row.figures.get("momentum")),
            f"{row.figures.get('automation', 0.0):.2f}",
            quiet.date().isoformat() if quiet else "",
            ", ".join(t.topic for t in row.topics[:_TOPICS_SHOWN]),
        )
    console().print(table)
    if len(rows) > _SHOWN:
        say(f"The first {_SHOWN} are shown; --format csv or json has all.")


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}"


def _tell(scored: "Scored") -> None:
    known, everybody = len(scored.scores), scored.everybody
    note(f"{wording.count(everybody, 'account')} scored; {known:,} of them are in the directory, the others audience.")
    if scored.taken is None:
        note("Nothing was kept: this was a dry run.")
    else:
        held = f"; {scored.taken.held:,} were held already" if scored.taken.held else ""
        note(f"{wording.count(scored.taken.new, 'claim')} came in{held}.")
