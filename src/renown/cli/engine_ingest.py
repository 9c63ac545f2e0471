"""`renown engine ingest`: who did what to whom, from files and from the networks, into the engine's working file."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from renown.cli import wording
from renown.cli.engine_held import COUNTED, print_held
from renown.cli.option_groups import spread
from renown.cli.options import Format
from renown.cli.progress import progress_of_reading
from renown.cli.source_options import Asked, SourceOptions
from renown.cli.terminal import note, say
from renown.errors import BadRequest

if TYPE_CHECKING:
    from renown.engine.ingest.source import Source
    from renown.engine.ingest.until import Until
    from renown.engine.working_file import WorkingFile
    from renown.settings import Settings

_INTERRUPTED = 130
_BY_DUCKDB = "Query interrupted"  # how it says Ctrl-C
_LIVE = ("ws://", "wss://")
_ASKED = ("http://", "https://")

EngineFileOption = Annotated[
    Path | None,
    typer.Option(
        "--file",
        metavar="FILE",
        help="The engine's working file. Default: RENOWN_ENGINE_FILE, or renown-engine.duckdb.",
    ),
]


@spread
def ingest(
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="SOURCE...",
            help="Files, gzipped or not, a Jetstream (wss://...) or a Mastodon instance (https://...).",
        ),
    ] = None,
    *,
    options: SourceOptions,
    rejects: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Where lines are written that cannot be read. Default: FILE.rejects.csv."),
    ] = None,
    status: Annotated[bool, typer.Option("--status", help="Read nothing; say what there is.")] = False,
    file: EngineFileOption = None,
    output: Annotated[Format, typer.Option("--format", help="A table to read, or JSON.")] = Format.TABLE,
) -> None:
    """Read who did what to whom into the engine's working file. Interrupted, the same command goes on."""
    from renown.cli.opening import settings_with
    from renown.engine.working_file import WorkingFile

    if output is Format.CSV:
        raise BadRequest("What there is has no CSV.", "Use --format table or json.")
    if not sources and not status:
        raise BadRequest("There is nothing to read.", "Name files or addresses, or ask what there is by --status.")
    settings = settings_with(None)
    path = file or settings.engine_file
    asked = options.checked()
    with WorkingFile.open(path, read_only=status) as held:
        if not status:
            with _rejects_written(held, rejects):
                for source in sources or ():
                    _report(*_read(held, source, asked, settings), output)
        print_held(held, output)


def forget(
    account: Annotated[str, typer.Argument(metavar="ACCOUNT", help="As it is spelt there: twitter:pirelliuk.")],
    file: EngineFileOption = None,
) -> None:
    """Erase an account from the engine's working file, and leave out whatever comes in of it later."""
    from renown.cli.opening import settings_with
    from renown.engine.forgetting import forget as forget_in
    from renown.engine.ingest.spelling import spelt

    spelling = spelt(account, "twitter")
    if spelling is None:
        raise BadRequest(f"{account[:100]!r} is no account.", "Give one like twitter:pirelliuk.", code="BAD_HANDLE")
    gone = forget_in(file or settings_with(None).engine_file, spelling)
    say(f"{spelling}: {wording.count(gone.events, 'event')} and {wording.count(gone.posts, 'post')} erased.")


@contextmanager
def _rejects_written(file: "WorkingFile", named: Path | None) -> Iterator[None]:
    """Afterwards, however it ends, the lines that could not be read are in their file."""
    from renown.engine.ingest.rejects import rejects_beside, write_rejects

    try:
        yield
    except (KeyboardInterrupt, RuntimeError) as stopped:
        if isinstance(stopped, RuntimeError) and str(stopped) != _BY_DUCKDB:
            raise
        note("Interrupted. What came in is kept; the same command goes on behind it.")
        raise typer.Exit(_INTERRUPTED) from None
    finally:
        to = named or rejects_beside(file.path)
        refused = write_rejects(file, to)
        if refused:
            note(f"{wording.count(refused, 'line')} of all sources could not be read: {to}")


def _read(file: "WorkingFile", source: str, asked: Asked, settings: "Settings") -> "tuple[Source, Source]":
    """The source before and after it was read."""
    import asyncio

    if source.startswith(_LIVE):
        from renown.engine.ingest.live import listen

        with _came(source, asked.until) as on_kept:
            return asyncio.run(listen(file, source, asked.until, on_kept))
    if source.startswith(_ASKED):
        from renown.engine.ingest.instances import read_instance

        with _came(source, asked.until) as on_kept:
            return asyncio.run(read_instance(file, source, asked.until, settings, on_kept))
    from renown.engine.ingest import ingest as read_file

    with progress_of_reading(Path(source).name) as advance:
        return read_file(file, Path(source), asked.form, asked.told, lambda now: advance(now.part, now.source.line))


@contextmanager
def _came(source: str, until: "Until") -> "Iterator[Callable[[Source], None]]":
    """Shows how many messages or statuses came, without what an address may hold of a key."""
    before: list[int] = []

    def kept(now: "Source") -> None:
        before[:] = before or [now.line]
        advance(until.part(now.line - before[0]), now.line)

    with progress_of_reading(source.partition("?")[0].rpartition("@")[2]) as advance:
        yield kept


def _report(before: "Source", after: "Source", output: Format) -> None:
    tell = note if output is Format.JSON else say
    if before.finished:
        tell(f"{after.name}: read before; nothing changed.")
        return
    came = {name: getattr(after, name) - getattr(before, name) for name in COUNTED}
    shown = [_words(name, count) for name, count in came.items() if count]
    tell(f"{after.name} ({after.form}): {', '.join(shown) or 'nothing new'}.")


def _words(name: str, count: int) -> str:
    noun = {"events": "event", "posts": "post", "refused": "refused line"}.get(name)
    return wording.count(count, noun) if noun else f"{count:,} {name.replace('_', ' ')}"
