"""The last failure of a provider: in words, and as the store tells it to a process that has asked nobody."""

from collections.abc import Iterable
from datetime import UTC, datetime

from renown.claims import Absence, AbsenceReason, Claim

# What only a call that went wrong, or was not made for that reason, leaves behind.
_FAILURES = frozenset(
    {
        AbsenceReason.TIMED_OUT,
        AbsenceReason.UNREACHABLE,
        AbsenceReason.INVALID_REPLY,
        AbsenceReason.RATE_LIMITED,
        AbsenceReason.QUOTA_EXHAUSTED,
        AbsenceReason.NOT_CONFIGURED,
    }
)


def in_words(absence: Absence) -> str:
    """The failure and its moment, as a sentence."""
    return f"On {absence.at:%d %B %Y at %H:%M:%S} UTC: {absence.message}"


def last_failures(absences: Iterable[Absence], claims: Iterable[Claim]) -> dict[str, Absence]:
    """By slug, the newest failure of each provider of which nothing newer is held.

    A refusal that names a moment stands until then: of calls that went out side by side, one may bring more meanwhile.
    """
    heard: dict[str, datetime] = {}
    failed: dict[str, Absence] = {}
    for claim in claims:
        provider, fetched = claim.provenance.provider, claim.provenance.fetched_at
        if provider is not None and fetched is not None:
            heard[provider] = max(fetched, heard.get(provider, _LONG_AGO))
    for absence in absences:
        if absence.reason not in _FAILURES:
            heard[absence.provider] = max(absence.at, heard.get(absence.provider, _LONG_AGO))
        elif absence.provider not in failed or failed[absence.provider].at < absence.at:
            failed[absence.provider] = absence
    return {slug: absence for slug, absence in failed.items() if _until(absence) >= heard.get(slug, _LONG_AGO)}


def _until(absence: Absence) -> datetime:
    return absence.at if absence.retry_at is None else max(absence.at, absence.retry_at)


_LONG_AGO = datetime.min.replace(tzinfo=UTC)
