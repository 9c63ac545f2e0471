"""The last failure of a provider, read from what the store holds."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from renown.claims import Absence, AbsenceReason, Claim, Provenance, ProvenanceKind
from renown.gateway.failures import in_words, last_failures

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def _absence(reason, minutes, provider="klout"):
    return Absence(
        f"twitter:at_{minutes}", provider, reason, f"Because of {reason}.", NOON + timedelta(minutes=minutes)
    )


def _claim(minutes):
    at = NOON + timedelta(minutes=minutes)
    provenance = Provenance(
        kind=ProvenanceKind.OBSERVED, source="s", adapter="a@1", provider="klout", observed_at=at, fetched_at=at
    )
    return Claim(subject="twitter:known", field="klout.score", value=50, provenance=provenance)


def test_the_newest_failure_counts():
    """Of several failures the newest is told, by provider."""
    older, newer = _absence(AbsenceReason.TIMED_OUT, 1), _absence(AbsenceReason.UNREACHABLE, 2)
    other = _absence(AbsenceReason.TIMED_OUT, 3, "kred")
    assert last_failures([newer, older, other], []) == {"klout": newer, "kred": other}
    assert in_words(newer) == "On 22 November 2026 at 12:02:00 UTC: Because of UNREACHABLE."


def test_an_answer_after_it_ends_it():
    """A score, or the answer that somebody is not known, is newer than the failure: there is no last error."""
    failure = _absence(AbsenceReason.TIMED_OUT, 5)
    assert last_failures([failure], [_claim(6)]) == {}
    assert last_failures([failure, _absence(AbsenceReason.UNKNOWN_TO_PROVIDER, 6)], []) == {}
    assert last_failures([failure], [_claim(4)]) == {"klout": failure}


def test_a_refusal_stands_until_the_moment_it_named():
    """A call beside the refused one may bring a score after it: the provider is left alone all the same."""
    refused = replace(_absence(AbsenceReason.QUOTA_EXHAUSTED, 5), retry_at=NOON + timedelta(minutes=60))
    assert last_failures([refused], [_claim(6)]) == {"klout": refused}
    assert last_failures([refused], [_claim(61)]) == {}
