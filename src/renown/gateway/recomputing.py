"""Computes a ranking again from its lock file alone: no store, no network, the very steps that made it."""

from datetime import UTC, datetime

import numpy as np
from msgspec.structs import replace

from renown.claims import Scale
from renown.gateway.claim_ids import ClaimIds
from renown.gateway.filtering import Filter
from renown.gateway.labels import Labels
from renown.gateway.lock_file import Candidate, LockFile, Placed, canonical
from renown.gateway.ranking import Ranked, rank_standings
from renown.gateway.standings import Standings
from renown.gateway.texts import Texts
from renown.scoring import FrozenReference, Recipe

# No voice has this key: a filter without any voice would look at everybody.
_NOBODY = ""


def recompute(file: LockFile) -> LockFile:
    """The file with everything that is computed put in anew, and everything that has an order in its order.

    Raises:
        BadRecipe, UnknownName: the recipe cannot be computed on these columns.
        ValueError: the file contradicts itself: a moment, a field or a number that cannot be.
    """
    file = _ordered(file)
    recipe = Recipe.from_canonical(canonical(file.recipe))
    voices = tuple(candidate.voice for candidate in file.candidates)
    least = Filter.from_canonical(canonical(file.filter)).minimum_score
    asked = Filter(voices=voices or (_NOBODY,), minimum_score=least)
    ranked = rank_standings(_standings(file), recipe, asked)
    return replace(
        file,
        recipe=recipe.canonical,
        recipe_hash=recipe.hash,
        seed=str(recipe.seed),
        draws=recipe.draws,
        entries=_placed(ranked),
    )


def _ordered(file: LockFile) -> LockFile:
    """Candidates by voice, their claims by column, the others' scores from the lowest."""
    at = {column.field: number for number, column in enumerate(file.columns)}
    candidates = (
        replace(each, claims=tuple(sorted(each.claims, key=lambda claim: at.get(claim.field, -1))))
        for each in sorted(file.candidates, key=lambda candidate: candidate.voice)
    )
    others = {provider: tuple(sorted(levels)) for provider, levels in file.others.items()}
    return replace(file, candidates=tuple(candidates), others=others)


def _placed(ranked: Ranked) -> tuple[Placed, ...]:
    if not len(ranked):
        return ()
    drawn, ranking = ranked.draws(slice(0, len(ranked))), ranked.ranking
    columns = (
        ranking.places,
        ranking.shared,
        drawn.place_low,
        drawn.place_high,
        ranked.values,
        drawn.value_low,
        drawn.value_high,
        ranked.tiers(len(ranked)),
    )
    return tuple(
        Placed(
            voice=voice,
            place=place,
            shared=shared,
            place_low=low,
            place_high=high,
            value=value,
            value_low=value_low,
            value_high=value_high,
            tier=tier,
        )
        for voice, (place, shared, low, high, value, value_low, value_high, tier) in zip(
            ranked.voices, zip(*(column.tolist() for column in columns), strict=True), strict=True
        )
    )


def _standings(file: LockFile) -> Standings:
    """The candidates by name, a row each, and below them the others' scores without names."""
    cells = _Cells(file)
    nobody = [""] * len(cells.voices)
    change, _, moment = file.snapshot.partition("@")
    return Standings(
        change=int(change),
        as_of=datetime.fromisoformat(moment) if moment else None,
        voices=cells.voices,
        providers=tuple(column.provider for column in file.columns),
        scales=tuple(Scale(column.minimum, column.maximum, column.higher_is_more) for column in file.columns),
        raw=cells.raw,
        observed=cells.observed,
        claims=cells.ids,
        country=Labels.of(nobody),
        kind=Labels.of(nobody),
        place=Texts.of(nobody),
        text=Texts.of(nobody),
        topics={},
        lists={},
        networks={},
        rows={candidate.voice: row for row, candidate in enumerate(file.candidates)},
        kept_until=np.full(len(nobody), np.inf),
        accounts=np.ones(len(nobody), np.uint16),
        reference=_reference(file),
    )


class _Cells:
    """The arrays [n, p] of the standings, and the names of their rows."""

    def __init__(self, file: LockFile) -> None:
        self._at = {column.field: number for number, column in enumerate(file.columns)}
        known = len(file.candidates)
        levels = {column.provider: file.others.get(column.provider, ()) for column in file.columns}
        nameless = max((sum(count for _, count in held) for held in levels.values()), default=0)
        nameless = max(nameless, 1 if file.newest else 0)
        self.voices = (*(candidate.voice for candidate in file.candidates), *([_NOBODY] * nameless))
        shape = known + nameless, len(file.columns)
        self.raw, self.observed = np.full(shape, np.nan), np.full(shape, np.nan)
        self.ids = ClaimIds.none(shape)
        for row, candidate in enumerate(file.candidates):
            self._take(row, candidate)
        for number, held in enumerate(levels.values()):
            scores = np.repeat([score for score, _ in held], [count for _, count in held])
            self.raw[known : known + scores.size, number] = scores
        if file.newest and self.observed.size:
            self.observed[known, 0] = datetime.fromisoformat(file.newest).timestamp()

    def _take(self, row: int, candidate: Candidate) -> None:
        for claim in candidate.claims:
            number = self._at.get(claim.field)
            if number is None or self.ids[row, number]:
                raise ValueError(f"{candidate.voice} has a claim on {claim.field} that stands in no column of its own")
            self.raw[row, number] = candidate.linked.get(claim.field, float(claim.value))
            self.observed[row, number] = claim.moment.astimezone(UTC).timestamp()
            self.ids[row, number] = claim.id


def _reference(file: LockFile) -> FrozenReference | None:
    if file.reference is None:
        return None
    reference = FrozenReference.from_canonical(canonical(file.reference.canonical))
    if reference.version != file.reference.version:
        raise ValueError(f"the reference is of version {reference.version}, and {file.reference.version} is named")
    return reference
