"""What a described provider declares, and what trying it brought, as tables to read."""

from datetime import timedelta
from typing import TYPE_CHECKING

from renown.claims.fields import PROFILE_COUNTS
from renown.cli import wording
from renown.cli.terminal import console, printable, say

if TYPE_CHECKING:
    from renown.claims import Metric
    from renown.providers import Answer, Declaration
    from renown.providers.described import Described


def print_declaration(described: "Described") -> None:
    """Everything a description declares, and the settings that are still to be given."""
    from rich.table import Table

    declaration = described.declaration
    table = Table(title=f"{declaration.name} is described", title_justify="left", box=None, show_header=False)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for what, value in _rows(described, declaration):
        table.add_row(what, printable(value))
    console().print(table)
    prefix = f"RENOWN_PROVIDERS__{declaration.slug.upper()}__"
    needed = [f"{prefix}{secret.upper()}" for secret in declaration.secrets]
    say(f"Settings it needs: {', '.join(needed) or 'none'}. {prefix}BASE_URL would ask it elsewhere.")


def _rows(described: "Described", declaration: "Declaration") -> list[tuple[str, str]]:
    request = described.description.request
    quota = "not limited" if declaration.quota is None else f"{declaration.quota} calls a day"
    return [
        ("slug", declaration.slug),
        ("adapter", described.adapter),
        ("asked at", f"{request.base_url.rstrip('/')}/{request.path.text.lstrip('/')}"),
        ("networks", f"{', '.join(declaration.networks)} (reads {', '.join(declaration.reads)})"),
        *(("metric", _metric(metric)) for metric in declaration.metrics),
        ("score", declaration.primary or "none: facts only, not part of a composite"),
        ("pace", f"{declaration.pace:g} calls a second, {declaration.batch} accounts a call, {quota}"),
        ("life", f"fresh for {_long(declaration.fresh_for)}, {_kept(declaration.keep_for)}"),
        ("licence", declaration.licence or "none given"),
        ("attribution", declaration.attribution or "none given"),
        *((("closed", declaration.closed.isoformat()),) if declaration.closed else ()),
    ]


def _metric(metric: "Metric") -> str:
    scale = metric.scale
    top = "no top" if scale.maximum is None else f"{scale.maximum:g}"
    direction = "" if scale.higher_is_more else ", high is bad"
    field = metric.slug if metric.slug in PROFILE_COUNTS else metric.field
    return f"{field}: {metric.name}, {scale.minimum:g} to {top}{direction}. {metric.meaning}"


def _kept(keep_for: timedelta | None) -> str:
    return "kept for good" if keep_for is None else f"deleted after {_long(keep_for)}"


def _long(span: timedelta) -> str:
    return f"{span / timedelta(days=1):g} days" if span >= timedelta(days=2) else f"{span / timedelta(hours=1):g} hours"


def print_answer(answer: "Answer") -> None:
    """Each claim with its source and digest, and why there is no score where there is none."""
    from rich import box
    from rich.table import Table

    if answer.claims:
        table = Table(title="Claims it would make", title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
        for column in ("Field", "Value", "Fresh until", "Source", "Digest"):
            table.add_column(column, overflow="fold")
        for claim in answer.claims:
            p = claim.provenance
            value, fresh = printable(wording.number(claim.value)), p.fresh_until
            moment = wording.moment(fresh) if fresh else ""
            table.add_row(claim.field, value, moment, printable(p.source), (p.digest or "")[:12])
        console().print(table)
    for absence in answer.absences:
        say(f"{absence.reason.value}: {absence.message}")
