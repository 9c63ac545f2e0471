"""A reply as a plug-in author records it, or takes it from the provider's documents."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """One HTTP answer, to be played by the stand-in.

    `step` is the adapter's own word for what it asked (`Request.step`); empty means every step. `body` is sent as it
    is. `stalls` sends half of the body and then nothing more.
    """

    step: str = ""
    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    stalls: bool = False
