"""Progress of work that takes a while: on stderr, and only where somebody watches."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from renown.cli.terminal import console


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
