"""`renown engine score`: what was ingested becomes scores of the voices of the directory."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from renown.cli import wording
from renown.cli.asked import moment_of
from renown.cli.engine_ingest import EngineFileOption
from renown.cli.import_files import csv_bytes
from renown.cli.opening import run, settings_with
from renown.cli.options import DatabaseOption, Format
from renown.cli.progress import progress
from renown.cli.terminal import note
from renown.errors import BadRequest, CannotServe, UnknownName

if TYPE_CHECKING:
    from renown.engine.score_claims import AccountScore, Window
    from renown.engine.topics import Vocabulary
    from renown.engine.working_file import WorkingFile
    from renown.gateway import Gateway
    from renown.gateway.engine_scores import Taken

_HOUR = 3600
_LONG_AGO = 2 * 24 * _HOUR


@dataclass(frozen=True, slots=True)
class Scored:
    """The scores of those of the directory, best first; what they are made of; and what became of their claims."""

    window: "Window"
    scores: "Sequence[AccountScore]"
    everybody: int
    taken: "Taken | None"


_UntilOption = Annotated[
    str | None,
    typer.Option(
        "--until",
        metavar="INSTANT",
        help="Only what happened before this day or moment counts (ISO 8601). Default: the last full hour.",
    ),
]
_TopicOption = Annotated[
    str | None, typer.Option("--topic", metavar="SLUG", help="Show only who speaks on this topic, best first in it.")
]
_SeedsOption = Annotated[
    Path | None,
    typer.Option(
        "--seeds",
        metavar="FILE",
        help="Accounts that trust starts from, one a line, spelt as in the working file (`twitter:pirelliuk`). "
        "Default: the 1,000 most widely passed on in the older half of its time.",
    ),
]
_VocabularyOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--vocabulary",
        metavar="FILE",
        help="Topics to match posts with: a CSV as docs/engine.md describes it, or Klout's ontology, whose two files "
        "are named one after the other. Default: RENOWN_ENGINE_VOCABULARY, or our own.",
    ),
]
_SensitiveOption = Annotated[
    bool,
    typer.Option(
        "--sensitive",
        help="Also say who speaks on health, religion, sexuality, ethnicity or political leaning. "
        "Default: RENOWN_ENGINE_SENSITIVE_TOPICS, or not.",
    ),
]
_OutOption = Annotated[
    Path | None,
    typer.Option(
        "--out", metavar="FILE", help="Also write everybody's scores, of the directory or not: .parquet or .csv."
    ),
]


def score(
    until: _UntilOption = None,
    topic: _TopicOption = None,
    seeds: _SeedsOption = None,
    vocabulary: _VocabularyOption = None,
    sensitive: _SensitiveOption = False,
    out: _OutOption = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only compute and show; the directory stays.")] = False,
    output: Annotated[Format, typer.Option("--format", help="A table to read, JSON or CSV.")] = Format.TABLE,
    file: EngineFileOption = None,
    database: DatabaseOption = None,
) -> None:
    """Score the voices of the directory by who reacts to them. What was ingested is read; nobody is asked.

    The scores become claims of the provider `renown`, and so part of rankings. Nobody enters the directory: whoever is
    not in it is anonymous audience. Interrupted, or called again, the same command does only what is left to do.
    """
    from renown.cli.engine_score_table import print_scored, write_everybody

    settings = settings_with(database)
    is_shown = sensitive or settings.engine_sensitive_topics
    topics = _vocabulary(vocabulary or settings.engine_vocabulary)
    if topic is not None:
        _check_topic(topic, topics, sensitive=is_shown)
    start = _seeds(seeds)
    with _opened(file or settings.engine_file) as working_file:
        _read_topics(working_file, topics, sensitive=is_shown)
        spark = settings.spark_master if settings.engine == "spark" else None
        window = _scored(working_file, _instant(until), start, spark)
        if out is not None:
            write_everybody(working_file, out)
        scored = run(settings, partial(_kept, working_file, window, dry_run=dry_run))
    print_scored(scored, topic, output)


async def _kept(file: "WorkingFile", window: "Window", gateway: "Gateway", *, dry_run: bool) -> Scored:
    """The scores of those of the directory, which holds them now, unless this is a dry run."""
    from renown.engine.known_scores import accounts_scored, known_scores
    from renown.gateway.engine_scores import known_among, take_scores

    everybody = accounts_scored(file)
    scores = list(known_scores(file, window, await known_among(gateway.store, everybody)))
    if dry_run:
        return Scored(window, scores, len(everybody), None)
    with progress("Keeping the claims", len(scores)) as advance:
        taken = await take_scores(gateway, scores, window, advance)
    return Scored(window, scores, len(everybody), taken)


def _check_topic(topic: str, vocabulary: "Vocabulary", *, sensitive: bool) -> None:
    """Refuses a topic that cannot be shown.

    Raises:
        UnknownName: there is no such topic.
        BadRequest: it is masked.
    """
    if topic not in vocabulary.topics:
        raise UnknownName("topic", topic, vocabulary.topics)
    if topic in vocabulary.sensitive and not sensitive:
        raise BadRequest(f"{topic!r} is a sensitive topic: who speaks on it is not shown.", "--sensitive shows it.")


def _opened(path: Path) -> "WorkingFile":
    """The working file, which has to be there.

    Raises:
        CannotServe: it is not, or cannot be opened.
    """
    from renown.engine.working_file import WorkingFile

    if not path.exists():
        raise CannotServe(f"There is no working file {path}.", "`renown engine ingest` makes one.")
    return WorkingFile.open(path)


def _read_topics(file: "WorkingFile", vocabulary: "Vocabulary", *, sensitive: bool) -> None:
    from renown.engine.posted_topics import read_topics, unread_posts

    with progress("Reading what posts speak of", unread_posts(file)) as advance:
        read_topics(file, vocabulary, sensitive=sensitive, advance=advance)


def _scored(file: "WorkingFile", until: int, seeds: Sequence[str], spark: str | None) -> "Window":
    """The window, with its scores in the working file: computed, unless those of the same window are there."""
    from renown.engine.scored import score_window, window_of

    window = window_of(file, until, seeds)
    with progress(f"Scoring by {wording.count(window.interactions, 'interaction')}"):
        score_window(file, window, seeds, spark=spark)
    if until - window.last > _LONG_AGO:
        newest = wording.moment(datetime.fromtimestamp(window.last, UTC))
        note(f"The last interaction is of {newest}: nothing is known of the time since. --until scores an earlier day.")
    return window


def _instant(until: str | None) -> int:
    moment = moment_of(until)
    return int(datetime.now(UTC).timestamp()) // _HOUR * _HOUR if moment is None else int(moment.timestamp())


def _vocabulary(files: Sequence[Path]) -> "Vocabulary":
    """The one in these files, or our own.

    Raises:
        BadImport: they hold none.
    """
    from renown.engine.topics import is_of_klout, read_klout_ontology, read_vocabulary, shipped_vocabulary

    contents = {file.name: csv_bytes(file) for file in files}
    if not contents:
        return shipped_vocabulary()
    if all(map(is_of_klout, contents.values())):
        return read_klout_ontology(contents)
    if len(contents) > 1:
        raise BadRequest("Several files are no vocabulary, unless they are Klout's.", "Give one file.")
    ((name, content),) = contents.items()
    return read_vocabulary(content, name)


def _seeds(file: Path | None) -> list[str]:
    return [] if file is None else csv_bytes(file).decode("utf-8-sig", errors="replace").split()
