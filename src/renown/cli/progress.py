"""Progress of work that takes a while: on stderr, and only where somebody watches."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import Progress

from renown.cli.terminal import console


@contextmanager
def progress(doing: str, total: int | None = None) -> Iterator[Callable[[int], None]]:
    """Gives what is to be called with how much more is done; without a `total` a pulse says that work goes on."""
    errors = console(to_errors=True)
    with Progress(console=errors, disable=not errors.is_terminal, transient=True) as shown:
        task = shown.add_task(doing, total=total)
        yield lambda more: shown.advance(task, more)
