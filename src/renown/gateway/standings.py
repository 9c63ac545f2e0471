"""The standings: an immutable snapshot of what rankings read, in columns, built from the latest claims.

One row a voice, in the order of voice keys; one column a scored provider. A snapshot is named by the store's change
number (and the moment, when the past was asked for), so that whatever is computed from it can be computed again.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from renown.claims import Absence, AbsenceReason, Claim, Scale
from renown.errors import UnknownName
from renown.gateway.bitset import Bitset
from renown.gateway.claim_ids import ClaimIds
from renown.gateway.eras import UNCHANGED, Methods
from renown.gateway.labels import Labels
from renown.gateway.levels import Levels
from renown.gateway.spreading import Spread
from renown.gateway.texts import Texts
from renown.scoring import FrozenReference
from renown.scoring.arrays import Floats

_SECONDS_A_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Columns:
    """Some of the columns: their numbers, providers and scales, and `at`, which picks them out of an array [n, p]."""

    numbers: tuple[int, ...]
    providers: tuple[str, ...]
    scales: tuple[Scale, ...]
    at: slice | list[int]


@dataclass(frozen=True, kw_only=True)
class Standings:
    """Shapes: n voices, p providers. `voices` are in the order of their keys, and `rows` finds one.

    `raw` is [n, p] with NaN where there is no score; `claims` its claim ids, '' where none; `observed` its moments in
    seconds of the epoch. `topics`, `lists` and `networks` mark rows. `text` is what a search looks in, case-folded.
    `kept_until` [n] is the first end of a licence among a voice's claims, in seconds of the epoch, infinite where none
    ends; `accounts` [n] is how many accounts it has.

    `apart` are the providers that a recipe counts only where it names them. `reference` is the frozen one in force.
    `eras` [p] are the numbers of the eras of their methods, 0 the first; `raw` is on the scale of the first, read by
    `methods`. `held` are the claims that stand in place of newer ones; `without`, by (voice, provider), says why a
    score is held back that has no older one.
    """

    change: int
    as_of: datetime | None
    voices: Sequence[str]
    providers: tuple[str, ...]
    scales: tuple[Scale, ...]
    raw: Floats
    observed: Floats
    claims: ClaimIds
    country: Labels
    kind: Labels
    place: Texts
    text: Texts
    topics: Mapping[str, Bitset]
    lists: Mapping[str, Bitset]
    networks: Mapping[str, Bitset]
    rows: Mapping[str, int] = field(repr=False)
    kept_until: Floats
    accounts: NDArray[np.unsignedinteger]
    apart: frozenset[str] = frozenset()
    reference: FrozenReference | None = None
    eras: tuple[int, ...] = ()
    methods: Methods = UNCHANGED
    held: frozenset[str] = frozenset()
    without: Mapping[tuple[str, str], str] = field(default_factory=dict)

    @property
    def snapshot(self) -> str:
        """Its name: the change number, and the moment where the past was asked for."""
        return str(self.change) if self.as_of is None else f"{self.change}@{self.as_of.isoformat()}"

    @cached_property
    def newest(self) -> float:
        """When the newest score was observed, in seconds of the epoch; 0 where there is none."""
        return float(np.nanmax(self.observed, initial=0.0))

    @cached_property
    def everybody(self) -> Bitset:
        """All rows."""
        return Bitset.every(len(self.voices))

    @cached_property
    def known_country(self) -> Bitset:
        """Those of whom some country is said."""
        return self.everybody - self.country.any_of([""])

    @cached_property
    def days(self) -> Floats:
        """The days [n, p] of the scores since the epoch, by which a table of their era is found.

        Scores that are linked across changes of method are on the scale of the column's first one, and of its day.
        """
        days = np.floor(self.observed / _SECONDS_A_DAY)
        for column in np.flatnonzero(self.eras):
            held = ~np.isnan(days[:, column])
            days[held, column] = np.min(days[held, column], initial=np.inf)
        return days

    @cached_property
    def _levels(self) -> dict[int, Levels]:
        return {}

    def levels(self, column: int) -> Levels:
        """A column by the scores that occur in it: made when it is first asked for, then kept."""
        found = self._levels.get(column)
        if found is None:
            found = self._levels[column] = Levels.of(self.raw[:, column])
        return found

    def follow(self, base: "Standings", spread: Spread, anew: Floats) -> None:
        """Take over the levels of the snapshot before, which rows [k, p] that were `anew` read take part in."""
        for column, levels in list(base._levels.items()):  # noqa: SLF001 - another of this kind
            followed = levels.followed(spread, anew[:, column])
            if followed is not None:
                self._levels[column] = followed

    @cached_property
    def tables(self) -> dict[tuple[object, ...], Floats]:
        """What normalisers made of the levels of columns, kept by whoever worked it out."""
        return {}

    @cached_property
    def keep_until(self) -> datetime | None:
        """The first end of a licence among its claims; None where none ends."""
        first = float(self.kept_until.min(initial=np.inf))
        return None if np.isinf(first) else datetime.fromtimestamp(first, UTC)

    def may_be_kept_at(self, now: datetime) -> bool:
        """Whether the licence still allows all of it to be shown."""
        return self.keep_until is None or now < self.keep_until

    def column(self, provider: str) -> int:
        """The column of a provider.

        Raises:
            UnknownName: no scored provider has this slug.
        """
        try:
            return self.providers.index(provider)
        except ValueError:
            raise UnknownName("provider", provider, self.providers) from None

    def columns_for(self, named: Iterable[str]) -> Columns:
        """The columns of a recipe that names these providers: theirs, and those of all that are not kept apart.

        Raises:
            UnknownName: no scored provider has such a slug.
        """
        wanted = {self.column(provider) for provider in named}
        at = [number for number, slug in enumerate(self.providers) if slug not in self.apart or number in wanted]
        return Columns(
            numbers=tuple(at),
            providers=tuple(self.providers[number] for number in at),
            scales=tuple(self.scales[number] for number in at),
            # A slice is a look at the array; a list would copy a million rows for every ranking.
            at=slice(len(at)) if at == list(range(len(at))) else at,
        )

    def why_held(self, voice: str, provider: str, now: datetime) -> Absence | None:
        """That a voice's only score is held back while its provider's change of method is measured; None where not."""
        said = self.without.get((voice, provider))
        return None if said is None else Absence(voice, provider, AbsenceReason.PROCESSING, said, now)

    def said(self, score: Claim) -> str:
        """What provenance adds to a value computed from a score: across which changes of method it was brought."""
        return self.methods.said(score, is_held=score.id in self.held)

    def only(self, voices: Iterable[str]) -> Bitset:
        """The rows of these voices, as far as they are known."""
        return Bitset.at([self.rows[voice] for voice in voices if voice in self.rows], len(self.voices))
