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

_UNBOUNDED = 10_000
_LONGEST_HANDLE = len("@") + 15  # on Twitter
_UNBROKEN = {"Place", "Range", "Composite", "Coverage", "Cover"}


def print_ranking(gateway: "Gateway", ranked: "Ranked", lines: Sequence[Line], title: str) -> None:
    """Place, voice, composite and one column a scored provider, each provider's own value untouched."""
    from rich.measure import Measurement

    out = console()
    names = [gateway.registry.provider(slug).declaration.name for slug in ranked.columns.providers]
    title = printable(f"SYNTHETIC, not real accounts: {title}" if is_synthetic(lines) else title)
    table, unbounded = _wide(title, names, lines), out.options.update(width=_UNBOUNDED)
    if Measurement.get(out, unbounded, table).maximum > out.width:
        table = _narrow(title, names, lines)
        # Rather let the terminal fold a line than lose its end.
        out.width = max(out.width, Measurement.get(out, unbounded, table).minimum)
    out.print(table)


def is_synthetic(lines: Sequence[Line]) -> bool:
    """Whether any value among them was made up, by its own word."""
    scores = [score for line in lines for score in line.scores.values()]
    return any(isinstance(score, Claim) and score.provenance.adapter.startswith(_SYNTHETIC) for score in scores)


def voice_cell(name: str, handle: str) -> str:
    """`Pirelli UK @PirelliUK`, safe to print."""
    return printable(f"{name} @{handle}".strip())


def _wide(title: str, names: Sequence[str], lines: Sequence[Line]) -> "Table":
    """One line a voice."""
    table = _table(title, "Place", "Range", "Voice", "Composite", "Range", *names, "Coverage")
    for line in lines:
        voice = voice_cell(line.name, line.handle)
        table.add_row(_place(line), _places(line), voice, _value(line), _values(line), *_scores(line), _coverage(line))
    return table


def _narrow(title: str, names: Sequence[str], lines: Sequence[Line]) -> "Table":
    """Two lines a voice, ranges and handles on the second; reasons are folded between words."""
    table = _table(title, "Place", "Voice", "Composite", *names, "Cover")
    table.padding, table.show_edge = 0, False
    for line in lines:
        table.add_row(
            f"{_place(line)}\n{_places(line)}",
            f"{printable(line.name)}\n@{printable(line.handle)}".strip(),
            f"{_value(line)}\n{_values(line)}",
            *_scores(line),
            _coverage(line),
        )
    for at, name in enumerate(names):
        words = [word for line in lines for word in _scores(line)[at].split()]
        table.columns[3 + at].width = max(map(len, [*words, name]))
    return table


def _table(title: str, *columns: str) -> "Table":
    from rich import box
    from rich.table import Table

    table = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        if column == "Voice":
            table.add_column(column, min_width=_LONGEST_HANDLE, overflow="fold")
        else:
            table.add_column(column, justify="right", no_wrap=column in _UNBROKEN)
    return table


def _place(line: Line) -> str:
    return f"{line.place}{'=' if line.shared else ''}"


def _places(line: Line) -> str:
    return f"{line.place_low}-{line.place_high}"


def _value(line: Line) -> str:
    return f"{line.entry.value:.2f}"


def _values(line: Line) -> str:
    return f"{line.value_low:.2f}-{line.value_high:.2f}"


def _scores(line: Line) -> list[str]:
    return [wording.score(score) for score in line.scores.values()]


def _coverage(line: Line) -> str:
    return f"{line.entry.coverage:.0%}"
