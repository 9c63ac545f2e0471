"""Report cards of providers: as tables to read, and as JSON with the keys of the GraphQL schema."""

from typing import TYPE_CHECKING, Any

from renown.cli import wording
from renown.cli.terminal import console, printable, say

if TYPE_CHECKING:
    from renown.gateway.report_cards import ReportCard
    from renown.scoring.report_card import Measure


def print_report_card(card: "ReportCard", name: str) -> None:
    """Every measure with its figure and grade, or why it has none; then what each means."""
    from rich import box
    from rich.table import Table

    grade = f"grade {card.grade}" if card.grade else f"no grade. {card.reason}"
    table = Table(title=printable(f"{name}: {grade}"), title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for column in ("Measure", "Grade", "Figure", "Voices", "Remark"):
        table.add_column(column, overflow="fold", justify="right" if column in {"Figure", "Voices"} else "left")
    for each in card.measures:
        table.add_row(
            each.definition.name,
            each.grade or "",
            "" if each.figure is None else f"{each.figure:,.3g}",
            f"{each.n:,}",
            printable(each.reason or each.remark or ""),
        )
    console().print(table)
    say(f"As of {wording.moment(card.as_of)}, snapshot {card.snapshot}. Limits: docs/report-card.md.")
    for each in card.measures:
        say(f"{each.definition.name}: {each.definition.text}")


def report_card_json(card: "ReportCard") -> dict[str, Any]:
    """A card: `provider`, `grade`, `reason`, `asOf`, `snapshot`, `measures`."""
    return {
        "provider": card.provider,
        "grade": card.grade,
        "reason": card.reason,
        "asOf": card.as_of.isoformat(),
        "snapshot": card.snapshot,
        "measures": [_measure_json(each) for each in card.measures],
    }


def _measure_json(measure: "Measure") -> dict[str, Any]:
    return {
        "name": measure.definition.name,
        "figure": measure.figure,
        "grade": measure.grade,
        "n": measure.n,
        "definition": measure.definition.text,
        "reason": measure.reason,
        "remark": measure.remark,
    }
