"""What every resolver of one request shares."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

import strawberry
from strawberry.dataloader import DataLoader

from renown.gateway import Gateway, Tally, VoiceRecord


@dataclass
class Context:
    """The gateway, when the request began and until when it waits (monotonic), its tally, and voices in batches."""

    gateway: Gateway
    tally: Tally = field(default_factory=Tally)
    began: datetime = field(init=False)
    deadline: float = field(init=False)
    records: DataLoader[str, VoiceRecord] = field(init=False)

    def __post_init__(self) -> None:
        self.began = self.gateway.now()
        self.deadline = self.gateway.deadline()
        self.records = DataLoader(self._load)

    async def _load(self, voices: Sequence[str]) -> list[VoiceRecord]:
        found = await self.gateway.records(set(voices))
        return [found[voice] for voice in voices]


Info: TypeAlias = strawberry.Info[Context, None]
