"""A missing value is an absence with a coded reason: never zero, never a bare null."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class AbsenceReason(StrEnum):
    """Why there is no value. Each can be shown to a user."""

    NOT_ASKED = "NOT_ASKED"
    UNKNOWN_TO_PROVIDER = "UNKNOWN_TO_PROVIDER"
    NO_SCORE_YET = "NO_SCORE_YET"
    PROCESSING = "PROCESSING"
    RATE_LIMITED = "RATE_LIMITED"
    QUOTA_EXHAUSTED = "QUOTA_EXHAUSTED"
    TIMED_OUT = "TIMED_OUT"
    UNREACHABLE = "UNREACHABLE"
    INVALID_REPLY = "INVALID_REPLY"
    NOT_CONFIGURED = "NOT_CONFIGURED"
    RETIRED = "RETIRED"
    LICENCE_EXPIRED = "LICENCE_EXPIRED"
    BELOW_MINIMUM = "BELOW_MINIMUM"
    MASKED = "MASKED"
    NOT_APPLICABLE = "NOT_APPLICABLE"


@dataclass(frozen=True, slots=True)
class Absence:
    """That `provider` has no primary score for `subject` (an account key), and why.

    `at` is when this was learnt; `retry_at`, when asking again makes sense.
    """

    subject: str
    provider: str
    reason: AbsenceReason
    message: str
    at: datetime
    retry_at: datetime | None = None
