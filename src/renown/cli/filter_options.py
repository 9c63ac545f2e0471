"""The options that say which voices a ranking looks at, and the filter they ask for."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from renown.claims import VoiceKind
from renown.cli.asked import choice
from renown.errors import BadRequest

if TYPE_CHECKING:
    from renown.gateway import Filter

ListOption = Annotated[str | None, typer.Option("--list", help="Only voices on this list, for example tyres.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterOptions:
    """Which voices are asked for, as it is typed; None for what is left open."""

    on_list: ListOption = None
    topics: Annotated[
        list[str] | None,
        typer.Option("--topic", help="Only voices known to speak on it; repeatable, any of them."),
    ] = None
    country: Annotated[str | None, typer.Option(help="Only voices of this country (ISO code, for example GB).")] = None
    kinds: Annotated[
        list[str] | None,
        typer.Option("--kind", help="Only person, organisation, publication, ...; repeatable, any of them."),
    ] = None
    providers: Annotated[
        list[str] | None,
        typer.Option("--provider", help="Only voices this provider scores; repeatable, all of them."),
    ] = None
    minimum_score: Annotated[float | None, typer.Option(help="Only voices with a composite of at least this.")] = None
    place: Annotated[str | None, typer.Option(help="Only voices whose claimed region or city says this.")] = None
    text: Annotated[str | None, typer.Option(help="Only voices whose name, handle or description says this.")] = None

    def filter(self) -> "Filter | None":
        """The filter these options ask for, None where none is given.

        Raises:
            BadRequest, UnknownName: one of them cannot be read.
        """
        from renown.gateway import Filter

        if self.minimum_score is not None and not math.isfinite(self.minimum_score):
            raise BadRequest(f"{self.minimum_score} is no score.", "Give a number, for example --minimum-score 40.")
        asked = Filter(
            list=self.on_list,
            topics=tuple(self.topics or ()),
            country=self.country,
            kinds=tuple(choice("kind", kind, VoiceKind) for kind in self.kinds or ()),
            providers=tuple(provider.lower() for provider in self.providers or ()),
            minimum_score=self.minimum_score,
            place=self.place,
            text=self.text,
        )
        return None if asked == Filter() else asked
