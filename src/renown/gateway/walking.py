"""Walks claims: from an id to the claim, stored or computed again, and up to what was built on it."""

from collections.abc import Sequence
from datetime import datetime

from renown.claims import Account, Claim, Provenance, ProvenanceKind, VoiceKind
from renown.errors import RenownError
from renown.gateway.blended import derived_claim, normalised_claim
from renown.gateway.filtering import Filter
from renown.gateway.gateway import Gateway
from renown.gateway.locator import (
    BlendLocator,
    ChangeLocator,
    Locator,
    StandInLocator,
    is_locator,
    read_locator,
)

STAND_INS = ("name", "kind")


async def find_claims(gateway: Gateway, claim_ids: Sequence[str]) -> list[Claim | None]:
    """The claims with these ids, in that order; those that are stored are read at once.

    A computed one is computed again; None where it, or what it was made of, is gone.
    """
    # What cannot be printed is no id of ours, and more than a database takes as text.
    stored_ids = {id_ for id_ in claim_ids if id_.isprintable() and not is_locator(id_)}
    stored = await (await gateway.held.memory()).claims(sorted(stored_ids))
    return [stored.get(id_) if id_ in stored_ids else await _computed_as(gateway, id_) for id_ in claim_ids]


async def built_on(gateway: Gateway, claim: Claim, limit: int, offset: int) -> tuple[list[Claim], int]:
    """What was built on a claim, one step up: what is stored, then what the default recipe makes of it today.

    Returns a page and the number on all pages.
    """
    stored, total = await gateway.store.built_on(claim.id, limit, offset, gateway.now())
    computed = await _todays(gateway, claim)
    after = max(0, offset - total)
    return [*stored, *computed[after : after + limit - len(stored)]], total + len(computed)


def stand_in(account: Account, field: str, now: datetime) -> Claim:
    """What is shown of a voice where nothing is said: its handle for a name, UNKNOWN for its kind."""
    is_name = field == "name"
    return Claim(
        subject=account.key,
        field=field,
        value=account.handle if is_name else str(VoiceKind.UNKNOWN),
        locator=str(StandInLocator(field, account.key)),
        provenance=Provenance(
            kind=ProvenanceKind.DERIVED,
            source=(
                "no source gives a name; the account's handle stands in"
                if is_name
                else "no source says what kind of voice this is"
            ),
            adapter="standin@1",
            observed_at=now,
        ),
    )


def change_between(newer: Claim, older: Claim) -> Claim:
    """How much a score changed, on the provider's own scale."""
    return derived_claim(
        newer.subject,
        f"{newer.provenance.provider}.change",
        round(float(newer.value) - float(older.value), 6),
        [newer, older],
        provider=newer.provenance.provider,
        adapter="change@1",
        source="computed by Renown from two observations",
        locator=str(ChangeLocator(newer.id, older.id)),
    )


async def _computed_as(gateway: Gateway, claim_id: str) -> Claim | None:
    """A computed claim, computed again, if it comes out as its id says."""
    try:
        claim = await _computed(gateway, read_locator(claim_id)) if claim_id.isprintable() else None
    except (ValueError, RenownError):
        return None
    return claim if claim is not None and claim.id == claim_id else None


async def _computed(gateway: Gateway, locator: Locator) -> Claim | None:
    match locator:
        case StandInLocator(field, key):
            held = (await (await gateway.held.memory()).accounts([key])).get(key)
            return stand_in(held.account, field, gateway.now()) if held and field in STAND_INS else None
        case ChangeLocator(newer, older):
            claims = await (await gateway.held.memory()).claims([newer, older])
            return change_between(claims[newer], claims[older]) if len(claims) == 2 else None
        case BlendLocator():
            return await _blended(gateway, locator)


async def _blended(gateway: Gateway, locator: BlendLocator) -> Claim | None:
    recipe = await gateway.recipes.find(locator.recipe)
    standings = await gateway.snapshots.named(locator.snapshot)
    ranked = (
        await gateway.rank(Filter.from_canonical(locator.filter), recipe, standings=standings)
        if locator.filter
        else await gateway.alone(standings, recipe, locator.of)
    )
    if locator.step == "normalised":
        score = (await (await gateway.held.memory()).claims([locator.of])).get(locator.of)
        return normalised_claim(ranked, score) if score else None
    position = ranked.positions.get(locator.of)
    return None if position is None else (await gateway.entries(ranked, position, position + 1))[0].claim


async def _todays(gateway: Gateway, claim: Claim) -> list[Claim]:
    """The normalised score and the composite that the default recipe makes of a claim in the present snapshot."""
    stored = (await (await gateway.held.memory()).accounts([claim.subject])).get(claim.subject)
    if stored is None:
        return []
    voice = stored.voice
    standings = await gateway.snapshots.current()
    ranked = await gateway.alone(standings, await gateway.default_recipe(), voice)
    held = standings.claims[standings.rows[voice]] if voice in standings.rows else ()
    made = [normalised_claim(ranked, claim)] if claim.id in held else []
    made += [blended.claim for blended in await gateway.entries(ranked, 0, 1)]
    return [other for other in made if claim.id in other.provenance.inputs]
