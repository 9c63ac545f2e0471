"""One voice as tables to read: what is said of it, by whom, when, and what is missing."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from renown.claims import Absence, AbsenceReason, Claim
from renown.cli import wording
from renown.cli.ranking_lines import name_of
from renown.cli.ranking_table import voice_cell
from renown.cli.terminal import console, printable, say
from renown.cli.voice_graph import graph_claims, print_graph
from renown.cli.voice_record import VoiceSheet

if TYPE_CHECKING:
    from rich.table import Table

    from renown.gateway import Blended


_WIDEST_FIELD = 30


def print_sheet(sheet: VoiceSheet, now: datetime) -> None:
    """Profile, scores, composite, what is missing and why, and the source of each numbered value."""
    out, account = console(), sheet.record.accounts[0]
    out.print(voice_cell(name_of(sheet.record), account.handle), style="bold")
    say("Accounts: " + ", ".join(each.url for each in sheet.record.accounts))
    claims = [*sheet.profile, *_scores(sheet)]
    if sheet.profile:
        out.print(_claims("Profile", sheet.profile, 1, now))
    out.print(_claims("Scores, each as its provider said it", _scores(sheet), len(sheet.profile) + 1, now))
    if sheet.vouches:
        on_each = ", ".join(f"{topic} {number:,}" for topic, number in sheet.vouchers().items())
        say(f"Vouched for, by topic: {printable(on_each)} (counted only by a recipe that names vouches)")
    print_graph(sheet, len(claims) + 1)
    if isinstance(sheet.composite, Absence):
        say(f"Composite: none. {sheet.composite.message}")
    else:
        _print_composite(sheet, sheet.composite)
    _print_missing(sheet)
    _print_sources([*claims, *graph_claims(sheet)])


def _scores(sheet: VoiceSheet) -> list[Claim]:
    return [
        claim
        for part in sheet.providers
        for claim in ([part.score] if isinstance(part.score, Claim) else []) + list(part.components)
    ]


def _claims(title: str, claims: Sequence[Claim], first: int, now: datetime) -> "Table":
    table = _table(title, "Source", "Field", "Value", "Observed", "Life", "How")
    table.columns[1].min_width = min(_WIDEST_FIELD, max((len(claim.field) for claim in claims), default=0))
    for number, claim in enumerate(claims, first):
        p = claim.provenance
        table.add_row(
            f"[{number}]",
            claim.field,
            printable(wording.number(claim.value)),
            wording.moment(p.observed_at),
            p.freshness_at(now).lower(),
            f"{p.kind.lower()} {printable(p.adapter)}",
        )
    return table


def _print_sources(claims: Sequence[Claim]) -> None:
    console().print("Sources", style="bold")
    for number, claim in enumerate(claims, 1):
        p = claim.provenance
        digest = f", digest {p.digest[:12]}" if p.digest else ""
        made_of = f", made of claims {', '.join(p.inputs)}" if p.inputs else ""
        say(f"[{number}] {p.source} (claim {claim.id}{digest}{made_of})")


def _print_composite(sheet: VoiceSheet, blended: "Blended") -> None:
    recipe, out = blended.ranked.recipe, console()
    table = _table(
        f"Composite {blended.value:.2f}, coverage {blended.coverage:.0%}",
        *("Provider", "Own value", "On the common scale", "Weight", "Points"),
    )
    names = {part.provider: part.name for part in sheet.providers}
    for part in blended.contributions:
        table.add_row(
            names[part.provider],
            wording.score(part.score),
            wording.number(part.normalised.value) if part.normalised else "",
            "" if part.weight is None else f"{part.weight:.1%}",
            f"{part.points:.6f}",
        )
    table.add_row("", "", "", "", f"{blended.value:.6f}", style="bold")
    out.print(table)
    say(f"Recipe {recipe.hash[:16]}: {recipe.explanation}")
    say(f"Claim of the composite: {blended.claim.id}")


def _print_missing(sheet: VoiceSheet) -> None:
    for part in sheet.providers:
        if isinstance(part.score, Absence) and part.score.reason is not AbsenceReason.NOT_APPLICABLE:
            say(f"No score of {part.name} ({wording.score(part.score)}): {part.score.message}")
    if sheet.missing:
        say(f"No source says: {', '.join(sheet.missing)}.")


def _table(title: str, *columns: str) -> "Table":
    from rich import box
    from rich.table import Table

    table = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table
