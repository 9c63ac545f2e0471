"""What each provider's absence would change in a ranking, as a table and as JSON values.

JSON, one object a provider, the keys those of the GraphQL schema: `provider`, `moved`, `movedFar`, `mostMoved`
(`voice`, `before`, `after`; or null), `fallenCount`, `fallen` (voice keys, all of them), `kendallTau`, `statement`.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from renown.cli.ranking_lines import name_of
from renown.cli.terminal import console, printable, say

if TYPE_CHECKING:
    from renown.gateway import Gateway, Ranked
    from renown.gateway.leaving import Leaving


async def leave_one_out_json(gateway: "Gateway", ranked: "Ranked") -> list[dict[str, Any]]:
    """Each provider that counts, left out."""
    left, names = await _left(gateway, ranked)
    return [_json(gateway, leaving, names) for leaving in left]


async def print_leave_one_out(gateway: "Gateway", ranked: "Ranked") -> None:
    """One row a provider, and below the table the same in sentences."""
    from rich import box
    from rich.table import Table

    left, names = await _left(gateway, ranked)
    table = Table(title="Without one provider", title_justify="left", title_style="bold", box=box.SIMPLE_HEAD)
    table.add_column("Without")
    for column in ("Places changed", "By 3 or more", "Most of all", "Too few left", "Kendall's tau"):
        table.add_column(column, justify="right")
    for leaving in left:
        table.add_row(*map(printable, _cells(gateway, leaving, names)))
    console().print(table)
    for leaving in left:
        say(_statement(gateway, leaving, names))


async def _left(gateway: "Gateway", ranked: "Ranked") -> "tuple[list[Leaving], dict[str, str]]":
    from renown.gateway.leaving import leave_each_out

    left = leave_each_out(ranked)
    movers = {moved.voice for leaving in left if (moved := leaving.farthest)}
    records = await gateway.records(movers, ranked.standings.as_of)
    return left, {key: name_of(record) or record.accounts[0].handle for key, record in records.items()}


def _cells(gateway: "Gateway", leaving: "Leaving", names: dict[str, str]) -> Sequence[str]:
    run, moved = leaving.compared, leaving.farthest
    return (
        gateway.registry.provider(leaving.provider).declaration.name,
        f"{run.moved} of {run.in_both}",
        str(run.moved_far),
        f"{names[moved.voice]} {moved.before} to {moved.after}" if moved else "nobody",
        str(len(leaving.fallen)),
        "" if run.tau is None else f"{run.tau:.2f}",
    )


def _statement(gateway: "Gateway", leaving: "Leaving", names: dict[str, str]) -> str:
    name = gateway.registry.provider(leaving.provider).declaration.name
    return leaving.statement(name, names[leaving.farthest.voice] if leaving.farthest else "")


def _json(gateway: "Gateway", leaving: "Leaving", names: dict[str, str]) -> dict[str, Any]:
    run, moved = leaving.compared, leaving.farthest
    return {
        "provider": leaving.provider,
        "moved": run.moved,
        "movedFar": run.moved_far,
        "mostMoved": moved and {"voice": moved.voice, "before": moved.before, "after": moved.after},
        "fallenCount": len(leaving.fallen),
        "fallen": list(leaving.fallen),
        "kendallTau": None if run.tau is None else round(run.tau, 6),
        "statement": _statement(gateway, leaving, names),
    }
