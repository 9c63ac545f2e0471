"""The standings: an immutable snapshot of what rankings read, in columns, built from the latest claims.

One row a voice, in the order of voice keys; one column a scored provider. A snapshot is named by the store's change
number (and the moment, when the past was asked for), so that whatever is computed from it can be computed again.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from renown.claims import Absence, AbsenceReason, Claim, Scale
from renown.errors import UnknownName
from renown.gateway.eras import UNCHANGED, Methods, standing_values
from renown.gateway.preference import preferred
from renown.scoring import FrozenReference
from renown.store import StoredAccount

Floats = NDArray[np.float64]

_SECONDS_A_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Columns:
    """Some of the columns: their providers and scales, and `at`, which picks them out of an array [n, p]."""

    providers: tuple[str, ...]
    scales: tuple[Scale, ...]
    at: slice | list[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standings:
    """Shapes: n voices, p providers. `raw` is [n, p] with NaN where there is no score; `claims` its claim ids, ''
    where none; `observed` its moments in seconds of the epoch. Masks of `topics`, `lists`, `networks` are [n].
    `text` is what a search looks in, case-folded. `keep_until` is the first end of a licence among its claims.
    `apart` are the providers that a recipe counts only where it names them. `reference` is the
    frozen one in force. `eras` [p] are the numbers of the eras of
    their methods, 0 the first; `raw` is on the scale of the first, read by `methods`. `held` are the claims that stand
    in place of newer ones; `without`, by (voice, provider), says why a score is held back that has no older one.
    """

    change: int
    as_of: datetime | None
    voices: tuple[str, ...]
    providers: tuple[str, ...]
    scales: tuple[Scale, ...]
    raw: Floats
    observed: Floats
    claims: NDArray[np.object_]
    country: NDArray[np.str_]
    kind: NDArray[np.str_]
    place: NDArray[np.object_]
    text: NDArray[np.object_]
    topics: dict[str, NDArray[np.bool_]]
    lists: dict[str, NDArray[np.bool_]]
    networks: dict[str, NDArray[np.bool_]]
    rows: dict[str, int] = field(repr=False)
    keep_until: datetime | None
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

    @property
    def days(self) -> Floats:
        """The days [n, p] of the scores since the epoch, by which a table of their era is found.

        Scores that are linked across changes of method are on the scale of the column's first one, and of its day.
        """
        days = np.floor(self.observed / _SECONDS_A_DAY)
        for column in np.flatnonzero(self.eras):
            held = ~np.isnan(days[:, column])
            days[held, column] = np.min(days[held, column], initial=np.inf)
        return days

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

    def mask_of(self, voices: Iterable[str]) -> NDArray[np.bool_]:
        """[n], true for these voices."""
        mask = np.zeros(len(self.voices), dtype=bool)
        mask[[self.rows[voice] for voice in voices if voice in self.rows]] = True
        return mask


def build(
    claims: Sequence[Claim],
    accounts: Sequence[StoredAccount],
    metrics: Sequence[tuple[str, str, Scale]],
    *,
    change: int,
    as_of: datetime | None = None,
    apart: Iterable[str] = (),
    methods: Methods = UNCHANGED,
    reference: FrozenReference | None = None,
) -> Standings:
    """The standings of these latest claims. `metrics` gives a (provider, field, scale) for each column.

    The columns of the providers `apart` come last. `methods` says how to read scores across changes of method.
    """
    apart = frozenset(apart)
    metrics = sorted(metrics, key=lambda metric: metric[0] in apart)
    columns = _Columns(accounts, [metric for _, metric, _ in metrics], methods)
    standing = standing_values(claims, methods)
    for claim in standing.claims:
        columns.take(claim)
    return Standings(
        change=change,
        as_of=as_of,
        voices=columns.voices,
        providers=tuple(provider for provider, _, _ in metrics),
        scales=tuple(scale for _, _, scale in metrics),
        raw=columns.raw,
        observed=columns.observed,
        claims=columns.ids,
        country=np.array(columns.said("country"), dtype="U2"),
        kind=np.array([kind or "UNKNOWN" for kind in columns.said("kind")], dtype="U16"),
        place=_texts(columns.said("place")),
        text=_texts(" ".join(words) for words in zip(columns.handles, *map(columns.said, _SEARCHED), strict=True)),
        topics=columns.marks["topic"],
        lists=columns.marks["list"],
        networks=columns.marks["network"],
        rows=columns.rows,
        keep_until=columns.keep_until,
        apart=apart,
        reference=reference,
        eras=tuple(methods.era(metric) for _, metric, _ in metrics),
        methods=methods,
        held=standing.held,
        without=columns.without(standing.without, [(provider, metric) for provider, metric, _ in metrics]),
    )


_SEARCHED = ("name", "description")
_SHOWN = frozenset({"country", "kind", "place", *_SEARCHED})


class _Columns:
    """The columns while they are being filled."""

    def __init__(self, accounts: Sequence[StoredAccount], metrics: Sequence[str], methods: Methods) -> None:
        self._methods = methods
        self._voice_of = {stored.account.key: stored.voice for stored in accounts}
        self.voices = tuple(sorted(set(self._voice_of.values())))
        self.rows = {voice: row for row, voice in enumerate(self.voices)}
        self._columns = {metric: column for column, metric in enumerate(metrics)}
        shape = len(self.voices), len(metrics)
        self.raw, self.observed = np.full(shape, np.nan), np.full(shape, np.nan)
        self.ids = np.full(shape, "", dtype=object)
        self._profile: dict[str, dict[int, Claim]] = {name: {} for name in _SHOWN}
        self.marks: dict[str, dict[str, NDArray[np.bool_]]] = {"topic": {}, "list": {}, "network": {}}
        self.keep_until: datetime | None = None
        self.handles = [""] * len(self.voices)
        for stored in accounts:
            row = self.rows[stored.voice]
            self._mark("network", stored.account.network, row)
            self.handles[row] = f"{self.handles[row]} {stored.account.handle}".strip()

    def take(self, claim: Claim) -> None:
        """Puts one claim where it belongs; a field no ranking reads is passed over."""
        row, life = self.rows[self._voice_of[claim.subject]], claim.provenance.keep_until
        if life is not None:
            self.keep_until = life if self.keep_until is None else min(life, self.keep_until)
        family, slash, name = claim.field.partition("/")
        if claim.field in self._columns:
            self._score(claim, row, self._columns[claim.field])
        elif slash and family in self.marks:
            if claim.value:  # a strength of 0 is that somebody does not speak on it
                self._mark(family, name, row)
        elif claim.field in _SHOWN:
            of_field = self._profile[claim.field]
            of_field[row] = preferred(of_field.get(row), claim)

    def without(
        self, subjects: Mapping[str, frozenset[str]], metrics: Sequence[tuple[str, str]]
    ) -> dict[tuple[str, str], str]:
        """Why the voices of these subjects, by field, have no score, by voice and provider."""
        return {
            (voice, provider): self._methods.why_held(metric)
            for provider, metric in metrics
            for subject in subjects.get(metric, ())
            if not self.ids[self.rows[voice := self._voice_of[subject]], self._columns[metric]]
        }

    def said(self, name: str) -> list[str]:
        """What is said in one profile field, [n], empty where nothing is."""
        of_field = self._profile[name]
        return [str(of_field[row].value) if row in of_field else "" for row in range(len(self.voices))]

    def _score(self, claim: Claim, row: int, column: int) -> None:
        moment = claim.provenance.observed_at.timestamp()
        # True also of NaN, where nothing stands yet. Of the same moment the greater id, whatever comes first.
        if not (self.observed[row, column], self.ids[row, column]) > (moment, claim.id):
            self.raw[row, column], self.observed[row, column] = self._methods.value(claim), moment
            self.ids[row, column] = claim.id

    def _mark(self, family: str, name: str, row: int) -> None:
        masks = self.marks[family]
        if name not in masks:
            masks[name] = np.zeros(len(self.voices), dtype=bool)
        masks[name][row] = True


def _texts(texts: Iterable[str]) -> NDArray[np.object_]:
    folded = [text.casefold() for text in texts]
    column = np.empty(len(folded), dtype=object)
    column[:] = folded
    return column
