"""What must hold of whatever asking a provider brings. Each step raises AssertionError with the fact that fails."""

import re
from collections.abc import Sequence
from datetime import datetime

from renown.claims import Absence, AbsenceReason, Account, Claim, Metric, Provenance, ProvenanceKind, account_key
from renown.claims.fields import PROFILE_COUNTS
from renown.providers import Answer, Declaration, Link

_SLUG = re.compile(r"[a-z][a-z0-9_]*")
_ADAPTER = re.compile(r"[a-z0-9][a-z0-9_.-]*@\S+")
_SHA256 = re.compile(r"[0-9a-f]{64}")


def complete(answer: Answer, declaration: Declaration, accounts: Sequence[Account]) -> None:
    """Each account has a claim of the primary metric (any claim where there is none), or exactly one absence.

    Nothing is claimed of anybody else.
    """
    keys = {account.key for account in accounts}
    strangers = {said.subject for said in (*answer.claims, *answer.links)} - keys
    assert not strangers, f"nobody asked about {strangers}"
    scored = {claim.subject for claim in scores(answer, declaration)}
    absent = [absence.subject for absence in answer.absences]
    assert sorted([*scored, *absent]) == sorted(keys), (
        f"scores of {scored} and absences of {absent} are not each account once"
    )


def scores(answer: Answer, declaration: Declaration) -> tuple[Claim, ...]:
    """The claims of the primary metric; every claim where there is none."""
    primary = declaration.primary_metric
    return tuple(claim for claim in answer.claims if primary is None or claim.field == primary.field)


def sound_claim(claim: Claim, declaration: Declaration, adapter: str, base_url: str) -> None:
    """A value of a kind that can be stored, on its scale, with complete provenance."""
    metric = next((metric for metric in declaration.metrics if metric.field == claim.field), None)
    value = claim.value
    assert value is not None, f"{claim.field} has no value"
    if isinstance(value, str):
        assert value.strip(), f"{claim.field} is blank"
        assert "\0" not in value, f"{claim.field} holds a NUL, which no store takes"
        value.encode()
    if metric is not None or claim.field in PROFILE_COUNTS:
        assert isinstance(value, int | float), f"{claim.field} is {value!r}, not a number"
        assert not isinstance(value, bool), f"{claim.field} is {value!r}, not a number"
        assert metric.scale.admits(value) if metric else value >= 0, f"{claim.field} is {value!r}, off its scale"
    assert metric is not None or not claim.field.startswith(f"{declaration.slug}.") or claim.field.endswith(".id"), (
        f"{claim.field} is not a declared metric"
    )
    _complete_provenance(claim.provenance, declaration, adapter, base_url)
    if declaration.keep_for is not None and not claim.field.endswith(".id"):
        limit = claim.provenance.keep_until
        assert limit is not None, f"{claim.field} is kept for good, beyond the licence"
        assert limit <= claim.provenance.observed_at + declaration.keep_for, f"{claim.field} is kept too long"


def sound_link(link: Link, answer: Answer) -> None:
    """Somebody who can be somebody, by the provenance of the claim on how many there are."""
    if isinstance(link.other, Account):
        assert account_key(link.other.network, link.other.handle)
    else:
        assert link.other.field.endswith(".id"), f"{link.other.field} is no claim on an id"
        assert link.other.value.strip(), "the id is blank"
    counts = [claim.provenance for claim in answer.claims if claim.field.endswith(f".{link.relation}s")]
    assert link.provenance in counts, (
        "no claim says how many there are, so that nobody knows which links are the newest"
    )


def _complete_provenance(said: Provenance, declaration: Declaration, adapter: str, base_url: str) -> None:
    assert said.kind is ProvenanceKind.OBSERVED
    assert said.provider == declaration.slug, f"the claim is of {said.provider!r}, not of {declaration.slug!r}"
    assert said.adapter == adapter
    assert said.source.startswith(base_url), f"the source {said.source!r} is not the URL that was asked"
    assert _SHA256.fullmatch(said.digest or ""), "there is no digest of the reply's part"
    assert said.observed_at.tzinfo is not None, "observed_at has no time zone"
    assert said.fetched_at is not None, "there is no fetched_at"
    assert said.fresh_until is not None, "there is no fresh_until"
    assert said.fresh_until > said.observed_at, "it is never fresh"


def sound_absence(absence: Absence, declaration: Declaration, now: datetime) -> None:
    """A reason on the list, a sentence for the user, a moment that has come."""
    assert isinstance(absence.reason, AbsenceReason)
    assert absence.provider == declaration.slug
    assert absence.message.strip(), "the absence says nothing"
    absence.message.encode()
    assert absence.at <= now, "the absence is of a moment to come"
    assert absence.retry_at is None or absence.retry_at >= absence.at, "to come back in the past makes no sense"


def sane_declaration(declaration: Declaration, adapter: str) -> None:
    """Names, scales, paces and lives that the gateway can work with."""
    assert _SLUG.fullmatch(declaration.slug), f"{declaration.slug!r} is not small letters, digits and _"
    assert _ADAPTER.fullmatch(adapter), f"the adapter {adapter!r} does not read name@version"
    assert declaration.name.strip(), "it has no name"
    for metric in declaration.metrics:
        _sane_metric(metric, declaration.slug)
    slugs = [metric.slug for metric in declaration.metrics]
    assert len(slugs) == len(set(slugs)), f"two metrics have one slug: {slugs}"
    assert declaration.primary is None or declaration.primary in slugs, f"{declaration.primary!r} is not a metric"
    assert all(declaration.networks), "a network has no name"
    assert declaration.networks, "it knows no network"
    assert declaration.reads, "it does not name the networks its numbers are made from"
    assert declaration.pace > 0, "its pace is not positive"
    assert declaration.batch >= 1, "its batch is not positive"
    assert declaration.fresh_for.total_seconds() > 0, "its claims are never fresh"
    assert declaration.keep_for is None or declaration.keep_for.total_seconds() > 0, "its claims may never be kept"


def _sane_metric(metric: Metric, slug: str) -> None:
    assert metric.provider == slug, f"{metric.field} is a metric of another provider"
    assert _SLUG.fullmatch(metric.slug), f"{metric.slug!r} is not small letters, digits and _"
    assert metric.name.strip(), f"{metric.field} has no name"
    assert metric.meaning.strip(), f"{metric.field} has no meaning"
    top = metric.scale.maximum
    assert top is None or metric.scale.minimum < top, f"{metric.field} has an empty scale"
