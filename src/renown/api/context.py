"""What every resolver of one request shares."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import strawberry
from strawberry.dataloader import DataLoader

from renown.gateway import Gateway, Tally, VoiceRecord


@dataclass
class Context:
    """The gateway, one deadline and one tally for the request, and records of voices loaded in batches.

    `paths` asks for `extensions.provenance`: every response path with the id of its claim.
    """

    gateway: Gateway
    paths: bool = False
    tally: Tally = field(default_factory=Tally)
    deadline: float = 0.0
    records: DataLoader[str, VoiceRecord] = field(init=False)

    def __post_init__(self) -> None:
        self.deadline = self.gateway.deadline()
        self.records = DataLoader(self._load)

    async def _load(self, voices: Sequence[str]) -> list[VoiceRecord]:
        found = await self.gateway.records(set(voices))
        return [found[voice] for voice in voices]


Info: TypeAlias = strawberry.Info[Context, None]
