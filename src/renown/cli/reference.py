"""`renown reference`: the frozen tables that scores are compared with, so that nobody's arrival moves another."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from renown.cli.claims_json import print_json
from renown.cli.help_texts import group_of_verbs
from renown.cli.import_files import csv_bytes
from renown.cli.opening import run, settings_with
from renown.cli.options import AsOfOption, DatabaseOption, Format
from renown.cli.progress import progress
from renown.cli.terminal import console, note, printable, say
from renown.errors import BadRequest, UnknownName

if TYPE_CHECKING:
    from renown.gateway import Gateway
    from renown.scoring import FrozenReference
    from renown.store import StoredReference

app = group_of_verbs(
    "Build and look at the frozen reference: what scores are compared with, and how far each is believed."
)

_OutputOption = Annotated[Format, typer.Option("--format", help="A table to read, or JSON.")]
_DryOption = Annotated[bool, typer.Option("--dry-run", help="Only show what would be built.")]
_PublishedOption = Annotated[
    Path | None,
    typer.Option(
        "--published",
        metavar="FILE",
        help="CSV of published distribution figures (provider, since, score, percentile, source), for scales on which "
        "too few people are held.",
    ),
]
_VersionArgument = Annotated[
    str | None, typer.Argument(metavar="VERSION", help="Its first digits. Default: the one in force.")
]


@app.command(epilog="Example: renown reference build --dry-run")
def build(
    dry_run: _DryOption = False,
    as_of: AsOfOption = None,
    published: _PublishedOption = None,
    output: _OutputOption = Format.TABLE,
    database: DatabaseOption = None,
) -> None:
    """Build a reference from the scores that are held, and put it in force: rankings compare with it from then on."""
    from renown.cli.asked import moment_of
    from renown.gateway.distributions import read_distributions
    from renown.gateway.referencing import build_reference, put_in_force

    _refuse_csv(output)
    moment = moment_of(as_of)

    async def answer(gateway: "Gateway") -> None:
        knots = () if published is None else read_distributions(csv_bytes(published), published.name, gateway.registry)
        with progress("Fitting", total=100) as advance:
            shown = 0

            def on_round(done: int, of: int) -> None:
                nonlocal shown
                advance(100 * done // of - shown)
                shown = 100 * done // of

            reference = await build_reference(gateway, as_of=moment, published=knots, on_round=on_round)
        change = None if dry_run else await put_in_force(gateway, reference)
        _show(reference, output)
        note("Nothing was put in force." if change is None else f"In force from change {change} on.")

    run(settings_with(database), answer)


@app.command("list", epilog="Example: renown reference list")
def list_(output: _OutputOption = Format.TABLE, database: DatabaseOption = None) -> None:
    """List the references there ever were, the one in force first."""
    _refuse_csv(output)

    async def answer(gateway: "Gateway") -> None:
        from rich.table import Table

        stored = await gateway.store.references()
        if output is Format.JSON:
            print_json([{"version": each.version, "inForceFrom": each.built_at.isoformat()} for each in stored])
            return
        table = Table("version", "in force from", box=None)
        for each in stored:
            table.add_row(each.version[:16], f"{each.built_at:%Y-%m-%d %H:%M}")
        console().print(table if stored else "None yet: `renown reference build` makes one.")

    run(settings_with(database), answer)


@app.command(epilog="Example: renown reference show")
def show(
    version: _VersionArgument = None, output: _OutputOption = Format.TABLE, database: DatabaseOption = None
) -> None:
    """Show a reference: each scale's table, how it was equated, and how reliable each provider was found."""
    from renown.scoring import FrozenReference

    _refuse_csv(output)

    async def answer(gateway: "Gateway") -> None:
        stored = _chosen(await gateway.store.references(), version)
        _show(FrozenReference.from_canonical(stored.canonical), output)

    run(settings_with(database), answer)


def _chosen(stored: "list[StoredReference]", version: str | None) -> "StoredReference":
    found = [each for each in stored if version is None or each.version.startswith(version.lower())]
    if not found:
        raise UnknownName(
            "reference",
            version or "in force",
            [each.version[:16] for each in stored],
            "`renown reference build` makes one.",
        )
    return found[0]


def _show(reference: "FrozenReference", output: Format) -> None:
    from rich.table import Table

    if output is Format.JSON:
        print_json({"version": reference.version, **reference.canonical})
        return
    say(
        f"Reference {reference.version[:16]} of {reference.voices:,} voices, built at {reference.built_at}",
        style="bold",
    )
    table = Table("provider", "since", "voices", "anchors", "error", "mean", "reliability", box=None)
    consensus = reference.consensus
    for each in reference.tables:
        loading = consensus.loading(each.provider) if consensus else None
        table.add_row(
            each.provider,
            each.since or "",
            f"{each.voices:,}",
            f"{each.anchors:,}",
            "" if each.error is None else f"{each.error:.2f}",
            f"{each.mean:.1f}",
            "" if loading is None else f"{loading:.2f}",
        )
    console().print(table)
    say(printable(reference.statement))
    say("Error is the standard error of the equating, in points of percentile.")


def _refuse_csv(output: Format) -> None:
    if output is Format.CSV:
        raise BadRequest("A reference is not written as CSV.", "Use --format table or json.")
