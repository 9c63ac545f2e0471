"""`renown compare`: who of two to five is above whom, and which of them are too close to call."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from renown.cli.asked import RecipeParts, accounts_of, moment_of, recipe_asked
from renown.cli.claims_json import absence_json, print_json
from renown.cli.opening import run, settings_with
from renown.cli.option_groups import spread
from renown.cli.options import (
    AsOfOption,
    DatabaseOption,
    Format,
    FormatOption,
    NetworkOption,
    RecipeOption,
)
from renown.cli.ranking_csv import print_ranking_csv
from renown.cli.ranking_json import ranking_json
from renown.cli.ranking_lines import lines_of, name_of
from renown.cli.ranking_notes import ranking_notes
from renown.cli.ranking_table import print_ranking, voice_cell
from renown.cli.terminal import say

if TYPE_CHECKING:
    from renown.gateway import Gateway
    from renown.gateway.comparing import Compared

EXAMPLES = (
    "renown compare PirelliUK ContiUK",
    "renown compare Goodyear_UK PirelliUK ContiUK --normaliser zscore --reference population",
)


@spread
def compare(
    handles: Annotated[list[str], typer.Argument(metavar="A B [C D E]", help="Two to five handles.")],
    network: NetworkOption = "twitter",
    *,
    named: RecipeOption = None,
    parts: RecipeParts,
    as_of: AsOfOption = None,
    output: FormatOption = Format.TABLE,
    database: DatabaseOption = None,
) -> None:
    """Compare two to five voices. Live providers are asked for whatever is not fresh."""
    from renown.gateway.comparing import compare as compare_voices

    chosen = recipe_asked(named, parts)
    accounts, moment = accounts_of(handles, network), moment_of(as_of)

    async def answer(gateway: "Gateway") -> None:
        recipe = await chosen.of(gateway)
        await _print(gateway, await compare_voices(gateway, accounts, recipe, as_of=moment), output)

    run(settings_with(database), answer)


async def _print(gateway: "Gateway", compared: "Compared", output: Format) -> None:
    ranked = compared.ranked
    lines = await lines_of(gateway, ranked, 0, len(ranked))
    if output is Format.CSV:
        print_ranking_csv(ranked, lines)
    elif output is Format.JSON:
        print_json(_comparison_json(compared) | ranking_json(ranked, lines, gateway.now()))
    else:
        if lines:
            print_ranking(gateway, ranked, lines, "Compared")
        say(compared.verdict, style="bold")
        _print_odds(compared, {line.record.key: voice_cell(line.name, line.handle) for line in lines})
        for paragraph in ranking_notes(gateway, ranked, lines):
            say(paragraph)


def _print_odds(compared: "Compared", names: dict[str, str]) -> None:
    for pair in compared.pairs:
        said = "too close to call" if pair.too_close else "clear"
        say(f"{names[pair.first]} is above {names[pair.second]} in {pair.odds:.0%} of the draws: {said}.")
    for record, absence in compared.unranked:
        say(f"{voice_cell(name_of(record), record.accounts[0].handle)} is not ranked: {absence.message}")


def _comparison_json(compared: "Compared") -> dict[str, Any]:
    """Beside the keys of a ranking: `verdict`, `pairs` (`odds` of the first being above), `unranked`."""
    return {
        "verdict": compared.verdict,
        "pairs": [
            {"first": pair.first, "second": pair.second, "odds": pair.odds, "tooCloseToCall": pair.too_close}
            for pair in compared.pairs
        ],
        "unranked": [{"voice": record.key} | absence_json(absence) for record, absence in compared.unranked],
    }
