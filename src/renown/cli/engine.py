"""`renown engine`: Renown's own engine, run on what was ingested, or tried on a file without any store."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from renown.cli import wording
from renown.cli.engine_ingest import forget, ingest
from renown.cli.engine_score import score
from renown.cli.engine_tables import print_with
from renown.cli.help_texts import group_of_verbs
from renown.cli.options import Format
from renown.cli.progress import progress
from renown.cli.terminal import note
from renown.errors import BadImport, BadRequest

if TYPE_CHECKING:
    from renown.engine.edge_lists import ReadEdges
    from renown.engine.interactions import Floats, Interactions

app = group_of_verbs(
    "Renown's own engine: read interactions, score the directory's voices by them, or try it on a file."
)

_UntilOption = Annotated[
    str,
    typer.Option("--until", metavar="INSTANT", help="Only what happened before this day or moment counts (ISO 8601)."),
]
_SeedsOption = Annotated[
    Path | None,
    typer.Option(
        "--seeds",
        metavar="FILE",
        help="Accounts that trust starts from, one a line. Default: the 1,000 most widely passed on in the older half "
        "of the file's time before the instant.",
    ),
]
_TableOption = Annotated[Format, typer.Option("--format", help="A table to read, JSON or CSV.")]


@app.callback()
def _any_verb() -> None:
    """Has nothing to do: typer makes a group only of what has several functions or a function before them."""


app.command(epilog="Example: renown engine ingest tweets.ndjson.gz interactions.parquet")(ingest)
app.command(epilog="Example: renown engine forget twitter:pirelliuk")(forget)
app.command(epilog="Example: renown engine score --until 2012-07-05 --topic automotive --dry-run")(score)


@app.command(epilog="Example: renown engine rank interactions.txt.gz --until 2012-07-05T00:00:00Z --format csv")
def rank(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="Lines of `actor target unixtime RT|RE|MT`, or a CSV with the columns actor, target, kind, at; "
            "gzipped or not.",
        ),
    ],
    until: _UntilOption,
    seeds: _SeedsOption = None,
    output: _TableOption = Format.TABLE,
) -> None:
    """Rank the accounts of a log of interactions by who reacts to them. No store is touched."""
    from renown.cli.asked import moment_of
    from renown.cli.engine_rank import print_engine_ranking
    from renown.engine.ranking import rank_interactions

    moment = moment_of(until)
    assert moment is not None  # noqa: S101 - only no text is no moment
    read = _read(file)
    events = read.events.before(moment.timestamp())
    if not len(events):
        raise BadRequest(
            f"{file.name} holds nothing before {moment.isoformat()}.",
            f"{wording.count(len(read.events), 'interaction')} could be read of it.",
            code="EMPTY_RANKING",
        )
    with progress("Ranking"):
        ranking = rank_interactions(events, moment.timestamp(), None if seeds is None else _seeds(seeds, events))
    print_engine_ranking(ranking, events, moment, output)


@app.command(epilog="Example: renown engine profile profiles.csv --format csv")
def profile(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="A CSV with any of the columns followers, following, listed, posts, mentions_received, "
            "retweets_received, mentions_sent, retweets_sent. Others are carried through.",
        ),
    ],
    output: _TableOption = Format.TABLE,
) -> None:
    """Score accounts by their public counts, 0-100 with a 90 % range. No store is touched."""
    from renown.engine.csv_tables import read_csv_table
    from renown.engine.profile_score import PROFILE_COLUMNS, profile_weights

    read = read_csv_table(file, PROFILE_COLUMNS, ("score", "low", "high"))
    weights = profile_weights()
    scores = weights.scores({column: read.figures(column) for column in PROFILE_COLUMNS if read.has(column)})
    added = {"score": scores.score, "low": scores.low, "high": scores.high}
    print_with(read, added, weights.fitted_on, output)


@app.command(epilog="Example: renown engine automation accounts.csv --format csv")
def automation(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="A CSV with columns as of the set of 2017: user_tweeted, tweet_frequency, source_identity and others "
            "that docs/engine.md names.",
        ),
    ],
    output: _TableOption = Format.TABLE,
) -> None:
    """Tell how likely each account is run by a machine, 0-1. No store is touched."""
    from renown.engine.account_automation import (
        AUTOMATION_COLUMNS,
        PROGRAMS_COLUMN,
        automation_weights,
        programs_of,
    )
    from renown.engine.csv_tables import read_csv_table

    known = (*AUTOMATION_COLUMNS, PROGRAMS_COLUMN)
    read = read_csv_table(file, known, ("probability",))
    missing = [column for column in known if not read.has(column)]
    if missing:
        note(f"{file.name} has no column {', '.join(missing)}: in these every account counts as average.")
    figures = {column: read.figures(column) for column in AUTOMATION_COLUMNS if read.has(column)}
    programs = read.read_as(PROGRAMS_COLUMN, programs_of) if read.has(PROGRAMS_COLUMN) else [None] * len(read.rows)
    weights = automation_weights()
    print_with(read, {"probability": weights.probability(figures, programs)}, weights.fitted_on, output)


def _read(file: Path) -> "ReadEdges":
    from renown.engine.edge_lists import read_edge_list

    try:
        size = file.stat().st_size
    except OSError:
        size = None
    with progress(f"Reading {file.name}", size) as advance:
        read = read_edge_list(file, advance)
    for refusal in read.refusals:
        note(f"{file.name}: {refusal}")
    if read.refused:
        more = read.refused - len(read.refusals)
        told = f"; {more:,} more than are told here" if more else ""
        note(f"{file.name}: {wording.count(read.refused, 'line')} could not be read and left out{told}.")
    if read.to_oneself:
        note(f"{file.name}: {wording.count(read.to_oneself, 'act')} of accounts upon themselves left out.")
    return read


def _seeds(file: Path, events: "Interactions") -> "Floats":
    """1 for each account that the file names.

    Raises:
        BadImport: the file cannot be read, or none of its accounts is in the log.
    """
    import numpy as np

    try:
        named = file.read_text(encoding="utf-8-sig").split()
    except OSError as error:
        raise BadImport(f"{file} cannot be read: {error.strerror}.", "Give a file of accounts, one a line.") from None
    except UnicodeDecodeError:
        raise BadImport(f"{file} is no text in UTF-8.", "Give a file of accounts, one a line.") from None
    found = np.isin(events.names, list(set(named))) if named else np.zeros(events.accounts, np.bool_)
    if not found.any():
        raise BadImport(f"None of the accounts in {file.name} is in the log.", "Spell them as the log does.")
    missing = len(set(named)) - int(found.sum())
    if missing:
        note(f"{file.name}: {wording.count(missing, 'seed')} not in the log.")
    return found.astype(np.float64)
