"""Progress of work that takes a while: on stderr, and only where somebody watches."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from time import monotonic

from renown.cli.terminal import console, printable


@contextmanager
def progress(doing: str, total: int | None = None) -> Iterator[Callable[[int], None]]:
    """Gives what is to be called with how much more is done; without a `total` a pulse says that work goes on."""
    from rich.progress import Progress

    errors = console(to_errors=True)
    with Progress(console=errors, disable=not errors.is_terminal, transient=True) as shown:
        task = shown.add_task(doing, total=total)
        yield lambda more: shown.advance(task, more)


@contextmanager
def progress_each(totals: Mapping[str, int]) -> Iterator[Callable[[str, int], None]]:
    """One bar a name, with an estimate of what is left; gives what is to be called with a name and how much more."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    errors = console(to_errors=True)
    # A long memory for the speed: answers come in batches.
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    with Progress(*columns, console=errors, disable=not errors.is_terminal, speed_estimate_period=120) as shown:
        tasks = {name: shown.add_task(name, total=total) for name, total in totals.items()}
        yield lambda name, more: shown.advance(tasks[name], more)


@contextmanager
def progress_of_reading(name: str) -> Iterator[Callable[[float | None, int], None]]:
    """What part is read, how fast, and how long it will take; gives what is to be called with part (0-1) and lines.

    A part of None is for what has no end.
    """
    from rich.progress import (
        BarColumn,
        Progress,
        TaskProgressColumn,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    errors = console(to_errors=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[lines]:,} lines, {task.fields[rate]:,.0f}/s"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=errors, disable=not errors.is_terminal, transient=True) as shown:
        task = shown.add_task(f"Reading {printable(name)}", total=None, lines=0, rate=0.0)
        started: list[tuple[float, int]] = []

        def advance(part: float | None, lines: int) -> None:
            started[:] = started or [(monotonic(), lines)]
            passed = monotonic() - started[0][0]
            rate = (lines - started[0][1]) / passed if passed else 0.0
            shown.update(task, total=None if part is None else 1.0, completed=part, lines=lines, rate=rate)

        yield advance
