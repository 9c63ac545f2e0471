"""`renown why`: why a voice moved between two dates, cause by cause."""

import csv
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from renown.claims import Absence, Account
from renown.cli.asked import AskedRecipe, RecipeParts, accounts_of, moment_of, recipe_asked
from renown.cli.claims_json import absence_json, print_json
from renown.cli.opening import run, settings_with
from renown.cli.option_groups import spread
from renown.cli.options import (
    DatabaseOption,
    Format,
    FormatOption,
    NetworkOption,
    RecipeOption,
)
from renown.cli.ranking_lines import name_of
from renown.cli.ranking_table import voice_cell
from renown.cli.terminal import console, note, printable, say
from renown.errors import BadRequest

if TYPE_CHECKING:
    from renown.gateway import Gateway, VoiceRecord
    from renown.gateway.moving import Moved

EXAMPLES = (
    "renown why PirelliUK --from 2012-10-01",
    "renown why PirelliUK --from 2012-10-01 --to 2013-05-01 --of 'top UK automotive voices'",
    "renown why PirelliUK --from 2012-10-01 --weight klout=2 --weight peerindex=1 --format json",
)
_HOW = {
    True: "A part is the mean over all orders in which the causes can be told; the parts add up to the whole.",
    False: "In a ranking of this size the causes are told in one order: recipe, method, who came or went, the others, "
    "age, and its own last; the parts add up to the whole.",
}


@spread
def why(
    handle: Annotated[str, typer.Argument(help="Whose: a handle, with or without @.")],
    since: Annotated[str, typer.Option("--from", metavar="DATE", help="From this day or moment (ISO 8601).")],
    until: Annotated[
        str | None, typer.Option("--to", metavar="DATE", help="To this day or moment (ISO 8601). Default: now.")
    ] = None,
    of: Annotated[
        str | None,
        typer.Option("--of", metavar="PHRASE", help="In this ranking: 'top UK automotive voices'. Default: of all."),
    ] = None,
    network: NetworkOption = "twitter",
    *,
    named: RecipeOption = None,
    parts: RecipeParts,
    named_then: Annotated[
        str | None,
        typer.Option(
            "--recipe-then", metavar="NAME|HASH", help="The recipe of the earlier date. Default: the same for both."
        ),
    ] = None,
    output: FormatOption = Format.TABLE,
    database: DatabaseOption = None,
) -> None:
    """Say why a voice moved: by its own scores, the others', who came or went, methods, recipe, age.

    No provider is asked: it reads what is held.
    """
    from renown.gateway import read_question
    from renown.gateway.moving import movement

    recipe = recipe_asked(named, parts)
    (account,), begin, end = accounts_of([handle], network), moment_of(since), moment_of(until)
    if begin is None:
        raise BadRequest("A movement needs a beginning.", "Give --from 2012-10-01.", code="BAD_MOMENT")

    async def answer(gateway: "Gateway") -> None:
        record = await _held(gateway, account)
        found = await movement(
            gateway,
            record,
            begin,
            end,
            recipe=await recipe.of(gateway),
            recipe_then=None if named_then is None else await AskedRecipe(named_then, {}).of(gateway),
            asked=None if of is None else read_question(of, await gateway.snapshots.current(end)).filter,
        )
        _PRINT[output](record, found)

    run(settings_with(database), answer)


async def _held(gateway: "Gateway", account: Account) -> "VoiceRecord":
    """What is held on a voice, nobody being asked."""
    from renown.gateway import Found

    stored = await gateway.store.accounts([account.key])
    records = await gateway.records([stored[0].voice]) if stored else {}
    return Found(account, records.get(stored[0].voice) if stored else None).unwrap()


def _print_table(record: "VoiceRecord", found: "Moved | Absence") -> None:
    from rich import box
    from rich.table import Table

    out = console()
    out.print(voice_cell(name_of(record), record.accounts[0].handle), style="bold")
    if isinstance(found, Absence):
        say(f"No movement: {found.message}")
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in ("Cause", "Places", "Composite", "What happened"):
        table.add_column(column, justify="right" if column in {"Places", "Composite"} else "left", overflow="fold")
    for part, said in zip(found.parts, found.explanations, strict=True):
        cause = part.cause.replace("_", " ").capitalize()
        table.add_row(cause, _signed(part.places, "d"), _signed(part.points, ".6f"), printable(said))
    places, values = found.places, found.values
    table.add_row("All", _signed(places[0] - places[1], "d"), _signed(values[1] - values[0], ".6f"), "", style="bold")
    out.print(table)
    say(found.statement, style="bold")
    say(_HOW[found.every_order])


def _print_json(record: "VoiceRecord", found: "Moved | Absence") -> None:
    """`voice`; then `missing` (an absence), or the keys that GraphQL's `Movement` has, without its entries."""
    if isinstance(found, Absence):
        print_json({"voice": record.key, "missing": absence_json(found)})
        return
    print_json(
        {
            "voice": record.key,
            "snapshotThen": found.then.standings.snapshot,
            "snapshotNow": found.now.standings.snapshot,
            "placeThen": found.places[0],
            "placeNow": found.places[1],
            "valueThen": found.values[0],
            "valueNow": found.values[1],
            "recipeThen": found.then.recipe.hash,
            "recipeNow": found.now.recipe.hash,
            "everyOrder": found.every_order,
            "parts": _parts(found),
            "statement": found.statement,
        }
    )


def _print_csv(record: "VoiceRecord", found: "Moved | Absence") -> None:
    """A row a cause; none where there is no movement, and then the reason stands on stderr."""
    if isinstance(found, Absence):
        note(found.message)
    rows = [] if isinstance(found, Absence) else _parts(found)
    writer = csv.DictWriter(sys.stdout, ["voice", "cause", "places", "points", "explanation"], lineterminator="\n")
    writer.writeheader()
    writer.writerows({"voice": record.key} | row for row in rows)


def _parts(found: "Moved") -> list[dict[str, Any]]:
    return [
        {"cause": part.cause.value, "places": part.places, "points": part.points, "explanation": said}
        for part, said in zip(found.parts, found.explanations, strict=True)
    ]


def _signed(number: float, form: str) -> str:
    """With its sign, and a bare 0, so that what moved stands out."""
    return f"{number:+{form}}" if number else "0"


_PRINT = {Format.TABLE: _print_table, Format.JSON: _print_json, Format.CSV: _print_csv}
