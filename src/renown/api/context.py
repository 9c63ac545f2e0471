"""What every resolver of one request shares."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

import strawberry
from strawberry.dataloader import DataLoader
from strawberry.types.nodes import SelectedField

from renown.claims import Claim
from renown.gateway import Gateway, Tally, VoiceRecord
from renown.gateway.walking import find_claims

if TYPE_CHECKING:
    from renown.api.providers import Provider


@dataclass
class Context:
    """The gateway, when the request began and until when it waits (monotonic), its tally; voices, claims and
    names of recipes in batches; the providers it has shown, by slug.
    """

    gateway: Gateway
    tally: Tally = field(default_factory=Tally)
    providers: "dict[str, Provider]" = field(default_factory=dict)
    began: datetime = field(init=False)
    deadline: float = field(init=False)

    def __post_init__(self) -> None:
        self.began = self.gateway.now()
        self.deadline = self.gateway.deadline()

    @cached_property
    def records(self) -> DataLoader[str, VoiceRecord]:
        """What is held on voices, by voice key."""
        return DataLoader(self._records)

    @cached_property
    def claims(self) -> DataLoader[str, Claim | None]:
        """Claims by id; None for one that is gone."""
        return DataLoader(self._claims)

    @cached_property
    def recipe_names(self) -> DataLoader[str, str | None]:
        """What recipes are called, by hash."""
        return DataLoader(self._recipe_names)

    def holds_until(self, moment: datetime) -> None:
        """Says that the answer holds no longer than until a moment, even if nothing is written."""
        self.tally.ends(moment.timestamp())

    def holds_only_now(self) -> None:
        """Says that the answer may be another one at any time: it depends on what takes no change number."""
        self.tally.ends(0.0)

    async def _records(self, voices: Sequence[str]) -> list[VoiceRecord]:
        found = await self.gateway.records(set(voices))
        return [found[voice] for voice in voices]

    async def _claims(self, ids: Sequence[str]) -> list[Claim | None]:
        found = await find_claims(self.gateway, ids)
        if None in found:
            self.holds_only_now()  # a recipe it names may come to be known, which takes no change number
        return found

    async def _recipe_names(self, hashes: Sequence[str]) -> list[str | None]:
        names = await self.gateway.recipe_names.names_of(hashes)
        return [names.get(hash_) for hash_ in hashes]


class Info(strawberry.Info[Context, None]):
    """What Strawberry gives a resolver to know of its request. A plan gives something less, with the same words."""

    def is_given(self, argument: str) -> bool:
        """Whether the client gave an argument that is not null."""
        asked = self.selected_fields[0]
        return isinstance(asked, SelectedField) and asked.arguments.get(argument) is not None
