"""Verifies a lock file: by itself, and against what a store holds now."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from importlib.metadata import version
from typing import Any

import msgspec

from renown.errors import BadRequest, RenownError
from renown.gateway.filtering import Filter
from renown.gateway.gateway import Gateway
from renown.gateway.lock import hole, lock
from renown.gateway.lock_file import Hole, LockFile, canonical, read_lock_file
from renown.gateway.ranking import rank_standings
from renown.gateway.recomputing import recompute
from renown.scoring import Recipe


class Verdict(StrEnum):
    """What comes of verifying."""

    SAME = "SAME"
    ALTERED = "ALTERED"
    CHANGED = "CHANGED"
    INCOMPLETE = "INCOMPLETE"


@dataclass(frozen=True, slots=True)
class Verified:
    """The verdict, what differs (each a sentence), the claims that are gone, and the file as it was read.

    SAME: computed again it comes out byte for byte. ALTERED: it contradicts itself. CHANGED: the store (or this version
    of the program) makes another ranking of it. INCOMPLETE: claims it was made of are no longer held. `laid_out` says
    that the bytes are not the canonical ones, though they hold the same.
    """

    verdict: Verdict
    file: LockFile
    findings: tuple[str, ...] = ()
    holes: tuple[Hole, ...] = ()
    laid_out: bool = False


def verify(content: bytes) -> Verified:
    """A lock file computed again from itself alone: no store and no network.

    Raises:
        BadRequest: it is no lock file (code BAD_LOCK).
    """
    file = read_lock_file(content)
    false = _false_claims(file)
    try:
        again = recompute(file)
    except (RenownError, msgspec.MsgspecError, ValueError, OverflowError) as error:
        return Verified(Verdict.ALTERED, file, (*false, f"It cannot be computed: {error}."))
    differing = differences(file, again)
    if false or (differing and file.renown == version("renown")):
        return Verified(Verdict.ALTERED, file, (*false, *differing))
    if differing:
        made = f"It was made by Renown {file.renown}, and this is {version('renown')}: the method may have changed."
        return Verified(Verdict.CHANGED, file, (made, *differing))
    return Verified(Verdict.SAME, again, laid_out=content != again.content)


async def verify_here(gateway: Gateway, content: bytes) -> Verified:
    """A lock file verified by itself, and then against its snapshot as the gateway's store has it now.

    Raises:
        BadRequest: it is no lock file (BAD_LOCK), or of a snapshot that this store never had (UNKNOWN_LOCK).
    """
    alone = await asyncio.to_thread(verify, content)
    if alone.verdict is not Verdict.SAME:
        return alone
    try:
        here = await _made_here(gateway, alone.file)
    except BadRequest as error:
        if error.code == "UNKNOWN_LOCK":
            raise
        findings: tuple[str, ...] = (f"It cannot be asked of this store: {error.sentence}",)
    else:
        findings = tuple(differences(alone.file, here))
    holes = await _gone(gateway, alone.file)
    verdict = Verdict.INCOMPLETE if holes else Verdict.CHANGED if findings else Verdict.SAME
    return replace(alone, verdict=verdict, findings=findings, holes=holes)


def differences(one: LockFile, other: LockFile) -> list[str]:
    """What two lock files say differently, a sentence each, in an order."""
    before, after = _facts(one), _facts(other)
    return [
        f"{said}: {_shown(before, said)} in the file, {_shown(after, said)} computed again."
        for said in [*before, *(after.keys() - before.keys())]
        if before.get(said) != after.get(said)
    ]


def _false_claims(file: LockFile) -> list[str]:
    found = []
    for candidate in file.candidates:
        for claim in candidate.claims:
            try:
                proven = claim.proven_id
            except ValueError:
                proven = "none, for want of a moment"
            if proven != claim.id:
                said = f"{claim.field} of {candidate.voice} is {claim.value!r} of {claim.observed_at}"
                found.append(f"{said} by the claim {claim.id}, but what is written there has the id {proven}.")
    return found


async def _gone(gateway: Gateway, file: LockFile) -> tuple[Hole, ...]:
    """The claims of the file that are no longer held."""
    named = [(candidate.voice, claim) for candidate in file.candidates for claim in candidate.claims]
    held = await gateway.store.claims_by_id([claim.id for _, claim in named], gateway.now())
    absences = {(a.subject, a.provider): a for a in await gateway.store.absences([voice for voice, _ in named])}
    provider_of = {column.field: column.provider for column in file.columns}
    return tuple(
        hole(voice, slug := provider_of[claim.field], claim.id, absences.get((voice, slug)))
        for voice, claim in named
        if claim.id not in held
    )


async def _made_here(gateway: Gateway, file: LockFile) -> LockFile:
    """The lock of the same question, made from what is held now; it leaves no trace in the store."""
    try:
        standings = await gateway.snapshots.named(file.snapshot)
    except ValueError:
        raise BadRequest(
            f"This store never had the snapshot {file.snapshot[:60]}.",
            "Verify against the store the lock was made from: --db URL|FILE.",
            code="UNKNOWN_LOCK",
        ) from None
    recipe, asked = Recipe.from_canonical(canonical(file.recipe)), Filter.from_canonical(canonical(file.filter))
    ranked = await asyncio.to_thread(partial(rank_standings, standings, recipe, asked))
    made = (await lock(gateway, ranked)).file
    return msgspec.structs.replace(made, renown=file.renown)


def _facts(file: LockFile) -> dict[str, Any]:
    """Everything a file says, each under words that tell what it is."""
    plain = msgspec.to_builtins(file)
    facts: dict[str, Any] = {}
    for candidate in plain.pop("candidates"):
        voice = candidate["voice"]
        facts[f"{voice} is a candidate"] = True
        facts |= {f"{claim['field']} of {voice}": claim for claim in candidate["claims"]}
    for entry in plain.pop("entries"):
        voice = entry.pop("voice")
        facts |= {f"{name.replace('_', ' ')} of {voice}": said for name, said in entry.items()}
    for provider, levels in plain.pop("others").items():
        facts[f"scores of the others by {provider}"] = levels
    return facts | {name.replace("_", " "): said for name, said in plain.items()}


def _shown(facts: Mapping[str, Any], said: str) -> str:
    match facts.get(said):
        case None | ():
            return "nothing"
        case {"value": value, "observed_at": moment}:
            return f"{value!r} of {moment}"
        case tuple() | list() as several:
            return f"{len(several)} of them"
        case fact:
            return str(fact) if len(str(fact)) < 100 else f"{str(fact)[:97]}..."
