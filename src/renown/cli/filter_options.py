"""The options that say which voices a ranking looks at, and the filter they ask for."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from renown.claims import VoiceKind
from renown.cli.asked import choice
from renown.errors import BadRequest

if TYPE_CHECKING:
    from renown.gateway import Filter

ListOption = Annotated[str | None, typer.Option("--list", help="Only voices on this list, for example tyres.")]
TopicOption = Annotated[
    list[str] | None, typer.Option("--topic", help="Only voices known to speak on it; repeatable, any of them.")
]
CountryOption = Annotated[
    str | None, typer.Option("--country", help="Only voices of this country (ISO code, for example GB).")
]
KindOption = Annotated[
    list[str] | None,
    typer.Option("--kind", help="Only person, organisation, publication, ...; repeatable, any of them."),
]
ProviderOption = Annotated[
    list[str] | None, typer.Option("--provider", help="Only voices this provider scores; repeatable, all of them.")
]
MinimumScoreOption = Annotated[
    float | None, typer.Option("--minimum-score", help="Only voices with a composite of at least this.")
]
PlaceOption = Annotated[str | None, typer.Option("--place", help="Only voices whose claimed region or city says this.")]
TextOption = Annotated[
    str | None, typer.Option("--text", help="Only voices whose name, handle or description says this.")
]


def filter_of(
    *,
    on_list: str | None,
    topics: Sequence[str] | None,
    country: str | None,
    kinds: Sequence[str] | None,
    providers: Sequence[str] | None,
    minimum_score: float | None,
    place: str | None,
    text: str | None,
) -> "Filter | None":
    """The filter these options ask for, None where none is given.

    Raises:
        BadRequest, UnknownName: one of them cannot be read.
    """
    from renown.gateway import Filter

    if minimum_score is not None and not math.isfinite(minimum_score):
        raise BadRequest(f"{minimum_score} is no score.", "Give a number, for example --minimum-score 40.")
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
