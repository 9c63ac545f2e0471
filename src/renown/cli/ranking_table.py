"""A ranking as a table to read."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from renown.claims import Claim
from renown.cli import wording
from renown.cli.ranking_lines import Line
from renown.cli.terminal import console, printable

if TYPE_CHECKING:
    from rich.table import Table

    from renown.gateway import Gateway, Ranked

# The adapter of claims on nobody: whoever sees one on a page is told in capitals.
_SYNTHETIC = "synthetic@"


def print_ranking(gateway: "Gateway", ranked: "Ranked", lines: Sequence[Line], title: str) -> None:
    """Place, voice, composite and one column a scored provider, each provider's own value untouched."""
    providers = ranked.standings.providers
    table = _empty("SYNTHETIC, not real accounts: " + title if is_synthetic(lines) else title)
    for provider in providers:
        table.add_column(gateway.registry.provider(provider).declaration.name, justify="right", overflow="fold")
    table.add_column("Coverage", justify="right", no_wrap=True)
    for line in lines:
        table.add_row(
            f"{line.place}{'=' if line.shared else ''}",
            f"{line.place_low}-{line.place_high}",
            voice_cell(line.name, line.handle),
            f"{line.entry.value:.2f}",
            f"{line.value_low:.2f}-{line.value_high:.2f}",
            *(wording.score(line.scores[provider]) for provider in providers),
            f"{line.entry.coverage:.0%}",
        )
    console().print(table)


def is_synthetic(lines: Sequence[Line]) -> bool:
    """Whether any value among them was made up, by its own word."""
    scores = [score for line in lines for score in line.scores.values()]
    return any(isinstance(score, Claim) and score.provenance.adapter.startswith(_SYNTHETIC) for score in scores)


def voice_cell(name: str, handle: str) -> str:
    """`Pirelli UK @PirelliUK`, safe to print."""
    return printable(f"{name} @{handle}".strip())


def _empty(title: str) -> "Table":
    from rich import box
    from rich.table import Table

    table = Table(title=printable(title), title_justify="left", title_style="bold", box=box.SIMPLE_HEAD)
    table.add_column("Place", justify="right", no_wrap=True)
    table.add_column("Range", justify="right", no_wrap=True)
    table.add_column("Voice", overflow="fold", min_width=20)
    table.add_column("Composite", justify="right", no_wrap=True, style="bold")
    table.add_column("Range", justify="right", no_wrap=True)
    return table
