"""The lock of a ranking: its file, made from what is held now, and the address at which it is made again."""

import asyncio
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from importlib.metadata import version
from typing import Any

import numpy as np

from renown.claims import Absence, AbsenceReason, Claim
from renown.errors import BadRequest, UnknownName
from renown.gateway.filtering import Filter
from renown.gateway.gateway import Gateway
from renown.gateway.locator import RankingLocator
from renown.gateway.lock_file import Candidate, Column, Excluded, Hole, LockedClaim, LockedReference, LockFile
from renown.gateway.ranking import Ranked
from renown.gateway.recomputing import recompute
from renown.gateway.standings import Standings
from renown.scoring import FrozenReference, Reference

# Every candidate's claims are read and written out, and every place is drawn.
_MOST_VOICES = 20_000
_MOST_DRAWN = 5_000_000


@dataclass(frozen=True)
class Lock:
    """A lock file as it is served: `content` is the same bytes for the same ranking, `digest` its sha256, hex."""

    file: LockFile

    @cached_property
    def content(self) -> bytes:
        """The canonical bytes."""
        return self.file.content

    @property
    def digest(self) -> str:
        """The sha256 of the content."""
        return self.file.digest


async def lock(gateway: Gateway, ranked: Ranked) -> Lock:
    """The lock of a whole ranking, computed from what it will hold: a claim that has been removed is a hole in it.

    Raises:
        BadRequest: more voices, or more draws of them, than a lock holds (code TOO_LARGE_TO_LOCK).
    """
    _refuse_too_large(ranked)
    standings = ranked.standings
    voices = [standings.voices[int(row)] for row in ranked.candidates]
    ids = dict(zip(voices, standings.claims[ranked.candidates][:, ranked.columns.at].tolist(), strict=True))
    wanted = [id_ for row in ids.values() for id_ in row if id_]
    claims = await gateway.store.claims_by_id(wanted, gateway.now())
    absences = {(each.subject, each.provider): each for each in await gateway.store.absences(voices)}
    file = LockFile(
        renown=version("renown"),
        snapshot=standings.snapshot,
        newest=_newest(standings),
        filter=json.loads(ranked.filter.canonical),
        recipe=ranked.recipe.canonical,
        reference=_reference(standings, ranked.recipe.reference),
        columns=_columns(gateway, ranked),
        considered=ranked.considered,
        excluded=tuple(Excluded(reason=each.reason, count=each.count) for each in ranked.excluded),
        candidates=tuple(
            _candidate(standings, voice, [claims[id_] for id_ in row if id_ in claims]) for voice, row in ids.items()
        ),
        others=await asyncio.to_thread(_others, ranked),
        holes=tuple(_holes(ids, ranked.columns.providers, claims, absences)),
    )
    return Lock(await asyncio.to_thread(recompute, file))


def _candidate(standings: Standings, voice: str, claims: Sequence[Claim]) -> Candidate:
    read = {claim.field: standings.methods.value(claim) for claim in claims}
    linked = {claim.field: read[claim.field] for claim in claims if read[claim.field] != claim.value}
    return Candidate(voice=voice, claims=tuple(map(LockedClaim.of, claims)), linked=linked)


async def ranking_of(gateway: Gateway, token: str) -> Ranked:
    """The ranking a token names, made again.

    Raises:
        BadRequest: it is no token, or of a snapshot or recipe that is not known here (code UNKNOWN_LOCK).
    """
    try:
        named = RankingLocator.read(token)
        standings = await gateway.snapshots.named(named.snapshot)
        recipe = await gateway.recipes.find(named.recipe)
        return await gateway.rank(Filter.from_canonical(named.filter), recipe, standings=standings)
    except (ValueError, UnknownName):
        raise BadRequest(
            f"{token[:40]!r} names no ranking of this gateway.",
            "Take the address from a ranking's `lock { url }`.",
            code="UNKNOWN_LOCK",
        ) from None


def _refuse_too_large(ranked: Ranked) -> None:
    voices, drawn = len(ranked.candidates), len(ranked) * ranked.recipe.draws
    if voices > _MOST_VOICES or drawn > _MOST_DRAWN:
        raise BadRequest(
            f"A lock holds at most {_MOST_VOICES:,} voices and {_MOST_DRAWN:,} draws of their places; "
            f"these are {voices:,} and {drawn:,}.",
            "Narrow the filter, or ask for fewer draws in the recipe.",
            code="TOO_LARGE_TO_LOCK",
        )


def _newest(standings: Standings) -> str | None:
    newest = float(np.nanmax(standings.observed, initial=-np.inf))
    return datetime.fromtimestamp(newest, UTC).isoformat() if np.isfinite(newest) else None


def _reference(standings: Standings, compared_with: Reference) -> LockedReference | None:
    reference = _frozen(standings, compared_with)
    return reference and LockedReference(version=reference.version, canonical=json.loads(reference.canonical_text))


def _frozen(standings: Standings, compared_with: Reference) -> FrozenReference | None:
    """The frozen reference, where the recipe and its alternatives compare with it and with nobody else."""
    return standings.reference if compared_with is Reference.FROZEN else None


def _columns(gateway: Gateway, ranked: Ranked) -> tuple[Column, ...]:
    return tuple(
        Column(
            provider=slug,
            field=metric.field,
            minimum=float(scale.minimum),
            maximum=None if scale.maximum is None else float(scale.maximum),
            higher_is_more=scale.higher_is_more,
        )
        for slug, scale in zip(ranked.columns.providers, ranked.columns.scales, strict=True)
        if (metric := gateway.registry.provider(slug).declaration.primary_metric)
    )


def _others(ranked: Ranked) -> dict[str, Any]:
    """How often each score comes among those who are no candidates, by provider; nothing where none is compared."""
    compared_with = ranked.recipe.reference
    if compared_with is Reference.WITHIN_LIST or _frozen(ranked.standings, compared_with):
        return {}
    raw = np.delete(ranked.standings.raw[:, ranked.columns.at], ranked.candidates, axis=0)
    counted = (np.unique(column[~np.isnan(column)], return_counts=True) for column in raw.T)
    return {
        slug: tuple(zip(scores.tolist(), counts.tolist(), strict=True))
        for slug, (scores, counts) in zip(ranked.columns.providers, counted, strict=True)
    }


def _holes(
    ids: Mapping[str, list[str]],
    providers: tuple[str, ...],
    claims: Mapping[str, Any],
    absences: Mapping[tuple[str, str], Absence],
) -> Iterator[Hole]:
    """The scores that are gone: deleted since the snapshot was read, or before, where an absence still says so."""
    for voice, row in ids.items():
        for provider, id_ in zip(providers, row, strict=True):
            absence = absences.get((voice, provider))
            if id_ in claims or not (id_ or (absence and absence.reason is AbsenceReason.LICENCE_EXPIRED)):
                continue
            yield hole(voice, provider, id_ or None, absence)


def hole(voice: str, provider: str, claim: str | None, absence: Absence | None) -> Hole:
    """A score that is gone, with the reason that the store gives, if it gives one."""
    if absence and absence.reason is AbsenceReason.LICENCE_EXPIRED:
        reason, message = absence.reason.value, absence.message
    else:
        reason, message = (
            "NOT_HELD",
            f"No claim of {provider} with this id is held here: it was removed, or never came.",
        )
    return Hole(voice=voice, provider=provider, claim=claim, reason=reason, message=message)
