"""`renown provider report`: how far providers' scores can be relied upon."""

from typing import TYPE_CHECKING, Annotated

import typer

from renown.cli.asked import moment_of
from renown.cli.claims_json import print_json
from renown.cli.opening import run, settings_with
from renown.cli.options import AsOfOption, DatabaseOption, Format
from renown.cli.report_table import print_report_card, report_card_json
from renown.errors import BadRequest

if TYPE_CHECKING:
    from renown.gateway import Gateway


def report(
    slug: Annotated[str | None, typer.Argument(help="A provider; every one that gives a score where left out.")] = None,
    as_of: AsOfOption = None,
    output: Annotated[Format, typer.Option("--format", help="A table to read, or JSON.")] = Format.TABLE,
    database: DatabaseOption = None,
) -> None:
    """Grade providers by coverage, freshness, agreement, herding, jumps and monotonicity, over the voices held."""
    if output is Format.CSV:
        raise BadRequest("A report card is not written as CSV.", "Use --format table or json.")
    moment = moment_of(as_of)

    async def answer(gateway: "Gateway") -> None:
        scored = [provider.declaration.slug for provider in gateway.registry.scored]
        cards = [
            (await gateway.report_cards.of(each, moment), gateway.registry.provider(each).declaration.name)
            for each in ([slug.lower()] if slug else scored)
        ]
        given = [(card, name) for card, name in cards if card is not None]
        if not given:
            raise BadRequest(f"{cards[0][1]} gives facts, not a score.", f"Name one of {', '.join(scored)}.")
        if output is Format.JSON:
            print_json([report_card_json(card) for card, _ in given])
        else:
            for card, name in given:
                print_report_card(card, name)

    run(settings_with(database), answer)
