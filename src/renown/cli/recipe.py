"""`renown recipe`: recipes by their names, what one does otherwise than another, and whom that would move."""

from typing import TYPE_CHECKING, Annotated

import typer

from renown.cli.asked import RecipeParts, forked, moment_of, recipe_asked
from renown.cli.claims_json import print_json
from renown.cli.filter_options import ListOption
from renown.cli.help_texts import group_of_verbs
from renown.cli.opening import run, settings_with
from renown.cli.option_groups import spread
from renown.cli.options import (
    AsOfOption,
    DatabaseOption,
    Format,
    RecipeOption,
)
from renown.cli.recipe_json import differences_json, dry_run_json, recipe_json
from renown.cli.recipe_table import print_differences, print_dry_run, print_history, print_names
from renown.cli.terminal import note, say
from renown.errors import BadRequest

if TYPE_CHECKING:
    from renown.gateway import Filter, Gateway, Standings

app = group_of_verbs("Keep recipes under names, compare them, and see whom another one would move.")

_One = Annotated[str, typer.Argument(metavar="A", help="A recipe: its name, its hash, or `default`.")]
_Other = Annotated[str, typer.Argument(metavar="B", help="The other recipe.")]
_NewName = Annotated[str, typer.Argument(metavar="NAME", help="The name; it is kept as a slug.")]
_NoteOption = Annotated[str, typer.Option("--note", help="Why there is such a recipe.")]
_ReplaceOption = Annotated[
    bool, typer.Option("--replace", help="Let a taken name stand for this recipe from now on. Its history is kept.")
]
_OutputOption = Annotated[Format, typer.Option("--format", help="A table to read, or JSON.")]
_PhraseOption = Annotated[str | None, typer.Option("--of", metavar="PHRASE", help="A phrase, in the place of a list.")]


@app.command("list", epilog="Example: renown recipe list")
def list_(output: _OutputOption = Format.TABLE, database: DatabaseOption = None) -> None:
    """List the names, what each stands for now, and what it was forked from."""
    _refuse_csv(output)

    async def answer(gateway: "Gateway") -> None:
        named = await gateway.recipe_names.all()
        if output is Format.JSON:
            print_json([recipe_json(each.recipe, each.entry) for each in named])
        else:
            print_names(named)

    run(settings_with(database), answer)


@app.command(epilog="Example: renown recipe show default")
def show(one: _One, output: _OutputOption = Format.TABLE, database: DatabaseOption = None) -> None:
    """Say in two sentences what a recipe does, and show its canonical JSON and all that its name ever stood for."""
    from renown.gateway.recipe_names import DEFAULT_NAME, is_hash

    _refuse_csv(output)

    async def answer(gateway: "Gateway") -> None:
        recipe = await gateway.recipe_names.find(one)
        is_name = not is_hash(one.strip()) and one.strip().casefold() != DEFAULT_NAME
        history = await gateway.recipe_names.history(one) if is_name else []
        if output is Format.JSON:
            past = [recipe_json(each.recipe, each.entry) for each in history]
            print_json(recipe_json(recipe, history[-1].entry if history else None) | {"history": past})
            return
        say(f"Recipe {recipe.hash}", style="bold")
        say(recipe.explanation)
        say(recipe.canonical_text)
        print_history(history)

    run(settings_with(database), answer)


@app.command(epilog="Example: renown recipe save klout-first --weights klout=2,kred=1")
@spread
def save(
    name: _NewName,
    *,
    named: RecipeOption = None,
    parts: RecipeParts,
    why: _NoteOption = "",
    replace: _ReplaceOption = False,
    database: DatabaseOption = None,
) -> None:
    """Keep a recipe under a name."""
    chosen = recipe_asked(named, parts)

    async def answer(gateway: "Gateway") -> None:
        recipe = await chosen.of(gateway)
        saved = await gateway.recipe_names.save(name, recipe, note=why, replace=replace)
        _tell(saved.entry.name, recipe.hash, recipe.explanation)

    run(settings_with(database), answer)


@app.command(epilog="Example: renown recipe fork klout-first klout-and-peerindex --weights klout=2,peerindex=1")
@spread
def fork(
    one: _One,
    name: _NewName,
    *,
    parts: RecipeParts,
    why: _NoteOption = "",
    replace: _ReplaceOption = False,
    database: DatabaseOption = None,
) -> None:
    """Keep a recipe with changes under another name. What is not changed is as in A."""

    async def answer(gateway: "Gateway") -> None:
        base = await gateway.recipe_names.find(one)
        recipe = forked(base, parts)
        saved = await gateway.recipe_names.save(name, recipe, note=why, forked_from=base, replace=replace)
        _tell(saved.entry.name, recipe.hash, recipe.explanation)

    run(settings_with(database), answer)


@app.command(epilog="Example: renown recipe diff default klout-first")
def diff(one: _One, other: _Other, output: _OutputOption = Format.TABLE, database: DatabaseOption = None) -> None:
    """Say choice by choice in what B differs from A."""
    from renown.scoring.recipe_diff import differences

    _refuse_csv(output)

    async def answer(gateway: "Gateway") -> None:
        before, after = await gateway.recipe_names.find(one), await gateway.recipe_names.find(other)
        found = differences(before, after)
        if output is Format.JSON:
            print_json(differences_json(before, after, found))
        else:
            print_differences((one, before), (other, after), found)

    run(settings_with(database), answer)


@app.command("dry-run", epilog="Example: renown recipe dry-run default klout-first --list tyres")
def dry_run(
    one: _One,
    other: _Other,
    on_list: ListOption = None,
    phrase: _PhraseOption = None,
    as_of: AsOfOption = None,
    output: _OutputOption = Format.TABLE,
    database: DatabaseOption = None,
) -> None:
    """Say whom ranking by B in the place of A would move. Without a list or a phrase, of everybody who is known."""
    from renown.gateway.dry_run import dry_run as run_both

    _refuse_csv(output)
    moment = moment_of(as_of)
    if on_list is not None and phrase is not None:
        raise BadRequest("Both a phrase and a list are given.", "Give one of them.", code="AMBIGUOUS_QUESTION")

    async def answer(gateway: "Gateway") -> None:
        before, after = await gateway.recipe_names.find(one), await gateway.recipe_names.find(other)
        standings = await gateway.snapshots.current(moment)
        ran = await run_both(gateway, before, after, _filter(standings, on_list, phrase), standings)
        records = await gateway.records([move.voice for move in ran.most_moved], moment)
        if output is Format.JSON:
            print_json(dry_run_json(ran, records))
        else:
            print_dry_run(ran, records, one, other)

    run(settings_with(database), answer)


def _filter(standings: "Standings", on_list: str | None, phrase: str | None) -> "Filter":
    from renown.gateway import Filter, read_question

    return Filter(list=on_list) if phrase is None else read_question(phrase, standings).filter


def _tell(name: str, hash_: str, explanation: str) -> None:
    note(f"{name} is recipe {hash_[:16]}.")
    say(explanation)


def _refuse_csv(output: Format) -> None:
    if output is Format.CSV:
        raise BadRequest("This is not written as CSV.", "Use --format table or json.")
