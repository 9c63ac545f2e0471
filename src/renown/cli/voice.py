"""`renown voice`: everything that is held on one voice, each value with its source."""

from typing import TYPE_CHECKING, Annotated

import typer

from renown.cli.asked import RecipeParts, accounts_of, recipe_asked
from renown.cli.claims_json import print_json
from renown.cli.opening import run, settings_with
from renown.cli.options import DatabaseOption, Format, FormatOption, NetworkOption, RecipeOption
from renown.cli.voice_csv import print_sheet_csv
from renown.cli.voice_json import sheet_json
from renown.cli.voice_record import sheet_of
from renown.cli.voice_table import print_sheet

if TYPE_CHECKING:
    from renown.gateway import Gateway

EXAMPLES = ("renown voice PirelliUK", "renown voice @PirelliUK --db demo.db --format json")


def voice(
    handle: Annotated[str, typer.Argument(help="Whose: a handle, with or without @.")],
    network: NetworkOption = "twitter",
    named: RecipeOption = None,
    output: FormatOption = Format.TABLE,
    database: DatabaseOption = None,
) -> None:
    """Show all that is held on one voice, after asking the live providers for whatever is not fresh."""
    (account,), chosen = accounts_of([handle], network), recipe_asked(named, RecipeParts())

    async def answer(gateway: "Gateway") -> None:
        recipe = await chosen.of(gateway)
        sheet, now = await sheet_of(gateway, await gateway.voice(account), recipe), gateway.now()
        if output is Format.JSON:
            print_json(sheet_json(sheet, now))
        elif output is Format.CSV:
            print_sheet_csv(sheet, now)
        else:
            print_sheet(sheet, now)

    run(settings_with(database), answer)
