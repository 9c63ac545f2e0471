"""`renown demo`: real published figures, ranked in the terminal and served over GraphQL."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from renown.cli.opening import run, settings_with
from renown.cli.options import DatabaseOption, Format, PortOption
from renown.cli.progress import progress
from renown.cli.ranking_page import print_page, voice_command
from renown.cli.serving import end_on_terminate, listen, serve_until_stopped
from renown.cli.terminal import say

if TYPE_CHECKING:
    from renown.gateway import Gateway

EXAMPLES = (
    "renown demo",
    "renown demo --once --db demo.db",
    "renown demo --synthetic 10000 --seed 1 --port 8001",
)

_SYNTHETIC = (
    "SYNTHETIC: {size:,} invented voices of seed {seed}, for load and benchmarks. Nobody here is real, and no figure "
    "is anybody's."
)


def demo(
    once: Annotated[bool, typer.Option("--once", help="Print the ranking and exit; no port is needed.")] = False,
    port: PortOption = 8000,
    synthetic: Annotated[
        int | None,
        typer.Option(
            "--synthetic",
            metavar="N",
            min=100,
            max=10_000_000,
            help="In the place of the published figures, load N invented voices, clearly labelled, for load tests.",
        ),
    ] = None,
    seed: Annotated[int, typer.Option("--seed", min=0, help="The seed of --synthetic: the same, the same voices.")] = 1,
    database: DatabaseOption = None,
) -> None:
    """Load the demo's figures into a database of its own, print a ranking, and serve it until Ctrl-C."""
    with ExitStack() as held:
        listener = None if once else held.enter_context(listen("127.0.0.1", port))
        end_on_terminate()
        path = held.enter_context(_database(database))
        settings = settings_with(path)

        async def load_and_print(gateway: "Gateway") -> None:
            footer = await _load(gateway, synthetic, seed)
            await _print(gateway, footer, _walk(path, lasts=bool(listener or database)))

        run(settings, load_and_print)
        if listener is not None:
            held.enter_context(suppress(KeyboardInterrupt))
            serve_until_stopped(settings, listener)


@contextmanager
def _database(given: str | None) -> Iterator[str]:
    """The database that was asked for, or a file of our own that is removed at the end."""
    if given is not None:
        yield given
        return
    with TemporaryDirectory(prefix="renown-demo-") as folder:
        yield str(Path(folder) / "demo.db")


async def _load(gateway: "Gateway", synthetic: int | None, seed: int) -> str:
    """Loads what was asked for; what is to be known of it."""
    from renown.demo import STATEMENT, load_demo, load_synthetic

    if synthetic is None:
        with progress("Loading the published figures"):
            await load_demo(gateway)
        return STATEMENT
    with progress(f"Making and loading {synthetic:,} synthetic voices", synthetic) as advance:
        await load_synthetic(gateway, synthetic, seed, advance)
    return _SYNTHETIC.format(size=synthetic, seed=seed)


async def _print(gateway: "Gateway", footer: str, walk: Callable[[str], str]) -> None:
    from renown.demo import QUESTION
    from renown.gateway import DEFAULT_RECIPE
    from renown.gateway.asked import ask_ranking

    answered = await ask_ranking(gateway, DEFAULT_RECIPE, of=QUESTION)
    await print_page(gateway, answered, Format.TABLE, title=QUESTION, walk=walk)
    say(footer, style="bold")


def _walk(database: str, *, lasts: bool) -> Callable[[str], str]:
    """The command to walk on with; where the database is gone by then, the one that keeps it comes first."""
    if lasts:
        return partial(voice_command, database=database)
    return lambda handle: f"renown demo --once --db demo.db, then {voice_command(handle, 'demo.db')}"
