"""Recipes, their differences and dry runs as tables to read."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from renown.cli import wording
from renown.cli.ranking_lines import name_of
from renown.cli.ranking_table import voice_cell
from renown.cli.terminal import console, printable, say

if TYPE_CHECKING:
    from rich.table import Table

    from renown.gateway import VoiceRecord
    from renown.gateway.dry_run import DryRun
    from renown.gateway.recipe_names import NamedRecipe
    from renown.scoring import Recipe
    from renown.scoring.recipe_diff import Difference


def print_names(named: "Sequence[NamedRecipe]") -> None:
    """Every name and what it stands for now."""
    if named:
        console().print(_names("Recipes by name", named))
    else:
        say("No recipe has a name yet: `renown recipe save NAME` gives it one.")
    say("The default recipe is called default.")


def print_history(history: "Sequence[NamedRecipe]") -> None:
    """What a name ever stood for, where it is a name."""
    if history:
        console().print(_names("What the name stood for", history))


def print_differences(one: "tuple[str, Recipe]", other: "tuple[str, Recipe]", found: "Sequence[Difference]") -> None:
    """Both recipes in words, and choice by choice what the second does otherwise."""
    for name, recipe in (one, other):
        say(f"{name}: {recipe.explanation}")
    if not found:
        say("They are the same recipe.", style="bold")
        return
    table = _table("In what they differ", "Choice", one[0], other[0])
    for each in found:
        table.add_row(*map(printable, (each.label, each.before, each.after)))
    console().print(table)


def print_dry_run(ran: "DryRun", records: "Mapping[str, VoiceRecord]", one: str, other: str) -> None:
    """How many move, who most, who enters or leaves, and how alike both orders are."""
    say(
        f"Of {wording.count(ran.in_both, 'voice')} that both recipes rank, {ran.moved:,} would move, "
        f"{ran.moved_far:,} of them three places or more. {ran.entered:,} would enter and {ran.left:,} would leave.",
        style="bold",
    )
    if ran.tau is not None:
        say(f"Kendall's tau between both orders: {ran.tau:.3f} (1: the same order, 0: no relation, -1: reversed).")
    if not ran.most_moved:
        return
    table = _table("Who would move most", "Voice", one, other, "Places")
    for move in ran.most_moved:
        record = records[move.voice]
        voice = voice_cell(name_of(record), record.accounts[0].handle)
        table.add_row(voice, str(move.before), str(move.after), f"{move.before - move.after:+d}")
    console().print(table)


def _names(title: str, named: "Sequence[NamedRecipe]") -> "Table":
    table = _table(title, "Name", "Recipe", "Forked from", "Since", "Note")
    for each in named:
        entry = each.entry
        said = (
            entry.name,
            entry.hash[:16],
            (entry.forked_from or "")[:16],
            wording.moment(entry.created_at),
            entry.note,
        )
        table.add_row(*map(printable, said))
    return table


def _table(title: str, *columns: str) -> "Table":
    from rich import box
    from rich.table import Table

    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(printable(column), overflow="fold")
    return table
