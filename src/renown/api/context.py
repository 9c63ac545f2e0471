"""What every resolver of one request shares."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

import strawberry
from strawberry.dataloader import DataLoader

from renown.claims import Claim
from renown.gateway import Gateway, Tally, VoiceRecord
from renown.gateway.walking import find_claims


@dataclass
class Context:
    """The gateway, when the request began and until when it waits (monotonic), its tally; voices, claims in batches."""

    gateway: Gateway
    tally: Tally = field(default_factory=Tally)
    began: datetime = field(init=False)
    deadline: float = field(init=False)
    records: DataLoader[str, VoiceRecord] = field(init=False)
    claims: DataLoader[str, Claim | None] = field(init=False)

    def __post_init__(self) -> None:
        self.began = self.gateway.now()
        self.deadline = self.gateway.deadline()
        self.records = DataLoader(self._records)
        self.claims = DataLoader(self._claims)

    async def _records(self, voices: Sequence[str]) -> list[VoiceRecord]:
        found = await self.gateway.records(set(voices))
        return [found[voice] for voice in voices]

    async def _claims(self, ids: Sequence[str]) -> list[Claim | None]:
        return await find_claims(self.gateway, ids)


Info: TypeAlias = strawberry.Info[Context, None]
