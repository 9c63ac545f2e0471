"""The options that several verbs share."""

from enum import StrEnum
from typing import Annotated

import typer


class Format(StrEnum):
    """How an answer is written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


FormatOption = Annotated[
    Format, typer.Option("--format", help="A table to read, JSON with every claim and its source, or CSV.")
]
DatabaseOption = Annotated[
    str | None,
    typer.Option(
        "--db",
        metavar="URL|FILE",
        help="The database: a SQLAlchemy URL or the path of a SQLite file. Default: RENOWN_DATABASE_URL, or renown.db.",
    ),
]
NetworkOption = Annotated[str, typer.Option("--network", help="The network the handle is on.")]
HostOption = Annotated[str, typer.Option("--host", help="The address to listen on.")]
PortOption = Annotated[int, typer.Option("--port", min=0, max=65535, help="The port to listen on; 0 takes a free one.")]
AsOfOption = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", help="What was true at this day or moment (ISO 8601). Default: now."),
]
RecipeOption = Annotated[
    str | None,
    typer.Option(
        "--recipe",
        metavar="NAME|HASH",
        help="A recipe by its name or hash, in the place of its parts; `renown recipe list` shows the names.",
    ),
]
NormaliserOption = Annotated[
    str | None,
    typer.Option(
        "--normaliser",
        help="How scores become comparable: LINEAR, PERCENTILE, EQUATED, ZSCORE, MINMAX or RAW.",
    ),
]
ReferenceOption = Annotated[
    str | None,
    typer.Option(
        "--reference",
        help="Whom a score is compared with: FROZEN (the tables of `renown reference`), POPULATION, WITHIN_LIST.",
    ),
]
CombinerOption = Annotated[
    str | None,
    typer.Option("--combiner", help="How they become one: MEAN, GEOMETRIC, MEDIAN, BORDA, RRF or CONSENSUS."),
]
WeightingOption = Annotated[
    str | None, typer.Option("--weighting", help="How much say each has: EQUAL, RELIABILITY, or CUSTOM with --weight.")
]
HalfLifeOption = Annotated[
    float | None,
    typer.Option("--half-life", metavar="DAYS", help="So many days of age halve a score's weight. Default: never."),
]
WeightOption = Annotated[
    list[str] | None,
    typer.Option(
        "--weight",
        "--weights",
        metavar="PROVIDER=WEIGHT",
        help="A provider's weight; repeatable, or several with commas. Who is not named has no say.",
    ),
]
MinimumProvidersOption = Annotated[
    int | None,
    typer.Option("--minimum-providers", help="How many providers must have a score of a voice (default 2)."),
]
