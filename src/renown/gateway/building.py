"""Builds the standings of a snapshot from its claims."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import numpy as np

from renown.claims import Claim, Scale
from renown.gateway.bitset import Bitset
from renown.gateway.claim_ids import ClaimIds
from renown.gateway.eras import UNCHANGED, Methods, standing_values
from renown.gateway.labels import Labels
from renown.gateway.preference import preferred
from renown.gateway.standings import Standings
from renown.gateway.texts import Places, Texts
from renown.scoring import FrozenReference
from renown.store import StoredAccount


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
        country=Labels.of([country[:2] for country in columns.said("country")]),
        kind=Labels.of([kind[:16] or "UNKNOWN" for kind in columns.said("kind")]),
        place=_texts(columns.said("place")),
        text=_texts(" ".join(words) for words in zip(columns.handles, *map(columns.said, _SEARCHED), strict=True)),
        topics=columns.marked("topic"),
        lists=columns.marked("list"),
        networks=columns.marked("network"),
        rows=columns.rows,
        kept_until=columns.kept_until,
        accounts=columns.accounts,
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
        sorted_voices = sorted({stored.voice for stored in accounts})
        rows = {voice: row for row, voice in enumerate(sorted_voices)}
        self.voices = Texts.of(sorted_voices)
        self.rows = Places(self.voices)
        self._row_of: dict[str, int] = {}
        self._columns = {metric: column for column, metric in enumerate(metrics)}
        shape = len(self.voices), len(metrics)
        self.raw, self.observed = np.full(shape, np.nan), np.full(shape, np.nan)
        self.ids = ClaimIds.none(shape)
        self._profile: dict[str, dict[int, Claim]] = {name: {} for name in _SHOWN}
        self._marked: dict[str, dict[str, list[int]]] = {"topic": {}, "list": {}, "network": {}}
        self.kept_until = np.full(len(self.voices), np.inf)
        self.accounts = np.zeros(len(self.voices), np.uint16)
        self.handles = [""] * len(self.voices)
        for stored in accounts:
            row = rows[stored.voice]
            self._row_of[stored.account.key] = row
            self.accounts[row] += 1
            self._mark("network", stored.account.network, row)
            self.handles[row] = f"{self.handles[row]} {stored.account.handle}".strip()

    def take(self, claim: Claim) -> None:
        """Puts one claim where it belongs; a field no ranking reads is passed over."""
        row, life = self._row_of[claim.subject], claim.provenance.keep_until
        if life is not None:
            self.kept_until[row] = min(life.timestamp(), self.kept_until[row])
        family, slash, name = claim.field.partition("/")
        if claim.field in self._columns:
            self._score(claim, row, self._columns[claim.field])
        elif slash and family in self._marked:
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
            (self.voices[self._row_of[subject]], provider): self._methods.why_held(metric)
            for provider, metric in metrics
            for subject in subjects.get(metric, ())
            if not self.ids[self._row_of[subject], self._columns[metric]]
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

    def marked(self, family: str) -> dict[str, Bitset]:
        """The rows of each topic, list or network, by its name."""
        return {name: Bitset.at(rows, len(self.voices)) for name, rows in self._marked[family].items()}

    def _mark(self, family: str, name: str, row: int) -> None:
        self._marked[family].setdefault(name, []).append(row)


def _texts(texts: Iterable[str]) -> Texts:
    return Texts.of(text.casefold() for text in texts)
