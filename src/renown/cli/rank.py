"""`renown rank`: who leads, by which figures, and how sure that is."""

import shlex
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from renown.cli.asked import choice, moment_of, recipe_of
from renown.cli.opening import run, settings_with
from renown.cli.options import (
    AsOfOption,
    DatabaseOption,
    Format,
    FormatOption,
    MinimumProvidersOption,
    NormaliserOption,
    ReferenceOption,
    WeightOption,
)
from renown.cli.terminal import say
from renown.errors import BadRequest

if TYPE_CHECKING:
    from renown.cli.ranking_lines import Line
    from renown.gateway import Filter, Gateway
    from renown.gateway.asked import RankingPage

EXAMPLES = (
    "renown rank 'top UK automotive voices'",
    "renown rank --list tyres --normaliser minmax --reference within_list",
    "renown rank --topic news --country GB --weight klout=2 --weight peerindex=1 --format json",
)


def rank(
    question: Annotated[
        str | None, typer.Argument(help="A phrase such as 'top UK automotive voices', in the place of a filter.")
    ] = None,
    on_list: Annotated[str | None, typer.Option("--list", help="Only voices on this list, for example tyres.")] = None,
    topics: Annotated[
        list[str] | None, typer.Option("--topic", help="Only voices known to speak on it; repeatable, any of them.")
    ] = None,
    country: Annotated[str | None, typer.Option(help="Only voices of this country (ISO code, for example GB).")] = None,
    kinds: Annotated[
        list[str] | None,
        typer.Option("--kind", help="Only person, organisation, publication, ...; repeatable, any of them."),
    ] = None,
    providers: Annotated[
        list[str] | None, typer.Option("--provider", help="Only voices this provider scores; repeatable, all of them.")
    ] = None,
    minimum_score: Annotated[
        float | None, typer.Option(help="Only voices with a composite of at least this, 0-100.")
    ] = None,
    place: Annotated[str | None, typer.Option(help="Only voices whose claimed region or city says this.")] = None,
    text: Annotated[str | None, typer.Option(help="Only voices whose name, handle or description says this.")] = None,
    normaliser: NormaliserOption = None,
    reference: ReferenceOption = None,
    weights: WeightOption = None,
    minimum_providers: MinimumProvidersOption = None,
    as_of: AsOfOption = None,
    first: Annotated[int | None, typer.Option(help="How many voices to show (default 20).")] = None,
    after: Annotated[str | None, typer.Option(metavar="CURSOR", help="Go on after the end of another page.")] = None,
    output: FormatOption = Format.TABLE,
    database: DatabaseOption = None,
) -> None:
    """Rank voices. Nobody is asked: it reads what is held."""
    from renown.gateway.asked import ask_ranking

    recipe = recipe_of(normaliser, reference, weights, minimum_providers)
    asked = _filter(
        on_list, topics, country, kinds, providers, minimum_score=minimum_score, place=place, text=text
    )
    moment = moment_of(as_of)
    if question is not None and asked is not None:
        raise BadRequest("Both a phrase and filter options are given.", "Give one of them.", code="AMBIGUOUS_QUESTION")

    async def answer(gateway: "Gateway") -> None:
        await _refuse_empty(gateway, database)
        answered = await ask_ranking(gateway, recipe, of=question, asked=asked, as_of=moment, first=first, after=after)
        await show(gateway, answered, output, database)

    run(settings_with(database), answer)


async def show(gateway: "Gateway", answered: "RankingPage", output: Format, database: str | None) -> None:
    """Print a page of a ranking in the format asked for."""
    from renown.cli.claims_json import print_json
    from renown.cli.ranking_csv import print_ranking_csv
    from renown.cli.ranking_json import ranking_json
    from renown.cli.ranking_lines import lines_of
    from renown.cli.ranking_table import print_ranking

    ranked, page = answered.ranked, answered.page
    lines = await lines_of(gateway, ranked, page.start, page.stop)
    cursor = answered.cursor(page.stop - 1) if page.stop < page.total else None
    if output is Format.CSV:
        print_ranking_csv(ranked, lines)
    elif output is Format.JSON:
        of_page = {"understoodAs": answered.understood_as, "hasNextPage": cursor is not None, "endCursor": cursor}
        print_json(of_page | ranking_json(ranked, lines, gateway.now()))
    else:
        print_ranking(gateway, ranked, lines, answered.understood_as)
        _print_notes(gateway, answered, lines, cursor, database)


def walk_hint(handle: str, database: str | None) -> str:
    """The command that walks a voice's values to their sources."""
    command = ["renown", "voice", handle] + ([] if database is None else ["--db", database])
    return f"To walk these values to their sources: {shlex.join(command)}"


def _print_notes(
    gateway: "Gateway", answered: "RankingPage", lines: "Sequence[Line]", cursor: str | None, database: str | None
) -> None:
    from renown.cli.ranking_notes import ranking_notes

    say(f"Read as: {answered.understood_as}")
    for paragraph in ranking_notes(gateway, answered.ranked, lines):
        say(paragraph)
    if cursor is not None:
        say(f"Next page: the same command with --after {cursor}")
    if lines:
        say(walk_hint(lines[0].handle, database))


def _filter(
    on_list: str | None,
    topics: Sequence[str] | None,
    country: str | None,
    kinds: Sequence[str] | None,
    providers: Sequence[str] | None,
    *,
    minimum_score: float | None,
    place: str | None,
    text: str | None,
) -> "Filter | None":
    """The filter that these options ask for, None where none is given."""
    from renown.claims import VoiceKind
    from renown.gateway import Filter

    asked = Filter(
        list=on_list,
        topics=tuple(topics or ()),
        country=country,
        kinds=tuple(choice("kind", kind, VoiceKind) for kind in kinds or ()),
        providers=tuple(provider.lower() for provider in providers or ()),
        minimum_score=minimum_score,
        place=place,
        text=text,
    )
    return None if asked == Filter() else asked


async def _refuse_empty(gateway: "Gateway", database: str | None) -> None:
    standings = await gateway.snapshots.current()
    if standings.voices:
        return
    where = shlex.join(["--db", database or "renown.db"])
    raise BadRequest(
        "Nothing is held in this database yet.",
        f"Import figures with `renown import FILE`, or load the demo's with `renown demo --once {where}`.",
        code="EMPTY_RANKING",
    )
