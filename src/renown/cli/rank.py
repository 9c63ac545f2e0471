"""`renown rank`: who leads, by which figures, and how sure that is."""

import shlex
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from renown.cli.asked import RecipeParts, moment_of, recipe_asked
from renown.cli.filter_options import FilterOptions
from renown.cli.opening import run, settings_with
from renown.cli.option_groups import spread
from renown.cli.options import (
    AsOfOption,
    DatabaseOption,
    Format,
    FormatOption,
    RecipeOption,
)
from renown.cli.ranking_page import print_page, voice_command
from renown.cli.verify import write_lock
from renown.errors import BadRequest

if TYPE_CHECKING:
    from renown.gateway import Gateway

EXAMPLES = (
    "renown rank 'top UK automotive voices'",
    "renown rank --list tyres --normaliser minmax --reference within_list",
    "renown rank --list tyres --leave-one-out --lock tyres.lock.json",
    "renown rank --topic news --country GB --weight klout=2 --weight peerindex=1 --format json",
)


@spread
def rank(
    question: Annotated[
        str | None, typer.Argument(help="A phrase such as 'top UK automotive voices', in the place of a filter.")
    ] = None,
    *,
    filtered: FilterOptions,
    named: RecipeOption = None,
    parts: RecipeParts,
    as_of: AsOfOption = None,
    first: Annotated[int | None, typer.Option("--first", help="How many voices to show (default 20).")] = None,
    after: Annotated[
        str | None, typer.Option("--after", metavar="CURSOR", help="Go on where another page ended.")
    ] = None,
    leave_one_out: Annotated[
        bool, typer.Option("--leave-one-out", help="Also show what each provider's absence would change.")
    ] = False,
    check: Annotated[
        bool,
        typer.Option("--check", help="Also say how far MC4 and Kemeny's order agree, where the list is short enough."),
    ] = False,
    lock_file: Annotated[
        Path | None,
        typer.Option("--lock", metavar="FILE", help="Write the lock file of the whole ranking, for `renown verify`."),
    ] = None,
    output: FormatOption = Format.TABLE,
    database: DatabaseOption = None,
) -> None:
    """Rank voices. No provider is asked: it reads what is held."""
    from renown.gateway.asked import ask_ranking
    from renown.gateway.lock import lock

    for flag, given in (("--leave-one-out", leave_one_out), ("--check", check)):
        if given and output is Format.CSV:
            raise BadRequest(f"CSV has no place for what {flag} shows.", "Use --format table or json.")
    chosen = recipe_asked(named, parts)
    moment = moment_of(as_of)
    asked = filtered.filter()
    if question is not None and asked is not None:
        raise BadRequest("Both a phrase and a filter are given.", "Give one of them.", code="AMBIGUOUS_QUESTION")

    async def answer(gateway: "Gateway") -> None:
        await _refuse_empty(gateway, database)
        recipe = await chosen.of(gateway)
        answered = await ask_ranking(gateway, recipe, of=question, asked=asked, as_of=moment, first=first, after=after)
        walk = partial(voice_command, database=database)
        title = question or "Voices by composite score"
        await print_page(gateway, answered, output, title=title, walk=walk, leave_one_out=leave_one_out, check=check)
        if lock_file is not None:
            made = await lock(gateway, answered.ranked)
            write_lock(lock_file, made.content, made.digest)

    run(settings_with(database), answer)


async def _refuse_empty(gateway: "Gateway", database: str | None) -> None:
    if (await gateway.snapshots.current()).voices:
        return
    raise BadRequest(
        "Nothing is held in this database yet.",
        "Import figures with `renown import FILE`, or load the demo's with "
        f"`renown demo --once --db {shlex.quote(database or 'renown.db')}`.",
        code="EMPTY_RANKING",
    )
