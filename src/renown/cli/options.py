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
