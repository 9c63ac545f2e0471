"""Every error a user can meet, each with a code, a sentence and what to do next.

    RenownError
    ├── BadRequest            what was asked cannot be answered as it was asked
    │   ├── UnknownVoice          UNKNOWN_VOICE
    │   ├── UnknownName           UNKNOWN_PROVIDER, UNKNOWN_NETWORK, UNKNOWN_WORD, ... (suggests the nearest)
    │   ├── BadRecipe             BAD_RECIPE
    │   ├── BadCursor             BAD_CURSOR
    │   ├── BadPage               BAD_PAGE
    │   └── BadImport             BAD_IMPORT (carries every refused row with its line)
    ├── ProviderFailure       a provider could not be asked, or its reply could not be read
    │   └── TimedOut, Unreachable, InvalidReply, RateLimited, QuotaExhausted, KeyRefused, NotConfigured
    └── CannotServe           this machine is not ready: busy port, missing database driver, ...

A provider failure never reaches the user as an error: the gateway turns it into an absence with a reason.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches


class RenownError(Exception):
    """The root: a stable code, a sentence for the user and what to do next."""

    code = "ERROR"

    def __init__(self, sentence: str, next_step: str = "", *, code: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.next_step = next_step
        if code:
            self.code = code

    def __str__(self) -> str:
        return f"{self.sentence} {self.next_step}".rstrip()

    @property
    def extensions(self) -> dict[str, str]:
        """What a GraphQL error carries beside its message."""
        return {"code": self.code, "nextStep": self.next_step}


class BadRequest(RenownError):
    """What was asked cannot be answered as it was asked."""

    code = "BAD_REQUEST"


class UnknownVoice(BadRequest):
    """No voice with this account is known."""

    code = "UNKNOWN_VOICE"


class UnknownName(BadRequest):
    """A word, provider, network or topic that is not known; names it and suggests the nearest known ones."""

    code = "UNKNOWN_NAME"

    def __init__(self, what: str, name: str, known: Iterable[str], next_step: str = "") -> None:
        known = sorted(known)
        nearest = get_close_matches(name.lower(), known, n=3, cutoff=0.5)
        if nearest:
            hint = f"Did you mean {' or '.join(repr(word) for word in nearest)}?"
        else:
            hint = f"Known: {', '.join(known[:20])}{', ...' if len(known) > 20 else ''}." if known else ""
        super().__init__(
            f"There is no {what} {name!r}.",
            f"{hint} {next_step}".strip(),
            code=f"UNKNOWN_{what.upper().replace(' ', '_')}",
        )
        self.name = name
        self.nearest = tuple(nearest)


class BadRecipe(BadRequest):
    """The recipe cannot be computed: a weight, normaliser, reference or combination that makes no sense."""

    code = "BAD_RECIPE"


class BadCursor(BadRequest):
    """The cursor is not one of ours, or belongs to another question or snapshot."""

    code = "BAD_CURSOR"


class BadPage(BadRequest):
    """More was asked on one page than a page holds, or less than one."""

    code = "BAD_PAGE"


@dataclass(frozen=True, slots=True)
class Refusal:
    """One refused row of an import: its line in the file (the header is line 1), the column and why."""

    line: int
    column: str
    reason: str

    def __str__(self) -> str:
        where = f"line {self.line}" + (f", column {self.column}" if self.column else "")
        return f"{where}: {self.reason}"


class BadImport(BadRequest):
    """A file that cannot be imported as it is; carries every refusal."""

    code = "BAD_IMPORT"

    def __init__(self, sentence: str, next_step: str = "", refusals: tuple[Refusal, ...] = ()) -> None:
        super().__init__(sentence, next_step)
        self.refusals = refusals


class ProviderFailure(RenownError):
    """A provider could not be asked, or its reply could not be read.

    `retry_at` is when asking again makes sense, where the provider said so.
    """

    code = "PROVIDER_FAILURE"

    def __init__(self, sentence: str, next_step: str = "", *, retry_at: datetime | None = None) -> None:
        super().__init__(sentence, next_step)
        self.retry_at = retry_at


class TimedOut(ProviderFailure):
    """No complete reply within the deadline."""

    code = "TIMED_OUT"


class Unreachable(ProviderFailure):
    """No connection, or an answer of the kind 5xx."""

    code = "UNREACHABLE"


class InvalidReply(ProviderFailure):
    """A reply that is not what the provider's documents promise."""

    code = "INVALID_REPLY"


class RateLimited(ProviderFailure):
    """Too many calls a second."""

    code = "RATE_LIMITED"


class QuotaExhausted(ProviderFailure):
    """The day's calls are used up."""

    code = "QUOTA_EXHAUSTED"


class KeyRefused(ProviderFailure):
    """The provider refused our key."""

    code = "NOT_CONFIGURED"


class NotConfigured(ProviderFailure):
    """A setting that is needed to ask the provider is missing or makes no sense."""

    code = "NOT_CONFIGURED"


class CannotServe(RenownError):
    """This machine is not ready: a busy port, an unreachable database, a driver that is not installed."""

    code = "CANNOT_SERVE"
