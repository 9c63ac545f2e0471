"""What a reply says of each account that was asked about, by the paths of a description."""

from typing import TYPE_CHECKING, Any

from renown.claims import AbsenceReason, Account, Claim, Value
from renown.claims.fields import PROFILE_TEXTS
from renown.errors import InvalidReply, QuotaExhausted
from renown.providers.contract import Reading, Reply, Request
from renown.providers.countries import country_code
from renown.providers.described.description import Description
from renown.providers.described.json_path import Finder
from renown.providers.profile_facts import require_about
from renown.providers.testimony import absent, claims_about, observed, observed_identity
from renown.providers.wire import decode, measured, number, refuse_errors, retry_after, screen_name, text, topic_of

if TYPE_CHECKING:
    from renown.providers.described.adapter import Described


def read_reply(provider: "Described", request: Request, reply: Reply) -> Reading:
    """Claims and absences of one reply, and, where a batch was refused as a whole, each account asked about alone.

    Raises:
        ProviderFailure: an error, or a body that is no JSON.
    """
    form, name = provider.description.reply, provider.declaration.name
    if reply.status in form.unknown_status:
        return _unknown(provider, request, reply)
    if reply.status in form.processing_status:
        return _each_absent(provider, request, AbsenceReason.PROCESSING, f"{name} is not done with {{}} yet.", reply)
    if reply.status in form.over_quota_status:
        come_back = retry_after(reply.headers, reply.received_at)
        raise QuotaExhausted(f"{name}'s quota of calls is used up (status {reply.status}).", retry_at=come_back)
    refuse_errors(reply, name)
    tree = decode(reply, name)
    if form.unknown_at is not None and form.unknown_at.every(tree):
        return _unknown(provider, request, reply)
    parts = _parts(provider.description, request, tree, name)
    readings = [_read_part(provider, account, parts.get(account.key), reply) for account in request.accounts]
    return Reading(
        claims=tuple(claim for reading in readings for claim in reading.claims),
        absences=tuple(absence for reading in readings for absence in reading.absences),
    )


def _unknown(provider: "Described", request: Request, reply: Reply) -> Reading:
    if len(request.accounts) > 1:  # one stranger may spoil a batch: only alone it is told who that is
        return Reading(follow=provider.alone(request))
    message = f"{provider.declaration.name} does not know {{}}."
    return _each_absent(provider, request, AbsenceReason.UNKNOWN_TO_PROVIDER, message, reply)


def _each_absent(provider: "Described", request: Request, reason: AbsenceReason, message: str, reply: Reply) -> Reading:
    return Reading(
        absences=tuple(
            absent(provider, account, reason, message.format(account.handle), reply) for account in request.accounts
        )
    )


def _parts(description: Description, request: Request, tree: Any, name: str) -> dict[str, Any]:
    """The part of a reply that is about each account, by account key.

    Raises:
        InvalidReply: a reply about one person is about somebody else.
    """
    form = description.reply
    if form.each is None:
        account = request.accounts[0]
        if form.about is not None:
            require_about(account, _handle(form.about, tree), name)
        return {account.key: tree}
    by_handle = {screen_name(account).casefold(): account.key for account in request.accounts}
    parts: dict[str, Any] = {}
    for part in form.each.every(tree):
        handle = _handle(form.about, part) if form.about else None
        key = by_handle.get((handle or "").removeprefix("@").casefold())
        if key is not None and parts.setdefault(key, part) is not part:
            raise InvalidReply(f"{name} says two things of {handle}.")
    return parts


def _handle(about: Finder, part: Any) -> str | None:
    found = about.one(part)
    return str(found) if isinstance(found, int) and not isinstance(found, bool) else text(found)


def _read_part(provider: "Described", account: Account, part: Any, reply: Reply) -> Reading:
    name = provider.declaration.name
    if part is None:
        reason, message = AbsenceReason.UNKNOWN_TO_PROVIDER, f"{name} does not know {account.handle}."
        return Reading(absences=(absent(provider, account, reason, message, reply),))
    try:
        claims = _claims(provider, account, part, reply)
    except InvalidReply as trouble:
        return Reading(absences=(absent(provider, account, AbsenceReason.INVALID_REPLY, str(trouble), reply),))
    primary = provider.declaration.primary_metric
    if any(primary is None or claim.field == primary.field for claim in claims):
        return Reading(claims=claims)
    message = f"{name} knows {account.handle}, but gives no {primary.name if primary else 'facts'}."
    return Reading(claims=claims, absences=(absent(provider, account, AbsenceReason.NO_SCORE_YET, message, reply),))


def _claims(provider: "Described", account: Account, part: Any, reply: Reply) -> tuple[Claim, ...]:
    description = provider.description
    said: dict[str, Value | None] = {
        metric.field: measured(metric, description.metrics[metric.slug].path.one(part))
        for metric in description.measures
    }
    said |= _facts(provider, part) | _topics(description, part)
    identity = {f"{description.slug}.id": _handle(description.fields.id, part) if description.fields.id else None}
    claims = claims_about(account, said, observed(provider, reply, part))
    return claims + claims_about(account, identity, observed_identity(provider, reply, part))


def _facts(provider: "Described", part: Any) -> dict[str, Value | None]:
    fields = provider.description.fields
    found = {
        field: finder.one(part) for field in (*PROFILE_TEXTS, *fields.counts) if (finder := getattr(fields, field))
    }
    facts: dict[str, Value | None] = {field: text(found.get(field)) for field in PROFILE_TEXTS}
    facts["country"] = country_code(str(facts["country"] or ""))
    for metric in provider.declaration.metrics:
        if metric.slug in fields.counts:
            facts[metric.slug] = _whole(metric.field, measured(metric, found[metric.slug]))
    return facts


def _whole(field: str, value: float | None) -> int | None:
    if value is not None and value != int(value):
        raise InvalidReply(f"The provider gave {field} as {value!r}, which is not a whole number.")
    return None if value is None else int(value)


def _topics(description: Description, part: Any) -> dict[str, Value | None]:
    form = description.topics
    strengths: dict[str, Value | None] = {}
    for topic in form.each.every(part) if form else ():
        named = topic_of(topic if isinstance(topic, str) else form.name.one(topic)) if form else None
        strength = _strength(form.strength, topic, form.maximum) if form else None
        if named and strength is not None:
            strengths[named] = strength
    return strengths


def _strength(finder: Finder | None, topic: Any, maximum: float) -> float | None:
    """Between 0 and 1; 1 where the provider only names topics, None where it gives none for this one."""
    if finder is None:
        return 1.0
    value = number(finder.one(topic))
    return value / maximum if value is not None and 0 <= value <= maximum else None
