"""The frozen reference: what scores are compared with, fitted once, so that nobody's arrival moves another.

One table a provider and era: its scores beside the share of those it covers who are below (percentile), and beside the
place on the base population that the people it shares with others give it (equated). And the consensus: how reliable
each provider is, which of them are one witness, and what coverage says beforehand.
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Any, Self

import numpy as np

from renown.scoring.arrays import Floats
from renown.scoring.groups import Groups
from renown.scoring.normal import place_of, share_below
from renown.scoring.posterior import Witnesses


@dataclass(frozen=True, slots=True)
class ScaleTable:
    """One provider's scale in one era, the knots of two rising curves over `scores`.

    `percentiles` are 0-100; `latent` is in standard normal units of the base population, by way of `anchors` people
    whom others know too, with a standard `error` in points of percentile (None: too few, or not built from people, and
    the scale's own percentile stands in). `since` is the first day of the era, None for the first. `mean` and
    `deviation` are of the scores. `source` says what it was built from. On a scale where less is more, `scores` are
    turned round (negative). A score off the ends of the table goes on as a normal curve would.
    """

    provider: str
    scores: tuple[float, ...]
    percentiles: tuple[float, ...]
    latent: tuple[float, ...]
    voices: int
    anchors: int
    error: float | None
    mean: float
    deviation: float
    source: str
    since: str | None = None

    def percentiles_of(self, scores: Floats) -> Floats:
        """The percentiles [n], 0-100, of scores [n], more being better."""
        inside = np.interp(scores, self.scores, self.percentiles)
        ends = place_of(np.array([self.percentiles[0], self.percentiles[-1]]) / 100.0)
        beyond = self._beyond(scores)
        return np.where(beyond == 0, inside, 100.0 * share_below(np.where(beyond < 0, ends[0], ends[1]) + beyond))

    def latent_of(self, scores: Floats) -> Floats:
        """The places [n] on the base population, in standard normal units, of scores [n], more being better."""
        return np.interp(scores, self.scores, self.latent) + self._beyond(scores)

    def _beyond(self, scores: Floats) -> Floats:
        """How far [n] scores lie off the ends of the table, in deviations: they go on as a normal curve would."""
        low, high = self.scores[0], self.scores[-1]
        return (np.minimum(scores - low, 0.0) + np.maximum(scores - high, 0.0)) / (self.deviation or np.inf)

    @property
    def statement(self) -> str:
        """How a score gets its place on the base population, in words."""
        if self.error is None:
            return f"its own percentile among {self.voices} (too few people in common with others to equate)"
        return f"equated through {self.anchors} people in common with others, error {self.error:.1f} points"


@dataclass(frozen=True, slots=True)
class Consensus:
    """The one-factor model of the witnesses. Near-copies share a witness. `basis` says where the loadings are from.

    `groups` are (code, mean, variance, voices), bit j of a code being set where witness j knows the voice. `half_life`
    in days is that of standings, None where none was found. `sources` is the number of independent witnesses that
    would make as small an error of the mean: p^2 / (sum of the noises' correlations).
    """

    witnesses: tuple[tuple[str, ...], ...]
    loadings: tuple[float, ...]
    correlation: tuple[tuple[float, ...], ...]
    groups: tuple[tuple[int, float, float, int], ...]
    half_life: float | None
    basis: str
    sources: float

    @property
    def model(self) -> Witnesses:
        """The witnesses as arrays."""
        rate = 0.0 if self.half_life is None else float(np.log(2) / self.half_life)
        return Witnesses(np.array(self.loadings), np.array(self.correlation), rate)

    @property
    def priors(self) -> Groups:
        """The groups as arrays."""
        codes, means, variances, sizes = zip(*self.groups, strict=True) if self.groups else ((), (), (), ())
        return Groups(np.array(codes, np.intp), np.array(means), np.array(variances), np.array(sizes, np.intp))

    def loading(self, provider: str) -> float | None:
        """How closely a provider follows what all have in common, 0 up to below 1; None where it has no part."""
        return next(
            (load for load, members in zip(self.loadings, self.witnesses, strict=True) if provider in members), None
        )

    def copies(self, provider: str) -> tuple[str, ...]:
        """Those that are one witness with this provider, itself among them."""
        return next((members for members in self.witnesses if provider in members), (provider,))


@dataclass(frozen=True)
class FrozenReference:
    """Everything that is fitted. Two with the same content are the same version."""

    built_at: str
    voices: int
    tables: tuple[ScaleTable, ...]
    consensus: Consensus | None = None
    _by_provider: dict[str, list[ScaleTable]] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        for table in sorted(self.tables, key=lambda table: table.since or ""):
            self._by_provider.setdefault(table.provider, []).append(table)

    def table(self, provider: str, day: str | None = None) -> ScaleTable | None:
        """The table of a provider's latest era, or of the era of a day (ISO date)."""
        held = self._by_provider.get(provider, [])
        fitting = held if day is None else [table for table in held if (table.since or "") <= day]
        return (fitting or held or [None])[-1]

    def percentiles(self, provider: str, scores: Floats, days: Floats | None = None) -> Floats:
        """The percentiles [n], 0-100, of a provider's scores [n], more being better; NaN where it has no table.

        `days` [n] since the epoch say which era each score is of.
        """
        return self._read(provider, ScaleTable.percentiles_of, scores, days)

    def latent(self, provider: str, scores: Floats, days: Floats | None = None) -> Floats:
        """The places [n] on the base population, in standard normal units; as `percentiles`."""
        return self._read(provider, ScaleTable.latent_of, scores, days)

    def _read(
        self,
        provider: str,
        curve: Callable[[ScaleTable, Floats], Floats],
        scores: Floats,
        days: Floats | None,
    ) -> Floats:
        held = self._by_provider.get(provider, [])
        if not held:
            return np.full(scores.shape, np.nan)
        if days is None:
            return curve(held[-1], scores)
        read = curve(held[0], scores)
        for table in held[1:]:
            since = np.datetime64(table.since or "1970-01-01", "D").astype(int)
            read = np.where(days >= since, curve(table, scores), read)
        return read

    @property
    def statement(self) -> str:
        """How many providers it knows, what they are worth together, and where their reliabilities are from."""
        consensus = self.consensus
        if consensus is None:
            return f"Tables of {len(self._by_provider)} providers, and no consensus."
        merged = "; ".join(" and ".join(members) for members in consensus.witnesses if len(members) > 1)
        said = [
            f"{sum(map(len, consensus.witnesses))} providers, about {consensus.sources:.1f} independent.",
            f"Reliabilities: {consensus.basis}.",
            f"One witness, being near-copies: {merged}." if merged else "",
            f"Standings keep half of themselves in {consensus.half_life:.0f} days." if consensus.half_life else "",
        ]
        return " ".join(filter(None, said))

    @property
    def canonical(self) -> dict[str, Any]:
        """The reference as JSON values."""
        return {
            "built_at": self.built_at,
            "consensus": None if self.consensus is None else asdict(self.consensus),
            "tables": [asdict(table) for table in self.tables],
            "voices": self.voices,
        }

    @cached_property
    def canonical_text(self) -> str:
        """The canonical JSON: keys sorted, no white space."""
        return json.dumps(self.canonical, sort_keys=True, ensure_ascii=False, separators=(",", ":"))

    @cached_property
    def version(self) -> str:
        """The sha256 of the canonical JSON, 64 hex digits."""
        return hashlib.sha256(self.canonical_text.encode()).hexdigest()

    @classmethod
    def from_canonical(cls, text: str) -> Self:
        """The reference whose canonical JSON this is.

        Raises:
            ValueError: it is not one.
        """
        try:
            parts = json.loads(text)
            tables = tuple(ScaleTable(**_tuples(table)) for table in parts["tables"])
            consensus = parts["consensus"] and Consensus(**_tuples(parts["consensus"]))
            return cls(parts["built_at"], parts["voices"], tables, consensus)
        except (KeyError, TypeError, ValueError) as trouble:
            raise ValueError("this is not the canonical JSON of a reference") from trouble


def _tuples(parts: dict[str, Any]) -> dict[str, Any]:
    """JSON has lists where a frozen value has tuples."""
    return {name: _tuple(value) for name, value in parts.items()}


def _tuple(value: Any) -> Any:
    return tuple(_tuple(each) for each in value) if isinstance(value, list) else value


def independent_sources(correlation: Sequence[Sequence[float]]) -> float:
    """How many independent witnesses would average to as small an error as these: p^2 / (sum of correlations).

    Source: L. Kish, Survey Sampling, 1965 (the design effect), for noises of equal size.
    """
    whole = np.array(correlation)
    return round(float(whole.shape[0] ** 2 / whole.sum()), 6) if whole.size else 0.0
